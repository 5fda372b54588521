import { askQuestion } from '../operations/ask-question.ts'
import { askBeforeFault, type Fault } from '../operations/fault.ts'
import { READ_ONLY } from '../operations/guard-operation.ts'
import type { Operation, Question } from '../operations/operation.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import { reasonAgainst, sendOperation, withActing } from './acting.ts'
import { notify } from './navigating.ts'
import { type PlainKind, selectedOperation } from './selected-operation.ts'
import { shownNodeId } from './shown-service.ts'
import { folderOfSockets, OUT_OF_REACH, sendFault } from './simulating.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

type Wish = Operation | Fault

/** A key asked for an operation on what is selected: the question is put, or it is said why not. */
export function askFor(state: State, kind: PlainKind): State {
  const operation = selectedOperation(state, kind)
  if (operation === null) return notify(state, 'warning', NOTHING_SELECTED)
  const reason = reasonAgainst(state, operation)
  if (reason !== null) return notify(state, 'warning', reason)
  const question = questionFor(state, operation)
  return question === null ? state : put(state, question)
}

/** A key asked for something to happen to the machine of the selected node: at once, where it need not be asked about. */
export function askForFault(state: State, wanted: 'kill' | 'start' | 'cut-or-heal'): Step {
  const reason = reasonAgainstFault(state)
  if (reason !== null) return stay(notify(state, 'warning', reason))
  const fault = faultOnSelection(state, wanted)
  if (fault === null) return stay(notify(state, 'warning', NOTHING_SELECTED))
  const question = questionFor(state, fault)
  return question === null ? sendFault(state, fault) : stay(put(state, question))
}

const NOTHING_SELECTED = 'Nothing is selected here'

/**
 * What is typed ahead, or pasted into a terminal that does not mark pastes, must not answer a question that nobody has
 * read yet: for this long after it was put, keys are not heard.
 */
const QUESTION_IS_DEAF_MS = 300

/** Whether a question on the screen hears keys by now. */
export function isArmed({ acting, now }: State): boolean {
  return acting.question === null || now >= acting.question.askedAt + QUESTION_IS_DEAF_MS
}

/** When the question on the screen will begin to hear keys, milliseconds since 1970; never if it does or there is none. */
export function whenArmed(state: State): number {
  const { question } = state.acting
  return question === null || isArmed(state) ? Number.POSITIVE_INFINITY : question.askedAt + QUESTION_IS_DEAF_MS
}

/** A key while a question is on the screen. Only an answer closes it; keys that are none do nothing. */
export function answerQuestion(state: State, key: string): Step {
  const asked = state.acting.question
  if (asked === null || !isArmed(state)) return stay(state)
  if (key === 'y') return confirm(state, asked.question.wish)
  if (key === 'n' || key === 'esc' || key === 'q') return stay(decline(state))
  if (key === 'enter') return asked.answer === 'yes' ? confirm(state, asked.question.wish) : stay(decline(state))
  if (['left', 'right', 'tab', 'shift+tab', 'h', 'l'].includes(key)) {
    return stay(withActing(state, { question: { ...asked, answer: asked.answer === 'yes' ? 'no' : 'yes' } }))
  }
  return stay(state)
}

/**
 * A question tells what is so, not what was so when it was put: with each reading it is put anew. When it says something
 * else now, the person is told and has to read it again; when it can no longer be done, it is taken away.
 */
export function refreshQuestion(state: State): State {
  const asked = state.acting.question
  if (asked === null || state.reading === null) return state
  const { wish } = asked.question
  const reason = reasonAgainstWish(state, wish)
  if (reason !== null) return notify(decline(state), 'warning', reason)
  const question = questionFor(state, wish)
  if (question === null) return notify(decline(state), 'info', 'The swarm has changed: this need not be asked any more')
  if (isSameQuestion(question, asked.question)) return withActing(state, { question: { ...asked, question } })
  return notify(put(state, question), 'danger', 'The swarm has changed while you were reading: look again')
}

/** Spans of time go by in any case. */
function isSameQuestion(one: Question, other: Question): boolean {
  const textOf = ({ consequences, command, defaultAnswer }: Question) =>
    JSON.stringify([consequences, command, defaultAnswer]).replace(/\d+ (?:seconds?|minutes?|hours?|days?)/g, 'a while')
  return textOf(one) === textOf(other)
}

function questionFor({ reading, simulation }: State, wish: Wish): Question | null {
  if (reading === null) return null
  if (wish.kind !== 'fault') return askQuestion(wish, reading.cluster)
  return simulation === null
    ? null
    : askBeforeFault(wish, {
        cluster: reading.cluster,
        machines: simulation.seen?.machines ?? [],
        directory: folderOfSockets(simulation),
      })
}

function put(state: State, question: Question): State {
  return withActing(state, { question: { question, answer: question.defaultAnswer, askedAt: state.now } })
}

/** The guard is asked again: the world may have moved while the question was read. */
function confirm(state: State, wish: Wish): Step {
  const reason = reasonAgainstWish(state, wish)
  if (reason !== null) return stay(notify(decline(state), 'warning', reason))
  return wish.kind === 'fault' ? sendFault(decline(state), wish) : sendOperation(decline(state), wish)
}

function decline(state: State): State {
  return withActing(state, { question: null })
}

function reasonAgainstWish(state: State, wish: Wish): string | null {
  return wish.kind === 'fault' ? reasonAgainstFault(state) : reasonAgainst(state, wish)
}

/** A fault asks nothing of the swarm: it can happen while that is silent, and may be what makes it answer again. */
function reasonAgainstFault({ settings, simulation }: State): string | null {
  if (settings.isReadOnly) return READ_ONLY
  return (simulation?.seen ?? null) === null ? OUT_OF_REACH : null
}

/** A simulated machine bears its node's hostname. */
function faultOnSelection(state: State, wanted: 'kill' | 'start' | 'cut-or-heal'): Fault | null {
  const nodeId = shownNodeId(state) ?? ''
  const machine = state.reading?.cluster.nodeById.get(nodeId)?.node.hostname
  if (machine === undefined) return null
  const isCut = state.simulation?.seen?.machines.find(({ name }) => name === machine)?.isCut === true
  const action: MachineAction = wanted === 'cut-or-heal' ? (isCut ? 'heal' : 'cut') : wanted
  return { kind: 'fault', action, nodeId, machine }
}
