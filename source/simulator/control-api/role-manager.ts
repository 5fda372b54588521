import { majorityOf } from '../../rules/quorum.ts'
import { followRole } from '../membership/follow-role.ts'
import { isReachable } from '../raft/reachability.ts'
import { reviewRaft } from '../raft/review-raft.ts'
import { transferLeadership } from '../raft/transfer-leadership.ts'
import type { Node } from '../world/node.ts'
import { drawWithin } from '../world/random.ts'
import { type Change, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'

const RETRY_MS = 5_000
/** From leaving the raft to the role that says so. */
const REMOVAL_MS = [150, 450] as const

/**
 * Makes the observed role follow the wanted one. A new manager has its role at once and joins the raft by itself; a
 * former one leaves the raft first, as soon as that costs no quorum, and loses its role after that. A node that has been
 * removed leaves the raft likewise.
 *
 * Source: moby/swarmkit manager/role_manager.go
 */
export function manageRoles(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'node') continue
    const { before, after } = change
    if (after === null) {
      if (before !== null) settleRole(world, swarm, before.id)
      continue
    }
    if (before?.spec.role !== after.spec.role) settleRole(world, swarm, after.id)
    // Each registration writes the status anew, also that of a node which was away for too short a time to be missed.
    const hasRegistered = after.status.state === 'ready' && before?.status !== after.status
    if (hasRegistered || before?.role !== after.role) followRole(world, swarm, after.id)
  }
}

/** One step towards the wanted role; where it cannot be made now, it is tried again five seconds later. */
export function settleRole(world: World, swarm: Swarm, nodeId: string): void {
  const node = swarm.nodes[nodeId]
  const isMember = swarm.raft.members[nodeId] !== undefined
  if (node === undefined ? !isMember : node.role === node.spec.role) return
  if (node?.spec.role === 'manager') {
    transact(world, swarm, transaction => transaction.updateNode(nodeId, { role: 'manager' }))
    return
  }
  if (!isMember) {
    transact(world, swarm, transaction => transaction.updateNode(nodeId, { role: 'worker' }))
    return
  }
  if (!canRemoveMember(world, swarm, nodeId)) {
    setLeaderTimer(world, swarm, RETRY_MS, { kind: 'role', nodeId })
    return
  }
  if (swarm.raft.leader === nodeId) {
    transferLeadership(world, swarm)
    return
  }
  delete swarm.raft.members[nodeId]
  renounce(world, swarm, nodeId)
  reviewRaft(world, swarm)
  setLeaderTimer(world, swarm, drawWithin(world.random, REMOVAL_MS), { kind: 'role', nodeId })
}

/** Who has been voted out asks for a certificate anew before anybody has told it why: one write that nothing shows. */
function renounce(world: World, swarm: Swarm, nodeId: string): void {
  transact(world, swarm, transaction => transaction.updateNode(nodeId, {}))
}

/** May this manager become a worker? In the order in which Swarm asks. Source: moby/swarmkit manager/controlapi/node.go */
export function guardDemotion(world: World, swarm: Swarm, node: Node): Answer<null> {
  const { nodes, raft } = swarm
  const managers = Object.values(nodes).filter(other => other.role === 'manager')
  if (managers.length === 1 && managers[0]?.id === node.id) {
    return refusedBySwarm('FailedPrecondition', 'attempting to demote the last manager of the swarm')
  }
  if (raft.members[node.id] === undefined) {
    return refusedBySwarm('NotFound', "can't find manager in raft memberlist")
  }
  if (!canRemoveMember(world, swarm, node.id)) {
    const text = "can't remove member from the raft: this would result in a loss of quorum"
    return refusedBySwarm('FailedPrecondition', text)
  }
  return granted(null)
}

/** Would the others still be a majority among themselves? Source: moby/swarmkit manager/state/raft/raft.go (CanRemoveMember) */
function canRemoveMember(world: World, swarm: Swarm, nodeId: string): boolean {
  const others = Object.keys(swarm.raft.members).filter(id => id !== nodeId)
  return others.filter(id => isReachable(world, swarm, id)).length >= majorityOf(others.length)
}
