import { currentView } from '../../app/current-view.ts'
import { rowsOf } from '../../app/rows/panel-rows.ts'
import type { State } from '../../app/state.ts'
import { lockOf } from '../../operations/maintenance/lock.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { labelWords, managerWords } from '../../swarm/cli-words.ts'
import type { ClusterNode } from '../../swarm/cluster.ts'
import { machineMarks } from '../machine-marks.ts'
import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import { type Column, MEASURED_ROWS } from '../table.ts'
import { availabilityLook, DANGER, nodeStateLook, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The nodes in `docker node ls` order and words. */
export function NodesPanel(props: ScreenPanelProps) {
  const { state } = props
  const isWhole = currentView(state).screen.kind === 'nodes'
  const columns = [hostnameColumn(state, rowsOf(state, 'nodes')), ...COLUMNS, ...(isWhole ? WHOLE_COLUMNS : [])]
  return <StateTable {...props} panel="nodes" columns={columns} nothing="no nodes are known yet" />
}

/** What is said of a machine must be read: cut in the middle, the half of the cell that is left at the end holds it. */
function hostnameColumn(state: State, items: readonly ClusterNode[]): Column<ClusterNode> {
  const markOf = machineMarks(state)
  const hasMarks = items.slice(0, MEASURED_ROWS).some(entry => markOf(entry) !== '')
  return {
    name: 'hostname',
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
  {
    name: 'status',
    title: 'STATUS',
    rank: 1,
    cell: ({ node }) => span(capitalise(node.state), nodeStateLook(node.state)),
  },
  {
    name: 'avail',
    title: 'AVAIL',
    rank: 2,
    cell: ({ node }) => span(capitalise(node.availability), availabilityLook(node.availability)),
  },
  { name: 'manager', title: 'MANAGER', rank: 3, cell: managerCell },
  { name: 'maintenance', title: 'MAINTENANCE BY', rank: 4, least: 14, isOptional: true, cell: lockCell },
  { name: 'tasks', title: 'TASKS', rank: 4, isRight: true, cell: ({ running }) => span(String(running)) },
  { name: 'rsvd', title: 'RSVD', rank: 5, isRight: true, cell: reservedCell },
]

const WHOLE_COLUMNS: readonly Column<ClusterNode>[] = [
  { name: 'engine', title: 'ENGINE', rank: 6, cell: ({ node }) => span(node.engineVersion) },
  { name: 'address', title: 'ADDRESS', rank: 7, cell: ({ node }) => span(node.address) },
  {
    name: 'platform',
    title: 'PLATFORM',
    rank: 9,
    cell: ({ node }) => span(`${node.platform.os}/${node.platform.architecture}`, QUIET),
  },
  {
    name: 'labels',
    title: 'LABELS',
    rank: 8,
    least: 12,
    isOptional: true,
    cell: ({ node }) => span(labelWords(node.labels), QUIET),
  },
]

function lockCell({ node }: ClusterNode) {
  return span(lockOf(node)?.by ?? '', WARNING)
}

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
