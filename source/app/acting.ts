import { askQuestion } from '../operations/ask-question.ts'
import { dockerCommand } from '../operations/docker-command.ts'
import { guardOperation } from '../operations/guard-operation.ts'
import type { Operation, OperationKind, Outcome, Question } from '../operations/operation.ts'
import { watchProgress } from '../operations/watch-progress.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Problem } from '../swarm/problem.ts'
import { addToJournal } from './journal.ts'
import { notify } from './navigating.ts'
import { readNow } from './polling.ts'
import { currentView, selectedId, shownService } from './rows.ts'
import type { Acting, OperationResult, RunningOperation, State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/** A key asked for an operation on what is selected: the question is put, or it is said why not. */
export function askFor(state: State, kind: OperationKind): State {
  const operation = operationOnSelection(state, kind)
  if (operation === null) return notify(state, 'warning', 'Nothing is selected here')
  const reason = reasonAgainst(state, operation)
  if (reason !== null) return notify(state, 'warning', reason)
  const question = state.reading === null ? null : askQuestion(operation, state.reading.cluster)
  if (question === null) return state
  return withActing(state, { question: { question, answer: question.defaultAnswer, askedAt: state.now } })
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
  if (key === 'y') return confirm(state, asked.question.operation)
  if (key === 'n' || key === 'esc' || key === 'q') return stay(decline(state))
  if (key === 'enter') return asked.answer === 'yes' ? confirm(state, asked.question.operation) : stay(decline(state))
  if (['left', 'right', 'tab', 'shift+tab', 'h', 'l'].includes(key)) {
    return stay(withActing(state, { question: { ...asked, answer: asked.answer === 'yes' ? 'no' : 'yes' } }))
  }
  return stay(state)
}

/** The engine has answered: what it refused is over, what it accepted is watched until it has converged. */
export function answerOperation(state: State, number: number, outcome: Outcome): Step {
  const running = state.acting.running.find(candidate => candidate.number === number)
  if (running === undefined) return stay(state)
  if (outcome.kind === 'refused') return stay(finish(state, running, { kind: 'failed', text: outcome.text }))
  const watched: RunningOperation = {
    ...running,
    phase: 'watched',
    version: outcome.version,
    forceUpdate: outcome.forceUpdate,
  }
  return readNow(replaceRunning(state, watched))
}

/** No answer came. What was sent may have been done all the same, so the person is told to look. */
export function failOperation(state: State, number: number, problem: Problem): Step {
  const running = state.acting.running.find(candidate => candidate.number === number)
  if (running === undefined) return stay(state)
  const text = `${explainProblem(problem)} (it may have been done all the same: look before you repeat it)`
  return readNow(finish(state, running, { kind: 'failed', text }))
}

/** The operation asked for last is watched no longer; what it does in the swarm goes on. */
export function leaveOperation(state: State): State {
  const last = state.acting.running.findLast(({ phase }) => phase === 'watched')
  return last === undefined ? state : finish(state, last, { kind: 'left' })
}

/** A new reading shows how far each operation is. */
export function followOperations(state: State): State {
  return state.acting.running.filter(running => running.phase === 'watched').reduce(followOperation, state)
}

function followOperation(state: State, running: RunningOperation): State {
  if (state.reading === null) return state
  const progress = watchProgress({
    operation: running.operation,
    before: running.before,
    after: state.reading.cluster,
    version: running.version,
    forceUpdate: running.forceUpdate,
    elapsedMs: state.now - running.askedAt,
  })
  if (progress.kind === 'running') return replaceRunning(state, { ...running, progress })
  if (progress.kind === 'failed') return finish(state, running, { kind: 'failed', text: progress.text })
  return finish(state, running, {
    kind: 'converged',
    text: progress.text,
    afterMs: state.now - running.askedAt,
  })
}

function operationOnSelection(state: State, kind: OperationKind): Operation | null {
  return kind === 'force-update' ? forceUpdateOfSelection(state) : nodeOperationOnSelection(state, kind)
}

function nodeOperationOnSelection(state: State, kind: Exclude<OperationKind, 'force-update'>): Operation | null {
  const { screen } = currentView(state)
  const nodeId = screen.kind === 'node' ? screen.nodeId : selectedId(state, 'nodes')
  if (nodeId === null) return null
  return { kind, nodeId, name: state.reading?.cluster.nodeById.get(nodeId)?.name ?? nodeId }
}

function forceUpdateOfSelection(state: State): Operation | null {
  const shown = shownService(state)
  if (shown === null) return null
  return { kind: 'force-update', serviceId: shown.service.id, name: shown.service.name }
}

/** Why it cannot be done now, or `null`. Asked at the key and again at the confirmation: the world may have moved. */
function reasonAgainst(state: State, operation: Operation): string | null {
  if (state.reading === null) return 'There is no reading of the swarm yet'
  const isKnown = state.polling.link.kind === 'live' && state.reading.host === state.polling.host
  if (!isKnown || state.now - state.reading.receivedAt > oldAfterMs(state)) {
    return 'The swarm does not answer now: nothing can be changed until it does'
  }
  const sent = state.acting.running.find(
    ({ phase, operation: other }) => phase === 'sent' && isSameTarget(other, operation),
  )
  if (sent !== undefined) return `${sent.command} has not been answered yet`
  return guardOperation(operation, state.reading.cluster, { isReadOnly: state.settings.isReadOnly })
}

/**
 * A question tells what is so, not what was so when it was put: with each reading it is put anew. When it says something
 * else now, the person is told and has to read it again; when it can no longer be done, it is taken away.
 */
export function refreshQuestion(state: State): State {
  const asked = state.acting.question
  if (asked === null || state.reading === null) return state
  const { operation } = asked.question
  const reason = reasonAgainst(state, operation)
  if (reason !== null) return notify(decline(state), 'warning', reason)
  const question = askQuestion(operation, state.reading.cluster)
  if (isSameQuestion(question, asked.question)) return withActing(state, { question: { ...asked, question } })
  const again = withActing(state, { question: { question, answer: question.defaultAnswer, askedAt: state.now } })
  return notify(again, 'danger', 'The swarm has changed while you were reading: look again')
}

/** Spans of time go by in any case. */
function isSameQuestion(one: Question, other: Question): boolean {
  const textOf = ({ consequences, command, defaultAnswer }: Question) =>
    JSON.stringify([consequences, command, defaultAnswer]).replace(/\d+ (?:seconds?|minutes?|hours?|days?)/g, 'a while')
  return textOf(one) === textOf(other)
}

function confirm(state: State, operation: Operation): Step {
  const reason = reasonAgainst(state, operation)
  if (reason !== null) return stay(notify(decline(state), 'warning', reason))
  if (state.reading === null) return stay(decline(state))
  return send(decline(state), operation, dockerCommand(operation, state.reading.cluster))
}

function send(state: State, operation: Operation, command: string): Step {
  if (state.reading === null) return stay(state)
  const number = state.acting.sequence + 1
  const running: RunningOperation = {
    number,
    operation,
    command,
    askedAt: state.now,
    before: state.reading.cluster,
    phase: 'sent',
    version: 0,
    forceUpdate: null,
    progress: { kind: 'running', text: 'asked for', done: 0, total: 0 },
  }
  const superseded = state.acting.running.filter(other => isSameTarget(other.operation, operation))
  const alone = superseded.reduce((rest, other) => finish(rest, other, { kind: 'left' }), state)
  const sent = withActing(alone, { sequence: number, running: [...alone.acting.running, running] })
  return andThen(stay(note(sent, running, { kind: 'asked' })), next => ({
    state: next,
    effects: [{ kind: 'operate', number, host: next.polling.host, operation }],
  }))
}

/** A reading is old when some of those that should have followed have not come. */
function oldAfterMs(state: State): number {
  return state.settings.intervalMs + 10_000
}

function isSameTarget(one: Operation, other: Operation): boolean {
  return targetOf(one) === targetOf(other)
}

function targetOf(operation: Operation): string {
  return operation.kind === 'force-update' ? operation.serviceId : operation.nodeId
}

function decline(state: State): State {
  return withActing(state, { question: null })
}

function finish(state: State, running: RunningOperation, result: OperationResult): State {
  const rest = state.acting.running.filter(other => other.number !== running.number)
  return note(withActing(state, { running: rest }), running, result)
}

function note(state: State, running: RunningOperation, result: OperationResult): State {
  const { operation, command } = running
  return addToJournal(state, [{ kind: 'operation', at: state.now, operation, command, result }])
}

function replaceRunning(state: State, running: RunningOperation): State {
  return withActing(state, {
    running: state.acting.running.map(other => (other.number === running.number ? running : other)),
  })
}

function withActing(state: State, change: Partial<Acting>): State {
  return { ...state, acting: { ...state.acting, ...change } }
}
