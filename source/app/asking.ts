import { graver } from '../operations/confirmation.ts'
import type { Fault } from '../operations/fault.ts'
import type { NewCluster } from '../operations/new-cluster.ts'
import type { Consequence, Operation, Question, Wish } from '../operations/operation.ts'
import type { Plan } from '../operations/plan.ts'
import type { Sequence } from '../operations/sequence.ts'
import { operationsOf } from '../operations/with-plan.ts'
import { assertNever } from '../rules/assert-never.ts'
import { sendOperation, withActing } from './acting.ts'
import type { AskedQuestion, Request } from './acting-state.ts'
import { type EditLine, editLine, insertText } from './line-edit.ts'
import { lookAtRequest } from './looking-at-request.ts'
import { clearMarks } from './marks.ts'
import { notify } from './navigating.ts'
import { sendNewCluster } from './new-cluster.ts'
import { nameChanged, printSpecs } from './other-hands.ts'
import { awaitsPlan, isPlanAwaited, planAsked, planAwaitedUntil, tellPlan } from './planning.ts'
import { scrollQuestion } from './scrolling-question.ts'
import { startSequence } from './sequences.ts'
import { sendFault } from './simulating.ts'
import type { State } from './state.ts'
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

/** A new cluster around one manager of a simulation. */
export function askForNewCluster(state: State, newCluster: NewCluster): Step {
  return ask(state, { kind: 'new-cluster', newCluster })
}

