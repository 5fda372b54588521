import type { Cluster } from '../swarm/cluster.ts'
import type { NodeAvailability } from '../swarm/node.ts'
import { areLabelsSet } from './label-change.ts'
import type { LabelChange, Operation, OperationOf } from './operation.ts'

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
    case 'label-node':
      return isLabelled(operation, cluster.nodeById.get(operation.nodeId)?.node.labels)
    case 'label-service':
      return isLabelled(operation, cluster.serviceById.get(operation.serviceId)?.service.labels)
    case 'scale':
      return isScaled(operation, cluster)
    case 'change-image':
      return cluster.serviceById.get(operation.serviceId)?.service.image === operation.image
    case 'set-history-limit':
      return cluster.snapshot.swarm.historyLimit === operation.limit
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

const isLabelled = (change: LabelChange, labels: Readonly<Record<string, string>> | undefined): boolean =>
  labels !== undefined && areLabelsSet(change, labels)

function isScaled({ serviceId, replicas }: OperationOf<'scale'>, { serviceById }: Cluster): boolean {
  const mode = serviceById.get(serviceId)?.service.mode
  if (mode?.kind === 'replicated-job') return mode.totalCompletions === replicas
  return mode?.kind === 'replicated' && mode.replicas === replicas
}

const roleOf = (nodeId: string, { nodeById }: Cluster) => nodeById.get(nodeId)?.node.role
