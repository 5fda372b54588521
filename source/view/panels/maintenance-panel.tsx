import { Box } from 'ink'
import { checksOf, courseLines, sayStep, wayOf } from '../../app/maintenance/course-words.ts'
import type { MaintenanceRow } from '../../app/rows/maintenance-rows.ts'
import { rowsOf, selectedRow } from '../../app/rows/panel-rows.ts'
import type { State } from '../../app/state.ts'
import type { Check } from '../../operations/maintenance/check-node.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { managerWords } from '../../swarm/cli-words.ts'
import type { Area } from '../layout.ts'
import { LINE_LOOKS } from '../line-looks.ts'
import { paragraph } from '../overlays/card.tsx'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from '../panel.tsx'
import { type Row, span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import {
  availabilityLook,
  DANGER,
  GOOD,
  glyphsOf,
  KEY,
  type Look,
  type Looks,
  nodeStateLook,
  PLAIN,
  QUIET,
  STRONG,
  titleLook,
  WARNING,
} from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The nodes of a maintenance in their order, and below them what is needed of the person and how the selected one stands. */
export function MaintenancePanel({ state, area, title, looks }: ScreenPanelProps) {
  const [upper, lower] = share(area, rowsOf(state, 'maintenance').length)
  return (
    <Box flexDirection="column">
      <StateTable
        state={state}
        area={upper}
        title={title}
        looks={looks}
        panel="maintenance"
        columns={columnsFor(state)}
        nothing="no node is in maintenance"
        note={noteOf(state)}
      />
      <Panel
        area={lower}
        title={[span('Now', titleLook(false))]}
        rows={detailRows(state, lower, looks)}
        looks={looks}
      />
    </Box>
  )
}

/** The table has as many lines as it has nodes, up to half of the place. */
function share({ width, height }: Area, rows: number): readonly [Area, Area] {
  const upper = Math.min(Math.max(3, rows + 1) + BORDER_ROWS, Math.floor(height / 2))
  return [
    { width, height: upper },
    { width, height: height - upper },
  ]
}

function noteOf({ maintaining }: State): Row {
  const { course } = maintaining
  if (course === null) return []
  return [
    span(`${course.maintenance.manner === 'graceful' ? 'gracefully' : 'plainly'}, ${course.maintenance.by}`, QUIET),
  ]
}

function columnsFor(state: State): readonly Column<MaintenanceRow>[] {
  return [
    {
      name: 'node',
      title: 'NODE',
      rank: 0,
      least: 12,
      cell: ({ name, entry }) => span(`${name}${entry?.isSelf ? ' *' : ''}`, STRONG),
    },
    { name: 'role', title: 'ROLE', rank: 4, cell: roleCell },
    {
      name: 'status',
      title: 'STATUS',
      rank: 2,
      cell: ({ entry }) =>
        entry === null ? span('gone', DANGER) : span(capitalise(entry.node.state), nodeStateLook(entry.node.state)),
    },
    {
      name: 'avail',
      title: 'AVAIL',
      rank: 3,
      cell: ({ entry }) =>
        entry === null
          ? span('')
          : span(capitalise(entry.node.availability), availabilityLook(entry.node.availability)),
    },
    { name: 'tasks', title: 'TASKS', rank: 5, isRight: true, cell: ({ entry }) => span(String(entry?.running ?? '')) },
    { name: 'step', title: 'STEP', rank: 1, least: 14, cell: row => span(sayStep(state, row), stepLook(row)) },
    {
      name: 'checks',
      title: 'CHECKS',
      rank: 6,
      least: 12,
      isOptional: true,
      cell: row => checksCell(checksOf(state, row)),
    },
  ]
}

function roleCell({ entry }: MaintenanceRow) {
  if (entry === null) return span('')
  const words = managerWords(entry.node)
  return words === '' ? span('Worker') : span(words, entry.node.manager?.reachability === 'reachable' ? PLAIN : DANGER)
}

function stepLook({ node }: MaintenanceRow): Look {
  if (node === null) return WARNING
  if (node.step === 'waiting') return QUIET
  if (node.step === 'over') return node.outcome === 'done' ? GOOD : QUIET
  return node.step === 'in-hand' ? KEY : PLAIN
}

/** What is not good, by its name. */
function checksCell(checks: readonly Check[]) {
  const open = checks.filter(({ verdict }) => verdict !== 'good')
  if (open.length === 0) return span(checks.length === 0 ? '' : 'all good', GOOD)
  return span(
    open.map(({ kind }) => kind).join(', '),
    open.some(({ verdict }) => verdict === 'refused') ? DANGER : WARNING,
  )
}

/** What is needed comes first; of the checks as many as there is room for. */
function detailRows(state: State, area: Area, looks: Looks): readonly Row[] {
  const width = area.width - BORDER_COLUMNS
  const row = selectedRow(state, 'maintenance')
  const lines = courseLines(state).filter(({ text }) => text !== '')
  return [
    ...lines.flatMap(({ weight, text }) => paragraph(text, width, looks, LINE_LOOKS[weight])),
    ...(row === null
      ? []
      : [[], ...wayRows(state, row, looks), ...checksOf(state, row).flatMap(check => checkRows(check, width, looks))]),
  ]
}

/** `√ checks  › drain  empty  your work`: what is done, what is now, what comes. */
function wayRows({ maintaining }: State, { node, name }: MaintenanceRow, looks: Looks): readonly Row[] {
  const { course } = maintaining
  if (course === null || node === null) return []
  const { done, pointer } = glyphsOf(looks)
  const { steps, at } = wayOf(course, node)
  const parts = steps.flatMap((step, index): Row => {
    const look = index < at ? GOOD : index === at ? { ...KEY, bold: true } : QUIET
    const sign = index < at ? `${done} ` : index === at ? `${pointer} ` : ''
    return [...(index === 0 ? [] : [span('  ')]), span(`${sign}${step}`, look)]
  })
  return [[span(`${name}: `, STRONG), ...parts]]
}

function checkRows({ kind, verdict, text }: Check, width: number, looks: Looks): readonly Row[] {
  const { done, warning, waiting } = glyphsOf(looks)
  const sign = verdict === 'good' ? done : verdict === 'waits' ? waiting : warning
  const look = { good: PLAIN, waits: WARNING, bad: WARNING, refused: DANGER }[verdict]
  return paragraph(text, width, looks, look, `${sign} ${kind.padEnd(9)} `)
}
