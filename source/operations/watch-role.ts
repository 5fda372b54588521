import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { Progress } from './operation.ts'
import { converged, running } from './progress.ts'
import { sayTolerance, toleranceNow } from './tolerance.ts'

/** A role is only a wish until the raft has the member, which takes a second when all is well. */
export function watchPromote({ node, name }: ClusterNode, after: Cluster, elapsedMs: number): Progress {
  if (node.manager?.reachability === 'reachable') return converged(sayTolerance(toleranceNow(after.quorum)))
  if (node.state === 'down') return running(`${name} is Down and joins the managers when it is back`, 0, 1)
  const isSlow = elapsedMs >= SLOW_JOIN_MS
  const hint = isSlow ? ': can the managers reach its port 2377, and it theirs?' : ''
  return node.manager === null
    ? running(`${name} has not joined the managers yet${hint}`, 0, 1)
    : running(`${name} has joined, but the leader cannot reach it${hint}`, 0, 1)
}

const SLOW_JOIN_MS = 10_000

/** The leader takes the member out of the raft first; from then on it no longer counts. */
export function watchDemote({ node, name }: ClusterNode, after: Cluster): Progress {
  return node.manager === null
    ? converged(sayTolerance(toleranceNow(after.quorum)))
    : running(`${name} is still counted among the managers`, 0, 1)
}
