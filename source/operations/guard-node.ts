import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { NodeAvailability, NodeState } from '../swarm/node.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import { guardLabels } from './guard-labels.ts'
import { areLabelsSet } from './label-change.ts'
import type { NodeOperation, OperationOf } from './operation.ts'
import { named } from './phrases.ts'
import { toleranceOf } from './tolerance.ts'

/** As `guardOperation`, for a node that is there. */
export function guardNodeOperation(operation: NodeOperation, node: ClusterNode, cluster: Cluster): string | null {
  switch (operation.kind) {
    case 'drain':
      return isSwitched(operation, node, 'drain') ? `${node.name} is drained already` : null
    case 'activate':
      return isSwitched(operation, node, 'active') ? `${node.name} is active already` : null
    case 'pause':
      return isSwitched(operation, node, 'pause') ? `${node.name} is paused already` : null
    case 'promote':
      return guardPromote(node)
    case 'demote':
      return guardDemote(node, cluster)
    case 'remove-node':
      return guardRemoveNode(operation, node, cluster)
    case 'label-node':
      return guardLabels(operation, node.name, node.node.labels)
    default:
      return assertNever(operation)
  }
}

function isSwitched(
  { labels }: OperationOf<'drain' | 'activate' | 'pause'>,
  { node }: ClusterNode,
  availability: NodeAvailability,
): boolean {
  return node.availability === availability && (labels === undefined || areLabelsSet(labels, node.labels))
}

function guardPromote({ node, name }: ClusterNode): string | null {
  if (node.role === 'worker') return null
  return node.manager === null
    ? `${name} is to be a manager already; ${becauseNotJoined(node.state)}`
    : `${name} is a manager already`
}

/**
 * The daemon's own refusals, in its order, foreseen.
 * Source: moby/swarmkit manager/controlapi/node.go (UpdateNode), manager/state/raft/raft.go (CanRemoveMember).
 */
function guardDemote({ node, name }: ClusterNode, { quorum }: Cluster): string | null {
  if (node.role === 'worker') return `${name} is a worker already`
  const member = quorum.members.find(({ nodeId }) => nodeId === node.id)
  if (member === undefined) return `${name} cannot be demoted before it has joined; ${becauseNotJoined(node.state)}`
  if (quorum.members.length === 1) return `${name} is the last manager: promote another node first`
  return guardQuorum(member, quorum.members)
}

/**
 * Source: moby/swarmkit manager/controlapi/node.go (RemoveNode). A manager is demoted first, unless it has never joined the
 * raft. Of the node that we look through no answer would come any more.
 */
function guardRemoveNode(
  { isForced }: OperationOf<'remove-node'>,
  entry: ClusterNode,
  cluster: Cluster,
): string | null {
  const { node, name, isSelf } = entry
  if (isSelf) return `We see the swarm through ${name}: look at it through another manager first (--host)`
  const isMember = cluster.quorum.members.some(({ nodeId }) => nodeId === node.id)
  const reason = isMember ? guardDemote(entry, cluster) : null
  if (reason !== null) return reason
  return node.state === 'ready' && !isForced
    ? `${name} is Ready: run docker swarm leave on it first, or force it out`
    : null
}

/** Those who stay must be enough by themselves, without the one who goes. */
function guardQuorum(demoted: QuorumMember, members: readonly QuorumMember[]): string | null {
  const others = members.filter(member => member !== demoted)
  const reachable = others.filter(member => member.isReachable).length
  const { majority, canLose } = toleranceOf(others.length, reachable)
  if (canLose >= 0) return null
  const lost = others.filter(member => !member.isReachable)
  const count = `only ${reachable} of the other ${others.length} managers can be reached and ${majority} are needed`
  return `Without ${demoted.name} the quorum would be lost: ${count}; first bring back or demote ${oneOf(lost)}`
}

/** `one of m2, m3`, or the one there is. */
export const oneOf = (members: readonly QuorumMember[]): string =>
  members.length > 1 ? `one of ${named(members.map(({ name }) => name))}` : named(members.map(({ name }) => name))

const becauseNotJoined = (state: NodeState): string =>
  state === 'down' ? 'it joins the managers when it is back' : 'it has not joined the managers yet'
