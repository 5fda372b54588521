import { leaveOperation } from './acting.ts'
import { nameOperation } from './journal-words.ts'
import { notify } from './navigating.ts'
import { stopSequence } from './sequences.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'
import { type Watched, watchedOf } from './watching.ts'

/**
 * What was asked for last is let go of: an operation is watched no longer, a sequence stops after what is under way. What
 * is done stays done, and what was begun goes on.
 */
export function leaveLast(state: State): Step {
  const last = watchedOf(state).find(canBeLeft)
  return last === undefined ? stay(state) : leaveWatched(state, last)
}

/** As `leaveLast`, of this one. */
export function leaveWatched(state: State, watched: Watched): Step {
  const { sequence, running } = watched
  if (sequence === null) return stay(leaveOperation(state, watched.number))
  if (!canBeLeft(watched)) return stay(notify(state, 'info', `${watched.name} stops already, after what is under way`))
  const left = sequence.sequence.operations.length - sequence.at - (running === null ? 0 : 1)
  if (left <= 0)
    return stay(notify(state, 'info', `Of ${watched.name} nothing is left to stop: what is under way goes on`))
  const goesOn = running === null ? '' : `${nameOperation(running.operation)} goes on to its end, `
  const undone = sequence.sequence.undo.length === 0 ? 'what is done stays' : 'and what was begun is put back'
  return stopSequence(notify(state, 'info', `${goesOn}${left} more not begun, ${undone}`), sequence.number)
}

/** An operation that is not answered yet cannot be let go of, nor a sequence that stops already. */
const canBeLeft = ({ running, sequence }: Watched): boolean =>
  sequence === null ? running?.phase === 'watched' : sequence.phase === 'going-on'
