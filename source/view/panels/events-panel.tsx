import { currentView } from '../../app/current-view.ts'
import { describeEntry } from '../../app/journal-words.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import type { JournalEntry, State } from '../../app/state.ts'
import { clockTime } from '../clock-time.ts'
import { ListPanel } from '../list-panel.tsx'
import { emptyText } from '../panel-title.ts'
import { type Row, span } from '../row.ts'
import { QUIET, weightLook } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** What happened in the swarm and what we did to it, the newest first. */
export function EventsPanel({ state, area, title, looks }: ScreenPanelProps) {
  const { focus, marks } = currentView(state)
  return (
    <ListPanel
      area={area}
      title={title}
      items={rowsOf(state, 'events')}
      idOf={entry => String(entry.number)}
      rowOf={entry => entryRow(entry, state)}
      selectedId={selectedId(state, 'events')}
      marks={marks.events ?? []}
      isFocused={focus === 'events'}
      emptyText={emptyText(state, 'events', 'nothing has happened since we began to look')}
      looks={looks}
    />
  )
}

function entryRow(entry: JournalEntry, { preferences }: State): Row {
  const { text, weight } = describeEntry(entry)
  return [span(`${clockTime(entry.at, preferences.timeZone)}  `, QUIET), span(text, weightLook(weight))]
}
