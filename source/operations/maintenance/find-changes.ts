import { counted } from '../../rules/counted.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { tasksOnNode } from '../tasks-on-node.ts'
import { isThere } from './advance.ts'
import { foreignLock } from './lock.ts'
import type { MaintainedNode, Maintenance } from './maintenance.ts'

/**
 * What is not as the maintenance left it, for who goes on with it after a while: a sentence each, with names from the
 * cluster, untrusted.
 */
export function findChanges(maintenance: Maintenance, cluster: Cluster): readonly string[] {
  return maintenance.nodes
    .filter(({ step }) => step !== 'over')
    .flatMap(node => {
      const entry = cluster.nodeById.get(node.nodeId)
      return entry === undefined
        ? [`${node.name} is no longer in the swarm`]
        : [...findInNode(node, entry, maintenance, cluster), ...findAway(node, entry)]
    })
}

function findInNode(
  node: MaintainedNode,
  entry: ClusterNode,
  maintenance: Maintenance,
  cluster: Cluster,
): readonly string[] {
  const { availability } = entry.node
  const lock = foreignLock(entry.node, maintenance)
  const { moving, lost, global } = tasksOnNode(entry, cluster)
  const tasks = moving.length + lost.length + global.length
  const isEmptied = EMPTIED.has(node.step)
  return [
    ...(lock === null ? [] : [`${entry.name} is in maintenance by ${lock.by} now`]),
    ...(isEmptied && availability !== 'drain' ? [`${entry.name} was set to ${availability} by someone else`] : []),
    ...(isEmptied && tasks > 0 ? [`${counted(tasks, 'task')} came back to ${entry.name}`] : []),
  ]
}

const EMPTIED: ReadonlySet<string> = new Set(['in-hand', 'returning'])

/** Of the one in hand it is the person's doing. */
const findAway = (node: MaintainedNode, entry: ClusterNode): readonly string[] =>
  EMPTIED.has(node.step) || isThere(entry) ? [] : [`${entry.name} is not Ready`]
