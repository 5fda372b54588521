import { currentView, nodeRows, selectedId } from '../../app/rows.ts'
import type { State } from '../../app/state.ts'
import { capitalise } from '../../rules/capitalise.ts'
import type { ClusterNode } from '../../swarm/cluster.ts'
import { labelWords, managerWords } from '../cli-words.ts'
import type { Area } from '../layout.ts'
import { machineMarks } from '../machine-marks.ts'

import { emptyText, listTitle } from '../panel-title.ts'
import { type Row, span } from '../row.ts'
import { type Column, MEASURED_ROWS } from '../table.ts'
import { TablePanel } from '../table-panel.tsx'
import { availabilityLook, DANGER, type Looks, nodeStateLook, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'

type Props = {
  readonly state: State
  readonly area: Area
  readonly looks: Looks
  /** Instead of the list's own title, where the panels are tabs. */
  readonly tabs?: Row
  /** With the columns that only a whole screen has room for. */
  readonly isWhole?: boolean
}

/** The nodes in `docker node ls` order and words. */
export function NodesPanel({ state, area, looks, tabs, isWhole = false }: Props) {
  const items = nodeRows(state)
  return (
    <TablePanel
      area={area}
      title={tabs ?? listTitle(state, 'nodes', 'Nodes', items.length, state.reading?.cluster.nodes.length ?? 0)}
      columns={[hostnameColumn(state, items), ...COLUMNS, ...(isWhole ? WHOLE_COLUMNS : [])]}
      items={items}
      idOf={({ node }) => node.id}
      selectedId={selectedId(state, 'nodes')}
      isFocused={currentView(state).focus === 'nodes'}
      emptyText={emptyText(state, 'nodes', 'no nodes are known yet')}
      looks={looks}
    />
  )
}

/** What is said of a machine must be read: cut in the middle, the half of the cell that is left at the end holds it. */
function hostnameColumn(state: State, items: readonly ClusterNode[]): Column<ClusterNode> {
  const markOf = machineMarks(state)
  const hasMarks = items.slice(0, MEASURED_ROWS).some(entry => markOf(entry) !== '')
  return {
    title: 'HOSTNAME',
    rank: 0,
    least: hasMarks ? LEAST_MARKED_WIDTH : LEAST_NAME_WIDTH,
    keepsEnds: hasMarks,
    cell: entry => span(`${entry.name}${entry.isSelf ? ' *' : ''}${markOf(entry)}`, STRONG),
  }
}

const LEAST_NAME_WIDTH = 12
/** Half of it has room for ` (booting)`. */
const LEAST_MARKED_WIDTH = 20

const COLUMNS: readonly Column<ClusterNode>[] = [
  { title: 'STATUS', rank: 1, cell: ({ node }) => span(capitalise(node.state), nodeStateLook(node.state)) },
  {
    title: 'AVAIL',
    rank: 2,
    cell: ({ node }) => span(capitalise(node.availability), availabilityLook(node.availability)),
  },
  { title: 'MANAGER', rank: 3, cell: managerCell },
  { title: 'TASKS', rank: 4, isRight: true, cell: ({ running }) => span(String(running)) },
  { title: 'RSVD', rank: 5, isRight: true, cell: reservedCell },
]

const WHOLE_COLUMNS: readonly Column<ClusterNode>[] = [
  { title: 'ENGINE', rank: 6, cell: ({ node }) => span(node.engineVersion) },
  { title: 'ADDRESS', rank: 7, cell: ({ node }) => span(node.address) },
  {
    title: 'PLATFORM',
    rank: 9,
    cell: ({ node }) => span(`${node.platform.os}/${node.platform.architecture}`, QUIET),
  },
  { title: 'LABELS', rank: 8, least: 12, isOptional: true, cell: ({ node }) => span(labelWords(node.labels), QUIET) },
]

function managerCell(entry: ClusterNode) {
  const { manager } = entry.node
  if (manager === null) return span('')
  if (manager.isLeader) return span(managerWords(entry.node), STRONG)
  return span(managerWords(entry.node), manager.reachability === 'reachable' ? PLAIN : DANGER)
}

function reservedCell({ node, reservedShare }: ClusterNode) {
  if (reservedShare === null || node.state === 'down') return span('?', QUIET)
  return span(`${Math.round(reservedShare * 100)}%`, reservedShare > 0.9 ? WARNING : PLAIN)
}
