import { listed } from '../operations/phrases.ts'
import { withActing } from './acting.ts'
import type { RunningSequence } from './acting-state.ts'
import { notify } from './navigating.ts'
import { isTooSmall } from './size.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'
import { watchedOf } from './watching.ts'

/** Who asks again after this is warned again. */
const WARNING_HOLDS_MS = 10_000

/**
 * Quits. While something is watched it says first what becomes of that, and asking again is the answer; where the terminal
 * is too small to say it, it goes.
 */
export function quit(state: State): Step {
  const loss = whatIsLeft(state)
  if (loss === '' || isTooSmall(state.size) || isWarned(state)) {
    return { state: { ...state, isQuitting: true }, effects: [{ kind: 'quit' }] }
  }
  const warned = withActing(state, { warnedToQuitAt: state.now })
  return stay(notify(warned, 'warning', `${loss.slice(0, 1).toUpperCase()}${loss.slice(1)}: again quits`))
}

function isWarned({ acting, now }: State): boolean {
  return acting.warnedToQuitAt !== null && now - acting.warnedToQuitAt < WARNING_HOLDS_MS
}

/** What was sent goes on in the swarm; what has not been sent nobody sends. */
function whatIsLeft(state: State): string {
  const watched = watchedOf(state)
  const alone = watched.flatMap(({ name, sequence }) => (sequence === null ? [name] : []))
  const sequences = watched.flatMap(({ sequence }) => sequence ?? [])
  return [
    ...sequences.map(sayRest),
    ...(alone.length === 0 ? [] : [`${listed(alone)} ${alone.length === 1 ? 'goes' : 'go'} on, unwatched`]),
  ].join('; ')
}

function sayRest({ sequence, at, running }: RunningSequence): string {
  const { name, operations, undo } = sequence
  const left = operations.length - at - (running === null ? 0 : 1)
  const undone = undo.length === 0 ? '' : ', and nothing is put back'
  return left <= 0 ? `${name} goes on, unwatched` : `of ${name} the last ${left} would not be done${undone}`
}
