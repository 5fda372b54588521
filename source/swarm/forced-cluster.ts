import type { Cluster } from './cluster.ts'

/** A swarm that was made anew around one of its managers, and who were managers before. Names: untrusted. */
export type ForcedCluster = { readonly survivor: Named; readonly lost: readonly Named[] }

type Named = { readonly nodeId: string; readonly name: string }

/** What has to be made good, and whether it is. `nodeId`: of the node that it is about; null where it is about several. */
export type RemainingStep = {
  readonly id: string
  readonly isDone: boolean
  readonly text: string
  readonly nodeId: string | null
}

/**
 * Whether a new cluster was forced between two readings: one manager alone is left of several, and of the others, who are
 * managers by their role as before, none is in the raft any more. Demoted ones would be workers.
 * Source: moby/swarmkit manager/state/raft/storage.go (newRaftLogs with forceNewCluster)
 */
export function findForced(before: Cluster, after: Cluster): ForcedCluster | null {
  const [survivor, ...more] = after.quorum.members
  const others = before.quorum.members.filter(({ nodeId }) => nodeId !== survivor?.nodeId)
  if (survivor === undefined || more.length > 0 || others.length === 0) return null
  if (others.length === before.quorum.members.length) return null
  const outside = new Set(after.quorum.outsiders.map(({ nodeId }) => nodeId))
  if (!others.some(({ nodeId }) => outside.has(nodeId))) return null
  const named = ({ nodeId, name }: Named): Named => ({ nodeId, name })
  return { survivor: named(survivor), lost: others.map(named) }
}

/**
 * What remains to be done after a new cluster was forced, ticked by what a reading shows. An old manager that comes back is
 * one again by itself, about a minute later; one that does not can be removed, and need not and cannot be demoted first.
 * Source: moby/swarmkit manager/controlapi/node.go (UpdateNode, RemoveNode)
 */
export function remainingSteps({ survivor, lost }: ForcedCluster, cluster: Cluster): readonly RemainingStep[] {
  const { leader } = cluster.quorum
  return [
    {
      id: 'leader',
      isDone: leader !== null,
      text: leader === null ? 'no manager leads' : `${leader.name} leads`,
      nodeId: leader?.nodeId ?? survivor.nodeId,
    },
    ...lost.map(node => stepOfLost(node, cluster)),
    stepOfManagers(cluster),
  ]
}

function stepOfLost({ nodeId, name }: Named, cluster: Cluster): RemainingStep {
  const entry = cluster.nodeById.get(nodeId)
  const step = (isDone: boolean, text: string): RemainingStep => ({ id: `node ${nodeId}`, isDone, text, nodeId })
  if (entry === undefined) return step(true, `${name} is removed`)
  const { node } = entry
  if (node.manager?.reachability === 'reachable') return step(true, `${entry.name} is a manager again`)
  if (node.state === 'down') {
    const whenBack = node.role === 'manager' ? ', it is a manager then by itself' : ''
    return step(false, `${entry.name} is Down: start it again${whenBack}; or remove it, docker node rm`)
  }
  if (node.state !== 'ready') return step(false, `${entry.name} has not been heard of yet`)
  if (node.role === 'worker') return step(true, `${entry.name} is a worker now`)
  return step(false, `${entry.name} is back and joins the managers by itself: wait a minute`)
}

function stepOfManagers({ quorum, nodes }: Cluster): RemainingStep {
  const count = quorum.members.length
  const step = (isDone: boolean, text: string): RemainingStep => ({ id: 'managers', isDone, text, nodeId: null })
  const mayLose = Math.max(0, quorum.canLose)
  const have = count === 1 ? '1 manager, which must not be lost' : `${count} managers, of which ${mayLose} may be lost`
  if (count % 2 === 1 && quorum.canLose >= 1) return step(true, have)
  const silent = quorum.members.filter(({ isReachable }) => !isReachable).map(({ name }) => name)
  if (silent.length > 0) return step(false, `${have}: bring back ${silent.join(', ')}, or put another in its place`)
  const wanted = Math.max(3, count + 1 - (count % 2))
  return nodes.length < wanted
    ? step(false, `${have}: join others until there are ${wanted}, docker swarm join-token manager`)
    : step(false, `${have}: promote others until there are ${wanted}`)
}
