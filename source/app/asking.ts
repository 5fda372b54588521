import { graver } from '../operations/confirmation.ts'
import type { Fault } from '../operations/fault.ts'
import type { Consequence, Operation, Question, Wish } from '../operations/operation.ts'
import type { Sequence } from '../operations/sequence.ts'
import { assertNever } from '../rules/assert-never.ts'
import { sendOperation, withActing } from './acting.ts'
import { type EditLine, editLine, insertText } from './line-edit.ts'
import { lookAtRequest } from './looking-at-request.ts'
import { clearMarks } from './marks.ts'
import { notify } from './navigating.ts'
import { startSequence } from './sequences.ts'
import { sendFault } from './simulating.ts'
import type { AskedQuestion, Request, State } from './state.ts'
import { type Step, stay } from './step.ts'

/**
 * Operations were asked for, on one thing or on several: the question is put, or it is said why not. Those that cannot be
 * done are left out, and the question says which.
 */
export function askForOperations(state: State, operations: readonly Operation[]): Step {
  return ask(state, { kind: 'operations', operations })
}

/**
 * As `askForOperations`, for a sequence that is done as it is or not at all. `besides`: what is to be said of it that cannot
 * be told from its operations; where that is a danger, Enter alone does nothing.
 */
export function askForSequence(state: State, sequence: Sequence, besides: readonly Consequence[] = []): Step {
  return ask(state, { kind: 'sequence', sequence, besides })
}

/** A node is to be drained by the updates of its services, as far as that goes. */
export function askForGracefulDrain(state: State, nodeId: string, name: string): Step {
  return ask(state, { kind: 'graceful-drain', nodeId, name })
}

/** What is to happen to a machine happens at once, where it need not be asked about. */
export function askForFault(state: State, fault: Fault): Step {
  return ask(state, { kind: 'fault', fault })
}

function ask(state: State, request: Request): Step {
  const looked = lookAtRequest(state, request)
  switch (looked.kind) {
    case 'refused':
      return stay(notify(state, 'warning', looked.reason))
    case 'needless':
      return carryOut(state, looked.wish)
    case 'question':
      return stay(put(state, request, looked.question))
    default:
      return assertNever(looked)
  }
}

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
  if (key === 'esc') return stay(decline(state))
  const { confirmation } = asked.question
  return confirmation.kind === 'type' ? typeAnswer(state, asked, confirmation.name, key) : giveAnswer(state, asked, key)
}

function giveAnswer(state: State, asked: AskedQuestion, key: string): Step {
  if (key === 'y') return confirm(state, asked)
  if (key === 'n' || key === 'q') return stay(decline(state))
  if (key === 'enter') return asked.answer === 'yes' ? confirm(state, asked) : stay(decline(state))
  const otherWay = otherDrain(asked.request)
  if (key === 'g' && otherWay !== null) return ask(state, otherWay)
  if (!['left', 'right', 'tab', 'shift+tab', 'h', 'l'].includes(key)) return stay(state)
  return stay(withQuestion(state, { ...asked, answer: asked.answer === 'yes' ? 'no' : 'yes' }))
}

/** The drain of one node the other way: gracefully, or plainly. Null where something else is asked. */
export function otherDrain(request: Request): (Request & { readonly kind: 'operations' | 'graceful-drain' }) | null {
  if (request.kind === 'graceful-drain') {
    const { nodeId, name } = request
    return { kind: 'operations', operations: [{ kind: 'drain', nodeId, name }] }
  }
  if (request.kind !== 'operations') return null
  const [operation, ...others] = request.operations
  return operation?.kind === 'drain' && others.length === 0
    ? { kind: 'graceful-drain', nodeId: operation.nodeId, name: operation.name }
    : null
}

/** Letters are letters here, also those that answer other questions. */
function typeAnswer(state: State, asked: AskedQuestion, name: string, key: string): Step {
  if (key === 'enter') return asked.typed === name ? confirm(state, asked) : stay(missName(state, asked, name))
  const line = editLine({ text: asked.typed, caret: asked.typed.length }, key)
  return stay(line === null ? state : write(state, asked, line))
}

function missName(state: State, { typed }: AskedQuestion, name: string): State {
  const miss = typed === '' ? 'Nothing is done yet' : `Nothing is done: "${typed}" is not it`
  return notify(state, 'warning', `${miss}; type ${name}, or leave with Esc`)
}

/** A name may be pasted where one has to be typed: that is no accident. The line break at its end is no Enter. */
export function pasteIntoQuestion(state: State, text: string): State {
  const asked = state.acting.question
  if (asked === null || !isArmed(state)) return state
  if (asked.question.confirmation.kind !== 'type') return notify(state, 'info', 'Pasted text is no answer')
  return write(state, asked, insertText({ text: asked.typed, caret: asked.typed.length }, text.trim()))
}

/** There is no place for more than the beginning of what was pasted by mistake. */
function write(state: State, asked: AskedQuestion, { text }: EditLine): State {
  return withQuestion(state, { ...asked, typed: text.slice(0, LONGEST_ANSWER) })
}

const LONGEST_ANSWER = 100

/**
 * A question tells what is so, not what was so when it was put: with each reading it is put anew. When it says something
 * else now, the person is told and has to read it again; when it can no longer be done, it is taken away.
 */
export function refreshQuestion(state: State): State {
  const asked = state.acting.question
  if (asked === null || state.reading === null) return state
  const looked = lookAtRequest(state, asked.request)
  if (looked.kind === 'refused') return notify(decline(state), 'warning', looked.reason)
  if (looked.kind === 'needless') {
    return notify(decline(state), 'info', 'The swarm has changed: this need not be asked any more')
  }
  const confirmation = graver(asked.question.confirmation, looked.question.confirmation)
  const question: Question = { ...looked.question, confirmation }
  if (isSameQuestion(question, asked.question)) return withQuestion(state, { ...asked, question })
  return notify(
    put(state, asked.request, question),
    'danger',
    'The swarm has changed while you were reading: look again',
  )
}

/** Spans of time go by in any case. */
function isSameQuestion(one: Question, other: Question): boolean {
  const textOf = ({ title, consequences, commands, confirmation }: Question) =>
    JSON.stringify([title, consequences, commands, confirmation]).replace(
      /\d+ (?:seconds?|minutes?|hours?|days?)/g,
      'a while',
    )
  return textOf(one) === textOf(other)
}

function put(state: State, request: Request, question: Question): State {
  const answer = question.confirmation.kind === 'enter' ? 'yes' : 'no'
  return withQuestion(state, { request, question, answer, typed: '', askedAt: state.now })
}

/** The guard is asked again: the world may have moved while the question was read. */
function confirm(state: State, { request, question }: AskedQuestion): Step {
  const looked = lookAtRequest(state, request)
  if (looked.kind === 'refused') return stay(notify(decline(state), 'warning', looked.reason))
  return carryOut(request.kind === 'operations' ? clearMarks(decline(state)) : decline(state), question.wish)
}

function carryOut(state: State, wish: Wish): Step {
  switch (wish.kind) {
    case 'fault':
      return sendFault(state, wish)
    case 'sequence':
      return startSequence(state, wish)
    default:
      return sendOperation(state, wish)
  }
}

function decline(state: State): State {
  return withQuestion(state, null)
}

function withQuestion(state: State, question: AskedQuestion | null): State {
  return withActing(state, { question })
}
