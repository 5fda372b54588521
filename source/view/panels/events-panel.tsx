import { describeEntry } from '../../app/journal-words.ts'
import { currentView, eventRows, selectedId } from '../../app/rows.ts'
import type { JournalEntry, State } from '../../app/state.ts'
import type { Area } from '../layout.ts'
import { ListPanel } from '../list-panel.tsx'
import { emptyText, listTitle } from '../panel-title.ts'
import { type Row, span } from '../row.ts'
import { clockTime } from '../short-age.ts'
import { type Looks, QUIET, weightLook } from '../theme.ts'

type Props = { readonly state: State; readonly area: Area; readonly looks: Looks; readonly tabs?: Row }

/** What happened in the swarm and what we did to it, the newest first. */
export function EventsPanel({ state, area, looks, tabs }: Props) {
  const items = eventRows(state)
  return (
    <ListPanel
      area={area}
      title={tabs ?? listTitle(state, 'events', 'Events', items.length, state.journal.length)}
      items={items}
      idOf={entry => String(entry.number)}
      rowOf={entryRow}
      selectedId={selectedId(state, 'events')}
      isFocused={currentView(state).focus === 'events'}
      emptyText={emptyText(state, 'events', 'nothing has happened since we began to look')}
      looks={looks}
    />
  )
}

function entryRow(entry: JournalEntry): Row {
  const { text, weight } = describeEntry(entry)
  return [span(`${clockTime(entry.at)}  `, QUIET), span(text, weightLook(weight))]
}
