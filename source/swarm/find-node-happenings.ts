import type { Cluster, ClusterNode } from './cluster.ts'
import type { Happening } from './happening.ts'
import type { Node } from './node.ts'
import type { QuorumMember } from './quorum.ts'

export function nodeHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  return [
    ...leaderHappenings(before, after),
    ...after.nodes.flatMap(node => oneNode(before.nodeById.get(node.node.id), node, after.snapshot.takenAt)),
    ...before.nodes
      .filter(({ node }) => !after.nodeById.has(node.id))
      .map(({ name }) => ({ at: after.snapshot.takenAt, kind: 'node-removed', node: name }) as const),
  ]
}

function leaderHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  const at = after.snapshot.takenAt
  const from = before.quorum.leader
  const to = after.quorum.leader
  const reachableBefore = new Map(before.quorum.members.map(member => [member.nodeId, member.isReachable]))
  const hasChanged = ({ nodeId, isReachable }: QuorumMember) => reachableBefore.get(nodeId) === !isReachable
  return [
    ...(from?.nodeId === to?.nodeId
      ? []
      : [{ at, kind: 'leader-changed', from: from?.name ?? null, to: to?.name ?? null } as const]),
    ...after.quorum.members
      .filter(hasChanged)
      .map(({ name, isReachable }) => ({ at, kind: 'manager-reachability-changed', node: name, isReachable }) as const),
  ]
}

function oneNode(before: ClusterNode | undefined, after: ClusterNode, now: number): readonly Happening[] {
  const { node, name } = after
  if (before === undefined) return [{ at: node.createdAt, kind: 'node-joined', node: name }]

  const was = before.node
  const at = node.updatedAt
  const happenings: Happening[] = []
  if (was.state !== node.state && !isLeadersDoubt(was, node)) {
    const change = { node: name, from: was.state, to: node.state, message: node.stateMessage }
    happenings.push({ at, kind: 'node-state-changed', ...change })
  }
  if (was.availability !== node.availability) {
    const change = { node: name, from: was.availability, to: node.availability }
    happenings.push({ at, kind: 'node-availability-changed', ...change })
  }
  if (was.role !== node.role) happenings.push({ at: now, kind: 'node-role-changed', node: name, to: node.role })
  return happenings
}

/**
 * A new leader calls every node unknown until it has heard from it, mostly for a second or two: that the leader has
 * changed is told already. A node that then does not report goes down, and this is told.
 * Source: moby/swarmkit manager/dispatcher/dispatcher.go (markNodesUnknown).
 */
function isLeadersDoubt(was: Node, is: Node): boolean {
  const [doubted, other] = was.state === 'unknown' ? [was, is] : [is, was]
  return doubted.state === 'unknown' && other.state === 'ready' && doubted.stateMessage.includes('leadership change')
}
