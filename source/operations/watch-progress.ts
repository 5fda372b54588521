import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { NodeAvailability } from '../swarm/node.ts'
import type { NodeOperation, Operation, Progress } from './operation.ts'
import { converged, failed, running } from './progress.ts'
import { watchDrain } from './watch-drain.ts'
import { watchForceUpdate } from './watch-force-update.ts'
import { watchDemote, watchPromote } from './watch-role.ts'

/**
 * How far an accepted operation has come, from the cluster as it was when it was asked for and as it is now. `version`
 * and `forceUpdate` are the outcome's: a reading that shows the object at that version or an older one was taken before
 * our change. `elapsedMs`: since it was asked for. Texts contain names and errors from the cluster: untrusted.
 */
export function watchProgress(watch: {
  readonly operation: Operation
  readonly before: Cluster
  readonly after: Cluster
  readonly version: number
  readonly forceUpdate: number | null
  readonly elapsedMs: number
}): Progress {
  const { operation, before, after, version, forceUpdate, elapsedMs } = watch
  if (operation.kind === 'force-update') {
    const service = after.serviceById.get(operation.serviceId)
    if (service === undefined) return failed(`service ${operation.name} was removed meanwhile`)
    if (service.service.version <= version) return NOT_READ_YET
    return watchForceUpdate(service, after, forceUpdate ?? service.service.forceUpdate)
  }
  const node = after.nodeById.get(operation.nodeId)
  if (node === undefined) return failed(`${operation.name} was removed from the swarm meanwhile`)
  if (node.node.version <= version) return NOT_READ_YET
  return explainOtherHand(operation, node) ?? watchNode(operation, node, before, after, elapsedMs)
}

const NOT_READ_YET = running('accepted, not seen in a reading yet', 0, 1)

function watchNode(
  operation: NodeOperation,
  node: ClusterNode,
  before: Cluster,
  after: Cluster,
  elapsedMs: number,
): Progress {
  switch (operation.kind) {
    case 'drain':
      return watchDrain(node, before, after)
    case 'activate':
      return converged(`new tasks may be placed on ${node.name}`)
    case 'pause':
      return converged(`no new tasks are placed on ${node.name}`)
    case 'promote':
      return watchPromote(node, after, elapsedMs)
    case 'demote':
      return watchDemote(node, after)
    default:
      return assertNever(operation)
  }
}

/** Our change is in this reading or an older one, so where it does not show, it has been undone. */
function explainOtherHand(operation: NodeOperation, { node, name }: ClusterNode): Progress | null {
  switch (operation.kind) {
    case 'drain':
    case 'activate':
    case 'pause':
      return node.availability === AVAILABILITY[operation.kind]
        ? null
        : failed(`${name} was set to ${node.availability} by someone else`)
    case 'promote':
      return node.role === 'manager' ? null : failed(`${name} was made a worker by someone else`)
    case 'demote':
      return node.role === 'worker' ? null : failed(`${name} was made a manager by someone else`)
    default:
      return assertNever(operation)
  }
}

const AVAILABILITY = { drain: 'drain', activate: 'active', pause: 'pause' } as const satisfies Record<
  string,
  NodeAvailability
>
