import type { JournalEntry, State } from './state.ts'

/** How many lines the event strip remembers; older ones are forgotten, so that a long night costs no memory. */
const JOURNAL_LIMIT = 1000

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number'> : never

/** Adds lines to the event strip in the order given, each with a number of its own. */
export function addToJournal(state: State, entries: readonly WithoutNumber<JournalEntry>[]): State {
  if (entries.length === 0) return state
  const first = (state.journal.at(-1)?.number ?? 0) + 1
  const numbered = entries.map((entry, index) => ({ ...entry, number: first + index }) as JournalEntry)
  return { ...state, journal: [...state.journal, ...numbered].slice(-JOURNAL_LIMIT) }
}
