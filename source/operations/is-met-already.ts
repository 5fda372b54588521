import type { Cluster } from '../swarm/cluster.ts'
import type { NodeAvailability } from '../swarm/node.ts'
import { areLabelsSet } from './label-change.ts'
import type { Operation, OperationOf } from './operation.ts'

/**
 * Whether what is asked for is so by now, so that in a sequence nothing need be done for it. What renews or removes is
 * never met beforehand.
 */
export function isMetAlready(operation: Operation, cluster: Cluster): boolean {
  switch (operation.kind) {
    case 'drain':
      return isSwitched(operation, 'drain', cluster)
    case 'activate':
      return isSwitched(operation, 'active', cluster)
    case 'pause':
      return isSwitched(operation, 'pause', cluster)
    case 'promote':
      return roleOf(operation.nodeId, cluster) === 'manager'
    case 'demote':
      return roleOf(operation.nodeId, cluster) === 'worker'
    default:
      return false
  }
}

function isSwitched(
  { nodeId, labels }: OperationOf<'drain' | 'activate' | 'pause'>,
  availability: NodeAvailability,
  { nodeById }: Cluster,
): boolean {
  const node = nodeById.get(nodeId)?.node
  return node?.availability === availability && (labels === undefined || areLabelsSet(labels, node.labels))
}

const roleOf = (nodeId: string, { nodeById }: Cluster) => nodeById.get(nodeId)?.node.role