function ask(state: State, request: Request): Step {
  const looked = lookAtRequest(state, request)
  switch (looked.kind) {
    case 'refused':
      return stay(notify(state, 'warning', looked.reason))
    case 'needless':
      return carryOut(state, looked.wish)
    case 'question':
      return planAsked(put(state, request, looked.question))
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

/**
 * When the question on the screen hears keys, or waits for its plan no longer, milliseconds since 1970; never if neither
 * is to come.
 */
export function questionDueAt(state: State): number {
  const { question } = state.acting
  const armed = question === null || isArmed(state) ? Number.POSITIVE_INFINITY : question.askedAt + QUESTION_IS_DEAF_MS
  return Math.min(armed, planAwaitedUntil(state))
}

/**
 * A key while a question is on the screen. Only an answer closes it; it can be scrolled; other keys do nothing. Esc is heard
 * at any time: who wants out must not be left with a question that the next key says yes to.
 */
export function answerQuestion(state: State, key: string): Step {
  const asked = state.acting.question
  if (asked === null) return stay(state)
  if (key === 'esc') return stay(decline(state))
  if (!isArmed(state)) return stay(state)
  const { confirmation } = asked.question
  const otherWay = confirmation.kind === 'type' ? null : otherDrain(asked.request)
  if (key === 'g' && otherWay !== null) return ask(state, otherWay)
  const scrolled = scrollQuestion(state, asked, key, confirmation.kind === 'type')
  if (scrolled !== null) return stay(withQuestion(state, { ...asked, offset: scrolled }))
  return confirmation.kind === 'type' ? typeAnswer(state, asked, confirmation.name, key) : giveAnswer(state, asked, key)
}

function giveAnswer(state: State, asked: AskedQuestion, key: string): Step {
  if (key === 'y') return confirm(state, asked)
  if (key === 'n' || key === 'q') return stay(decline(state))
  if (key === 'enter') return asked.answer === 'yes' ? confirm(state, asked) : stay(decline(state))
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
 * A question tells what is so, not what was so when it was put: with each reading it is put anew, and planned anew where
 * the swarm has changed. When it says something else now, the person is told and has to read it again; when it can no
 * longer be done, it is taken away.
 */
export function refreshQuestion(state: State): Step {
  const asked = state.acting.question
  if (asked === null || state.reading === null) return stay(state)
  const looked = lookAtRequest(state, asked.request)
  if (looked.kind === 'refused') return stay(notify(decline(state), 'warning', looked.reason))
  if (looked.kind === 'needless') {
    return stay(notify(decline(state), 'info', 'The swarm has changed: this need not be asked any more'))
  }
  const base = looked.question
  const isSameWish = JSON.stringify(base.wish) === JSON.stringify(asked.base.wish)
  const planning = isSameWish ? asked.planning : null
  const operations = operationsOf(base.wish)
  const specs = printSpecs(operations, state.reading.cluster)
  const known = { ...asked, base, planning, specs }
  const question = tell(known)
  const changed = nameChanged(operations, asked.specs, specs, state.acting)
  if (changed !== '') return planAsked(lookAgain(state, known, `Somebody else has changed ${changed}`))
  return planAsked(
    isSaidAlready(question, asked.question) ? withQuestion(state, { ...known, question }) : lookAgain(state, known),
  )
}

/** The plan has come. It is read before it is answered, and an answer that was under the finger may be another one now. */
export function receivePlan(state: State, number: number, plan: Plan): State {
  const asked = state.acting.question
  if (!awaitsPlan(asked, number)) return state
  const known = { ...asked, planning: { ...asked.planning, number: null, result: { kind: 'plan', plan } as const } }
  if (asked.planning.result === null) return tellFirstPlan(state, known)
  const question = tell(known)
  return isAsGrave(question, asked.question) ? withQuestion(state, { ...known, question }) : lookAgain(state, known)
}

/** Without a plan it is asked as it was. */
export function missPlan(state: State, number: number, text: string): State {
  const asked = state.acting.question
  if (!awaitsPlan(asked, number)) return state
  const { planning } = asked
  const result = planning.result ?? { kind: 'failed', text }
  return withQuestion(state, { ...asked, planning: { ...planning, number: null, result } })
}

/** Who could have answered without it is told when it makes a difference. */
function tellFirstPlan(state: State, known: AskedQuestion): State {
  const told = putAgain(state, known)
  const isGraver = told.acting.question?.question.confirmation.kind !== known.question.confirmation.kind
  return isGraver && !isPlanAwaited(state)
    ? notify(told, 'danger', 'The plan has come, and it is graver than that: look again')
    : told
}

function lookAgain(state: State, known: AskedQuestion, what = 'The swarm has changed'): State {
  return notify(putAgain(state, known), 'danger', `${what} while you were reading: look again`)
}

/** What it says now, and never easier to say yes to than it was. */
function tell({ base, planning, question }: AskedQuestion): Question {
  const told = tellPlan(base, planning)
  return { ...told, confirmation: graver(question.confirmation, told.confirmation) }
}

/** Spans of time go by in any case. */
function isSaidAlready(one: Question, other: Question): boolean {
  return textOf(one, () => true) === textOf(other, () => true)
}

/** Where a task goes may be another matter with each reading; what is in danger may not. */
function isAsGrave(one: Question, other: Question): boolean {
  const isGrave = ({ weight }: Consequence) => weight !== 'info'
  return textOf(one, isGrave) === textOf(other, isGrave)
}

function textOf(
  { title, consequences, commands, confirmation }: Question,
  isCompared: (consequence: Consequence) => boolean,
): string {
  return JSON.stringify([title, consequences.filter(isCompared), commands, confirmation]).replace(
    /\d+ (?:seconds?|minutes?|hours?|days?|s|min)\b/g,
    'a while',
  )
}

function put(state: State, request: Request, base: Question): State {
  const { reading } = state
  return putAgain(state, {
    request,
    base,
    specs: reading === null ? {} : printSpecs(operationsOf(base.wish), reading.cluster),
    question: base,
    planning: null,
    answer: 'no',
    typed: '',
    offset: 0,
    askedAt: state.now,
  })
}

/** It has to be read before it is answered. What was typed of a name stays where that is the name still. */
function putAgain(state: State, known: AskedQuestion): State {
  const question = tell(known)
  const { confirmation } = question
  const before = known.question.confirmation
  const isSameName = confirmation.kind === 'type' && before.kind === 'type' && before.name === confirmation.name
  return withQuestion(state, {
    ...known,
    question,
    answer: confirmation.kind === 'enter' ? 'yes' : 'no',
    typed: isSameName ? known.typed : '',
    askedAt: state.now,
  })
}

/** The guard is asked again: the world may have moved while the question was read. */
function confirm(state: State, { request, question }: AskedQuestion): Step {
  if (isPlanAwaited(state)) return stay(notify(state, 'info', 'Its plan is not there yet: in a moment'))
  const looked = lookAtRequest(state, request)
  if (looked.kind === 'refused') return stay(notify(decline(state), 'warning', looked.reason))
  return carryOut(request.kind === 'operations' ? clearMarks(decline(state)) : decline(state), question.wish)
}

function carryOut(state: State, wish: Wish): Step {
  switch (wish.kind) {
    case 'fault':
      return sendFault(state, wish)
    case 'new-cluster':
      return sendNewCluster(state, wish)
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
