import type { Operation } from '../../operations/operation.ts'
import { counted } from '../../rules/counted.ts'
import { nameOperation } from '../journal-words.ts'
import type { JournalEntry } from '../state.ts'
import { sayProgress, type Watched, watchedOf } from '../watching.ts'
import { keepByBoth } from './keep-by.ts'
import type { RowSource } from './row-source.ts'

/** What was asked of the swarm: what is under way, and how the rest has come out. */
export type OperationRow = {
  readonly id: string
  readonly name: string
  readonly state: 'running' | 'stopping' | 'done' | 'failed' | 'left' | 'broken off'
  /** How far it is, or how it came out. Untrusted. */
  readonly text: string
  readonly command: string
  /** When it came out; null while it is under way. By our clock, or a simulation's own. */
  readonly at: number | null
  /** Null when it has come out. */
  readonly watched: Watched | null
  /** What it is, or was, done to; null where that is several things. */
  readonly operation: Operation | null
}

/** What is under way comes first, then what came out last. */
export const OPERATION_ROWS: RowSource<OperationRow> = {
  all: state => rowsOf(watchedOf(state), state.journal),
  idOf: ({ id }) => id,
  fieldsOf: ({ name, state, text, command }) => ({ name, state, text, command }),
  columns: [
    { name: 'time', by: ({ at }) => at ?? Number.POSITIVE_INFINITY },
    { name: 'name', by: ({ name }) => name },
    { name: 'state', by: ({ state }) => state },
    { name: 'text', by: ({ text }) => text },
    { name: 'command', by: ({ command }) => command },
  ],
}

const rowsOf = keepByBoth((watched: readonly Watched[], journal: readonly JournalEntry[]): readonly OperationRow[] => [
  ...watched.map(ofWatched),
  ...journal.toReversed().flatMap(ofEntry),
])

function ofWatched(watched: Watched): OperationRow {
  const { number, name, running, sequence } = watched
  return {
    id: `running ${number}`,
    name,
    state: sequence?.phase === 'stopping' ? 'stopping' : 'running',
    text: sequence === null ? sayProgress(watched) : `${sayStep(watched)}${sayProgress(watched)}`,
    command: running?.command ?? '',
    at: null,
    watched,
    operation: running?.operation ?? null,
  }
}

function sayStep({ sequence }: Watched): string {
  const of = sequence?.sequence.operations.length ?? 0
  return `${Math.min((sequence?.at ?? 0) + 1, of)} of ${of}: `
}

function ofEntry(entry: JournalEntry): readonly OperationRow[] {
  const shared = { id: `ended ${entry.number}`, at: entry.at, watched: null }
  if (entry.kind === 'sequence') {
    const { name, result } = entry
    const isDone = result.kind === 'converged'
    const text = isDone ? '' : `after ${result.done} of ${counted(result.of, 'operation')}: ${result.text}`
    return [{ ...shared, name, state: isDone ? 'done' : 'broken off', text, command: '', operation: null }]
  }
  if (entry.kind !== 'operation' || entry.result.kind === 'asked') return []
  const { operation, command, result } = entry
  const row = { ...shared, name: nameOperation(operation), command, operation }
  if (result.kind === 'left') return [{ ...row, state: 'left', text: 'no longer watched' }]
  return [{ ...row, state: result.kind === 'converged' ? 'done' : 'failed', text: result.text }]
}
