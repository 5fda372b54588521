import { currentView } from '../current-view.ts'
import { isQuiet } from '../journal.ts'
import { describeEntry } from '../journal-words.ts'
import type { JournalEntry } from '../state.ts'
import { keepBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'

/** What happened in the swarm and what we did to it, the newest first; births and orderly ends on their own screen only. */
export const EVENT_ROWS: RowSource<JournalEntry> = {
  all: state => (currentView(state).screen.kind === 'events' ? newestFirst : grave)(state.journal),
  idOf: ({ number }) => String(number),
  fieldsOf: entry => ({ name: describeEntry(entry).text }),
  columns: [{ name: 'time', by: ({ at }) => at }],
}

const newestFirst = keepBy((journal: readonly JournalEntry[]) => journal.toReversed())
const grave = keepBy((journal: readonly JournalEntry[]) => journal.filter(entry => !isQuiet(entry)).toReversed())
