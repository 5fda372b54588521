import type { Cluster } from '../swarm/cluster.ts'
import type { NodeOperation, Operation, OperationOf, Progress, ServiceOperation } from './operation.ts'
import { converged, failed, running } from './progress.ts'
import { watchNode } from './watch-node.ts'
import { watchRemoval, watchStackRemoval } from './watch-removal.ts'
import { watchService } from './watch-service.ts'

/** An accepted operation, and what is known of it. */
export type Watch = {
  readonly operation: Operation
  /** The cluster as it was when it was asked for, and as it is now. */
  readonly before: Cluster
  readonly after: Cluster
  /** The outcome's: a reading that shows the object at that version or an older one was taken before our change. */
  readonly version: number
  readonly forceUpdate: number | null
  /** Since it was asked for. */
  readonly elapsedMs: number
  /** What was told of it at the reading before this one; left out at the first. */
  readonly previous?: Progress
}

/** How far an accepted operation has come. Texts contain names and errors from the cluster: untrusted. */
export function watchProgress(watch: Watch): Progress {
  const { operation, before, after } = watch
  switch (operation.kind) {
    case 'remove-service':
      return watchRemoval(operation, after)
    case 'remove-stack':
      return watchStackRemoval(operation, before, after)
    case 'set-history-limit':
      return watchHistoryLimit(operation, watch)
    default:
      return 'nodeId' in operation ? watchNodeOperation(operation, watch) : watchServiceOperation(operation, watch)
  }
}

function watchServiceOperation(
  operation: Exclude<ServiceOperation, { kind: 'remove-service' }>,
  { after, version, forceUpdate, elapsedMs, previous }: Watch,
): Progress {
  const entry = after.serviceById.get(operation.serviceId)
  if (entry === undefined) return failed(`service ${operation.name} was removed meanwhile`)
  if (entry.service.version <= version) return NOT_READ_YET
  const counter = forceUpdate ?? entry.service.forceUpdate
  return watchService(operation, { entry, after, forceUpdate: counter, elapsedMs, previous })
}

function watchNodeOperation(operation: NodeOperation, { before, after, version, elapsedMs }: Watch): Progress {
  const node = after.nodeById.get(operation.nodeId)
  if (operation.kind === 'remove-node') {
    return node === undefined ? converged(`${operation.name} is gone`) : NOT_READ_YET
  }
  if (node === undefined) return failed(`${operation.name} was removed from the swarm meanwhile`)
  if (node.node.version <= version) return NOT_READ_YET
  return watchNode(operation, node, { before, after, elapsedMs })
}

function watchHistoryLimit({ limit }: OperationOf<'set-history-limit'>, { after, version }: Watch): Progress {
  const { swarm } = after.snapshot
  if (swarm.version <= version) return NOT_READ_YET
  return swarm.historyLimit === limit
    ? converged(`the history limit is ${limit}`)
    : failed(`set to ${swarm.historyLimit} by someone else`)
}

const NOT_READ_YET = running('accepted, not seen in a reading yet', 0, 1)
