import { dockerCommand } from '../operations/docker-command.ts'
import { explainRefusal } from '../operations/explain-refusal.ts'
import { guardOperation } from '../operations/guard-operation.ts'
import { type Operation, type Outcome, targetOf } from '../operations/operation.ts'
import { watchProgress } from '../operations/watch-progress.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Problem } from '../swarm/problem.ts'
import type { Acting, OperationResult, RunningOperation } from './acting-state.ts'
import { addToJournal } from './journal.ts'
import { hearOfEnd } from './maintenance/maintaining.ts'
import { readNow } from './polling.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/**
 * Sends an operation to the engine, and follows it from here on. `sequence`: the number of the sequence that it belongs
 * to, which hears how it ends.
 */
export function sendOperation(state: State, operation: Operation, sequence: number | null = null): Step {
  if (state.reading === null) return stay(state)
  const number = state.acting.sequence + 1
  const command = dockerCommand(operation, state.reading.cluster)
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
    sequence,
  }
  const superseded = state.acting.running.filter(other => isSameTarget(other.operation, operation))
  const alone = superseded.reduce((rest, other) => finish(rest, other, { kind: 'left' }), state)
  const sent = withActing(alone, { sequence: number, running: [...alone.acting.running, running] })
  return andThen(stay(note(sent, running, { kind: 'asked' })), next => ({
    state: next,
    effects: [{ kind: 'operate', number, host: next.polling.host, operation }],
  }))
}

/** The engine has answered: what it refused is over, what it accepted is watched until it has converged. */
export function answerOperation(state: State, number: number, outcome: Outcome): Step {
  const running = state.acting.running.find(candidate => candidate.number === number)
  if (running === undefined) return stay(state)
  if (outcome.kind === 'refused')
    return stay(finish(state, running, { kind: 'failed', text: explainRefusal(outcome.text) }))
  const watched: RunningOperation = {
    ...running,
    phase: 'watched',
    version: outcome.version,
    forceUpdate: outcome.forceUpdate,
  }
  return readNow(replaceRunning(state, watched))
}

/** No answer came. What was sent may have been done: this is said first, since a long line is cut at its end. */
export function failOperation(state: State, number: number, problem: Problem): Step {
  const running = state.acting.running.find(candidate => candidate.number === number)
  if (running === undefined) return stay(state)
  const text = `no answer, so it may have been done: look before you repeat it (${explainProblem(problem)})`
  return readNow(finish(state, running, { kind: 'failed', text }))
}

/** An operation that the engine has accepted is watched no longer; what it does in the swarm goes on. */
export function leaveOperation(state: State, number: number): State {
  const left = state.acting.running.find(running => running.number === number && running.phase === 'watched')
  return left === undefined ? state : finish(state, left, { kind: 'left' })
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
    previous: running.progress,
  })
  if (progress.kind === 'running') return replaceRunning(state, { ...running, progress })
  if (progress.kind === 'failed') return finish(state, running, { kind: 'failed', text: progress.text })
  return finish(state, running, {
    kind: 'converged',
    text: progress.text,
    afterMs: state.now - running.askedAt,
  })
}

/** Why it cannot be done now, or `null`. Asked at the key and again at the confirmation: the world may have moved. */
export function reasonAgainst(state: State, operation: Operation): string | null {
  const reason = reasonToWait(state, operation)
  if (reason !== null || state.reading === null) return reason
  return guardOperation(operation, state.reading.cluster, { isReadOnly: state.settings.isReadOnly })
}

/** Why it cannot be done right now, where time alone mends it: nothing is known of the swarm, or an answer is awaited. */
export function reasonToWait(state: State, operation: Operation): string | null {
  if (state.reading === null) return 'There is no reading of the swarm yet'
  const isKnown = state.polling.link.kind === 'live' && state.reading.host === state.polling.host
  if (!isKnown || state.now - state.reading.receivedAt > oldAfterMs(state)) {
    return 'The swarm does not answer now: nothing can be changed until it does'
  }
  const sent = state.acting.running.find(
    ({ phase, operation: other }) => phase === 'sent' && isSameTarget(other, operation),
  )
  return sent === undefined ? null : `${sent.command} has not been answered yet`
}

/** A reading is old when some of those that should have followed have not come. */
function oldAfterMs(state: State): number {
  return state.settings.intervalMs + 10_000
}

function isSameTarget(one: Operation, other: Operation): boolean {
  return targetOf(one) === targetOf(other)
}

function finish(state: State, running: RunningOperation, result: OperationResult): State {
  const rest = state.acting.running.filter(other => other.number !== running.number)
  const sequences = state.acting.sequences.map(sequence =>
    sequence.running === running.number ? { ...sequence, ended: result } : sequence,
  )
  const heard = { ...state, maintaining: hearOfEnd(state.maintaining, running.number, result) }
  return note(withActing(heard, { running: rest, sequences }), running, result)
}

function note(state: State, running: RunningOperation, result: OperationResult): State {
  const { operation, command } = running
  return addToJournal(state, [{ kind: 'operation', operation, command, result }])
}

function replaceRunning(state: State, running: RunningOperation): State {
  return withActing(state, {
    running: state.acting.running.map(other => (other.number === running.number ? running : other)),
  })
}

/** The state with what is asked and done changed. */
export function withActing(state: State, change: Partial<Acting>): State {
  return { ...state, acting: { ...state.acting, ...change } }
}
