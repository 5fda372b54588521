import type { Acting, RunningOperation, RunningSequence } from './acting-state.ts'
import { nameOperation } from './journal-words.ts'
import { keepBy } from './rows/keep-by.ts'
import type { State } from './state.ts'

/** What was asked for and has not come to its end: one operation, or several one after another. */
export type Watched = {
  readonly number: number
  readonly name: string
  readonly askedAt: number
  /** The operation that is under way; null between two of a sequence. */
  readonly running: RunningOperation | null
  /** Null for an operation that was asked for by itself. */
  readonly sequence: RunningSequence | null
}

/** All of it, what was asked for last first. An operation of a sequence is told of with that. */
export const watchedOf = ({ acting }: State): readonly Watched[] => watchedIn(acting)

const watchedIn = keepBy(({ running, sequences }: Acting): readonly Watched[] => {
  const alone = running.filter(operation => operation.sequence === null).map(ofOperation)
  const together = sequences.map(sequence => ofSequence(sequence, running))
  return [...alone, ...together].toSorted((one, other) => other.number - one.number)
})

const ofOperation = (running: RunningOperation): Watched => ({
  number: running.number,
  name: nameOperation(running.operation),
  askedAt: running.askedAt,
  running,
  sequence: null,
})

const ofSequence = (sequence: RunningSequence, running: readonly RunningOperation[]): Watched => ({
  number: sequence.number,
  name: sequence.sequence.name,
  askedAt: sequence.askedAt,
  running: running.find(({ number }) => number === sequence.running) ?? null,
  sequence,
})

/** How far it is, in words: of a sequence what is under way, else what keeps the next one. */
export function sayProgress({ running, sequence }: Watched): string {
  const progress = running?.progress.text ?? ''
  if (sequence === null) return progress
  const part =
    running === null
      ? (sequence.waitsFor ?? 'the next one is sent')
      : `${nameOperation(running.operation)}: ${progress}`
  return sequence.phase === 'stopping' ? `stops after this: ${part}` : part
}
