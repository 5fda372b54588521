import type { Cluster } from '../swarm/cluster.ts'
import type { Operation } from './operation.ts'

/**
 * Whether what is asked for is so by now, so that in a sequence nothing need be done for it. What renews or removes is
 * never met beforehand.
 */
export function isMetAlready(operation: Operation, cluster: Cluster): boolean {
  switch (operation.kind) {
    case 'drain':
      return availabilityOf(operation.nodeId, cluster) === 'drain'
    case 'activate':
      return availabilityOf(operation.nodeId, cluster) === 'active'
    case 'pause':
      return availabilityOf(operation.nodeId, cluster) === 'pause'
    case 'promote':
      return roleOf(operation.nodeId, cluster) === 'manager'
    case 'demote':
      return roleOf(operation.nodeId, cluster) === 'worker'
    default:
      return false
  }
}

const availabilityOf = (nodeId: string, { nodeById }: Cluster) => nodeById.get(nodeId)?.node.availability

const roleOf = (nodeId: string, { nodeById }: Cluster) => nodeById.get(nodeId)?.node.role
