import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import type { NodeState } from '../swarm/node.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import type { Operation } from './operation.ts'
import { named } from './phrases.ts'
import { toleranceOf } from './tolerance.ts'

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
  if (operation.kind === 'force-update') {
    const service = cluster.serviceById.get(operation.serviceId)
    return service === undefined ? `Service ${operation.name} is no longer there` : guardForceUpdate(service)
  }
  const node = cluster.nodeById.get(operation.nodeId)
  if (node === undefined) return `Node ${operation.name} is no longer in the swarm`
  switch (operation.kind) {
    case 'drain':
      return node.node.availability === 'drain' ? `${node.name} is drained already` : null
    case 'activate':
      return node.node.availability === 'active' ? `${node.name} is active already` : null
    case 'pause':
      return node.node.availability === 'pause' ? `${node.name} is paused already` : null
    case 'promote':
      return guardPromote(node)
    case 'demote':
      return guardDemote(node, cluster)
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

/** A job may be forced: every update runs it again, and `askQuestion` says so. */
function guardForceUpdate({ service }: ClusterService): string | null {
  const isEmpty = service.mode.kind === 'replicated' && service.mode.replicas === 0
  return isEmpty ? `${service.name} is scaled to 0, so there is no task to renew` : null
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

const oneOf = (members: readonly QuorumMember[]): string =>
  members.length > 1 ? `one of ${named(members.map(({ name }) => name))}` : named(members.map(({ name }) => name))

const becauseNotJoined = (state: NodeState): string =>
  state === 'down' ? 'it joins the managers when it is back' : 'it has not joined the managers yet'
