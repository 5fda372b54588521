import type { JournalEntry, State } from './state.ts'
import { observedNow } from './swarm-clock.ts'

/** How many lines the event strip remembers; older ones are forgotten, so that a long night costs no memory. */
const JOURNAL_LIMIT = 1000
/** How far back a line is looked for that says the same. */
const FOLDED_WITHIN = 100

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number' | 'times'> : never
/** What has just happened need not say when. */
type NewEntry<T> = T extends unknown ? Omit<T, 'number' | 'times' | 'at'> & { readonly at?: number } : never

/**
 * Adds lines to the event strip in the order given, each with a number of its own. A task that fails as it failed before
 * is told on the line that it has, with how often: a crash loop must not push a change of leader out of sight.
 */
export function addToJournal(state: State, entries: readonly NewEntry<JournalEntry>[]): State {
  if (entries.length === 0) return state
  const now = observedNow(state)
  const journal = entries.map(entry => ({ at: now, ...entry })).reduce(addEntry, state.journal)
  return { ...state, journal: journal.slice(-JOURNAL_LIMIT) }
}

function addEntry(journal: readonly JournalEntry[], entry: WithoutNumber<JournalEntry>): readonly JournalEntry[] {
  const key = foldingKey(entry)
  const same = key === null ? undefined : journal.slice(-FOLDED_WITHIN).find(other => foldingKey(other) === key)
  if (same !== undefined) {
    const again = { ...same, ...entry, number: same.number, times: (same.times ?? 1) + 1 } as JournalEntry
    return [...journal.filter(other => other !== same), again]
  }
  const number = Math.max(0, ...journal.map(other => other.number)) + 1
  return [...journal, { ...entry, number } as JournalEntry]
}

function foldingKey(entry: WithoutNumber<JournalEntry>): string | null {
  if (entry.kind !== 'happening' || entry.happening.kind !== 'task-ended') return null
  const { task, state, error } = entry.happening
  return JSON.stringify([task, state, error])
}
