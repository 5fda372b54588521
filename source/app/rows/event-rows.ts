import { describeEntry } from '../journal-words.ts'
import type { JournalEntry } from '../state.ts'
import { keepBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'

/** What happened in the swarm and what we did to it, the newest first. */
export const EVENT_ROWS: RowSource<JournalEntry> = {
  all: state => newestFirst(state.journal),
  idOf: ({ number }) => String(number),
  fieldsOf: entry => ({ name: describeEntry(entry).text }),
  columns: [{ name: 'time', by: ({ at }) => at }],
}

const newestFirst = keepBy((journal: readonly JournalEntry[]) => journal.toReversed())
