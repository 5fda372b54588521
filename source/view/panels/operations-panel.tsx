import { nameOperation } from '../../app/journal-words.ts'
import type { OperationRow } from '../../app/rows/operation-rows.ts'
import { selectedRow } from '../../app/rows/panel-rows.ts'
import type { State } from '../../app/state.ts'
import { listed } from '../../operations/phrases.ts'
import { shortAge } from '../../rules/short-age.ts'
import { clockTime } from '../clock-time.ts'
import { listWidth } from '../list-panel.tsx'
import { paragraph } from '../overlays/card.tsx'
import { type Row, type Span, span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, GOOD, KEY, type Look, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { barOf } from '../watched-row.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** What was asked of the swarm from here: how far it is, or how it came out, and how the docker CLI says it. */
export function OperationsPanel(props: ScreenPanelProps) {
  return (
    <StateTable
      {...props}
      panel="operations"
      columns={columnsFor(props.state, props.looks)}
      nothing="nothing has been asked of the swarm from here"
      below={detailRows(props)}
    />
  )
}

/** All that the columns have no room for, of the one that is selected. */
function detailRows({ state, area, looks }: ScreenPanelProps): readonly Row[] {
  const row = selectedRow(state, 'operations')
  if (row === null || area.height < LEAST_ROWS_FOR_DETAILS) return []
  const width = listWidth(area)
  const commands = row.watched?.sequence?.sequence.operations.map(nameOperation) ?? []
  return [
    [],
    ...paragraph(`${row.name}: ${row.state}`, width, looks, STRONG),
    ...(row.text === '' ? [] : paragraph(row.text, width, looks, LOOKS[row.state])),
    ...(commands.length === 0 ? [] : paragraph(`in this order: ${listed(commands)}`, width, looks, QUIET)),
    ...(row.command === '' ? [] : paragraph(row.command, width, looks, KEY, '$ ')),
  ].slice(0, Math.floor(area.height / 2))
}

const LEAST_ROWS_FOR_DETAILS = 12

function columnsFor({ now, preferences }: State, looks: Looks): readonly Column<OperationRow>[] {
  return [
    {
      name: 'time',
      title: 'TIME',
      rank: 1,
      cell: ({ at, watched }) =>
        at === null
          ? span(watched === null ? '' : `for ${shortAge(now - watched.askedAt)}`, QUIET)
          : span(clockTime(at, preferences.timeZone), QUIET),
    },
    {
      name: 'name',
      title: 'OPERATION',
      rank: 0,
      least: 16,
      cell: ({ name, at }) => span(name, at === null ? STRONG : PLAIN),
    },
    { name: 'state', title: 'STATE', rank: 0, cell: ({ state }) => span(state, LOOKS[state]) },
    { name: 'bar', title: '', rank: 3, isOptional: true, cell: ({ watched }) => barCell(watched, looks) },
    { name: 'text', title: 'HOW FAR', rank: 2, least: 24, cell: ({ text }) => span(text) },
    { name: 'command', title: 'COMMAND', rank: 4, least: 24, cell: ({ command }) => span(command, KEY) },
  ]
}

const barCell = (watched: OperationRow['watched'], looks: Looks): Span =>
  (watched === null ? undefined : barOf(watched, looks)[0]) ?? span('')

const LOOKS: Readonly<Record<OperationRow['state'], Look>> = {
  running: WARNING,
  stopping: WARNING,
  done: GOOD,
  failed: DANGER,
  left: QUIET,
  'broken off': WARNING,
}
