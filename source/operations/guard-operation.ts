import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { stackOf } from '../swarm/stack.ts'
import { guardNodeOperation, oneOf } from './guard-node.ts'
import { guardServiceOperation } from './guard-service.ts'
import type { Operation, OperationOf } from './operation.ts'

/**
 * Why this cannot be done now, in one sentence that says how to mend it where there is a mend; `null` when it can.
 * Asked when the key is pressed and again when the person confirms, for the world may have moved in between.
 */
export function guardOperation(
  operation: Operation,
  cluster: Cluster,
  { isReadOnly }: { readonly isReadOnly: boolean },
): string | null {
  if (isReadOnly) return READ_ONLY
  if (!cluster.quorum.hasQuorum) return explainLostQuorum(cluster)
  if ('nodeId' in operation) {
    const node = cluster.nodeById.get(operation.nodeId)
    return node === undefined
      ? `Node ${operation.name} is no longer in the swarm`
      : guardNodeOperation(operation, node, cluster)
  }
  if ('serviceId' in operation) {
    const service = cluster.serviceById.get(operation.serviceId)
    return service === undefined
      ? `Service ${operation.name} is no longer there`
      : guardServiceOperation(operation, service)
  }
  switch (operation.kind) {
    case 'remove-stack':
      return guardRemoveStack(operation, cluster)
    case 'set-history-limit':
      return guardHistoryLimit(operation, cluster)
    default:
      return assertNever(operation)
  }
}

export const READ_ONLY = 'Nothing can be changed: swarmtop was started with --read-only'

function explainLostQuorum({ quorum }: Cluster): string {
  const lost = quorum.members.filter(member => !member.isReachable)
  const count = `only ${quorum.reachable} of ${quorum.members.length} managers can be reached`
  return `Nothing can be changed without a quorum: ${count}, bring back ${oneOf(lost)}`
}

function guardRemoveStack({ stack, name }: OperationOf<'remove-stack'>, { services }: Cluster): string | null {
  const hasServices = services.some(({ service }) => stackOf(service) === stack)
  return hasServices ? null : `No service is in the stack ${name} any more`
}

function guardHistoryLimit({ limit }: OperationOf<'set-history-limit'>, { snapshot }: Cluster): string | null {
  return snapshot.swarm.historyLimit === limit ? `The history limit is ${limit} already` : null
}
