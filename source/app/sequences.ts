import { guardOperation } from '../operations/guard-operation.ts'
import { isMetAlready } from '../operations/is-met-already.ts'
import type { Operation } from '../operations/operation.ts'
import type { Sequence } from '../operations/sequence.ts'
import { reasonToWait, sendOperation, withActing } from './acting.ts'
import type { OperationResult, RunningSequence, SequenceResult } from './acting-state.ts'
import { addToJournal } from './journal.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/** Begins a sequence: its first operation is sent at once, or as soon as nothing keeps it. */
export function startSequence(state: State, sequence: Sequence): Step {
  return advanceSequences(withSequence(state, sequence))
}

/** Once what is under way has come to its end, no more of it is sent. What is done stays done. */
export function stopSequence(state: State, number: number): Step {
  const stopping = state.acting.sequences.map(running =>
    running.number === number ? { ...running, phase: 'stopping' as const } : running,
  )
  return advanceSequences(withActing(state, { sequences: stopping }))
}

/** After whatever has happened: every sequence goes on as far as it can. */
export function advanceSequences(state: State): Step {
  return state.acting.sequences.reduce<Step>(
    (step, { number }) => andThen(step, next => advance(next, number)),
    stay(state),
  )
}

function advance(state: State, number: number): Step {
  const running = state.acting.sequences.find(candidate => candidate.number === number)
  if (running === undefined) return stay(state)
  const { ended } = running
  if (ended === null) return running.running === null ? goOn(state, running) : stay(state)
  if (ended.kind !== 'converged') return breakOff(state, running, whyBroken(running, ended))
  return goOn(state, { ...running, at: running.at + 1, running: null, ended: null })
}

/** The next operation is asked about as if a person had: the world may have moved since the sequence was begun. */
function goOn(state: State, running: RunningSequence): Step {
  const { sequence, at } = running
  const operation = sequence.operations[at]
  if (operation === undefined) return finish(state, running)
  if (running.phase === 'stopping') return breakOff(state, running, 'stopped by hand')
  const waitsFor = reasonToWait(state, operation)
  if (waitsFor !== null || state.reading === null) return stay(replace(state, { ...running, waitsFor }))
  const { cluster } = state.reading
  if (isMetAlready(operation, cluster)) return goOn(state, { ...running, at: at + 1 })
  const reason = guardOperation(operation, cluster, { isReadOnly: state.settings.isReadOnly })
  return reason === null ? send(state, running, operation) : breakOff(state, running, reason)
}

function send(state: State, running: RunningSequence, operation: Operation): Step {
  const number = state.acting.sequence + 1
  return sendOperation(replace(state, { ...running, running: number, waitsFor: null }), operation, running.number)
}

function finish(state: State, running: RunningSequence): Step {
  return stay(leave(state, running, { kind: 'converged', afterMs: state.now - running.askedAt }))
}

/** What was begun is put back by a sequence of its own: it too may have to wait until the swarm answers. */
function breakOff(state: State, running: RunningSequence, text: string): Step {
  const { sequence, at } = running
  const left = leave(state, running, { kind: 'broken-off', text, done: at, of: sequence.operations.length })
  const [first, ...rest] = sequence.undo
  if (first === undefined) return stay(left)
  return startSequence(left, {
    kind: 'sequence',
    name: `undo ${sequence.name}`,
    operations: [first, ...rest],
    undo: [],
  })
}

function whyBroken({ sequence, at }: RunningSequence, ended: OperationResult): string {
  const name = sequence.operations[at]?.name ?? ''
  return ended.kind === 'failed' ? `${name}: ${ended.text}` : `${name} is no longer watched`
}

function leave(state: State, running: RunningSequence, result: SequenceResult): State {
  const sequences = state.acting.sequences.filter(other => other.number !== running.number)
  return addToJournal(withActing(state, { sequences }), [{ kind: 'sequence', name: running.sequence.name, result }])
}

function withSequence(state: State, sequence: Sequence): State {
  const number = state.acting.sequence + 1
  const running: RunningSequence = {
    number,
    sequence,
    askedAt: state.now,
    at: 0,
    running: null,
    ended: null,
    phase: 'going-on',
    waitsFor: null,
  }
  return withActing(state, { sequence: number, sequences: [...state.acting.sequences, running] })
}

function replace(state: State, running: RunningSequence): State {
  return withActing(state, {
    sequences: state.acting.sequences.map(other => (other.number === running.number ? running : other)),
  })
}
