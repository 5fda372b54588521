import { shownRebalance } from '../../app/rebalance/shown-rebalance.ts'
import { explainRow } from '../../operations/rebalance/explain-row.ts'
import { type RebalanceRow, sharesOf } from '../../operations/rebalance/plan-rebalance.ts'
import { sayRebalance } from '../../operations/rebalance/sequence-of-rebalance.ts'
import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { GOOD, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** Which services are renewed, the marked ones, and where their tasks would be then. */
export function RebalancePanel(props: ScreenPanelProps) {
  const rebalance = shownRebalance(props.state)
  const chosen = rebalance?.rows.filter(({ isChosen }) => isChosen) ?? []
  return (
    <StateTable
      {...props}
      panel="rebalance"
      columns={COLUMNS}
      marks={chosen.map(({ entry }) => entry.service.id)}
      above={rebalance === null ? [] : [[span(sayRebalance(rebalance), chosen.length === 0 ? GOOD : PLAIN)]]}
      nothing="there are no services"
    />
  )
}

const COLUMNS: readonly Column<RebalanceRow>[] = [
  {
    name: 'service',
    title: 'SERVICE',
    rank: 0,
    least: 12,
    keepsEnds: true,
    cell: ({ entry }) => span(entry.service.name, STRONG),
  },
  {
    name: 'apart',
    title: 'APART',
    rank: 2,
    cell: row => span(sayChange(row.difference.now, row.difference.after), row.isUneven ? WARNING : PLAIN),
  },
  {
    name: 'restarts',
    title: 'RESTARTS',
    rank: 3,
    isRight: true,
    cell: ({ restarts, isChosen }) => span(isChosen ? String(restarts) : `(${restarts})`, isChosen ? PLAIN : QUIET),
  },
  { name: 'nodes', title: 'TASKS ON NODES', rank: 4, least: 16, cell: row => span(sayNodes(row)) },
  { name: 'why', title: 'WHY', rank: 1, least: 20, cell: row => span(explainRow(row), QUIET) },
]

/** Those that gain come first; where it is many nodes, only those that change. */
function sayNodes(row: RebalanceRow): string {
  const nodes = sharesOf(row)
  const told = nodes.length > MOST_NODES ? nodes.filter(({ now, after }) => now !== after) : nodes
  const byGain = told.toSorted((one, other) => other.after - other.now - one.after + one.now)
  const shown = byGain.slice(0, MOST_NODES).map(({ node, now, after }) => `${node.name} ${sayChange(now, after)}`)
  const more = nodes.length - shown.length
  return shown.length === 0 && more > 0
    ? `${more} nodes`
    : `${shown.join(', ')}${more === 0 ? '' : `, and ${more} more`}`
}

const MOST_NODES = 8

const sayChange = (now: number, after: number): string => (now === after ? String(now) : `${now}→${after}`)
