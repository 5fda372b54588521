import { majorityOf } from '../../rules/quorum.ts'
import { machineOfNode } from '../world/machine.ts'
import type { Node } from '../world/node.ts'
import { drawWithin } from '../world/random.ts'
import { type Change, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'

const RAFT_PORT = 2377
const CERTIFICATE_MS = 500
const SESSION_MS = [200, 5_500] as const

/**
 * Makes the observed role follow the wanted one. A new manager has its role at once and joins the raft a moment later;
 * a former one leaves the raft at once and loses the role a moment later.
 *
 * Source: moby/swarmkit manager/role_manager.go, manager/controlapi/node.go (UpdateNode)
 * Leaves out for now: machines that are off or cut away, and retrying for them.
 */
export function manageRoles(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { raft } = swarm
  for (const change of changes) {
    if (change.of !== 'node' || change.after === null || change.before?.spec.role === change.after.spec.role) continue
    const node = change.after
    if (node.spec.role === node.role) continue
    if (node.spec.role === 'manager') {
      transact(world, swarm, transaction => transaction.updateNode(node.id, { role: 'manager' }))
    } else {
      delete raft.members[node.id]
      if (raft.leader === node.id) handLeadershipOver(world, swarm)
    }
    setLeaderTimer(world, swarm, CERTIFICATE_MS, { kind: 'role', nodeId: node.id })
  }
}

/** The certificate for the new role has come. */
export function settleRole(world: World, swarm: Swarm, nodeId: string): void {
  const { raft } = swarm
  const node = swarm.nodes[nodeId]
  if (node === undefined) return
  if (node.spec.role === 'manager') {
    const membership = machineOfNode(world, swarm, nodeId)?.membership
    if (membership != null) membership.manager ??= { isReady: true, leader: '', leaderlessSince: null, stale: null }
    raft.members[nodeId] ??= { address: `${node.status.address}:${RAFT_PORT}` }
  }
  transact(world, swarm, transaction => transaction.updateNode(nodeId, { role: node.spec.role }))
  transact(world, swarm, transaction => transaction.updateNode(nodeId, {}))
}

/** May this manager become a worker? In the order in which Swarm asks. */
export function guardDemotion(swarm: Swarm, node: Node): Answer<null> {
  const { nodes, raft } = swarm
  const managers = Object.values(nodes).filter(other => other.role === 'manager')
  if (managers.length === 1 && managers[0]?.id === node.id) {
    return refusedBySwarm('FailedPrecondition', 'attempting to demote the last manager of the swarm')
  }
  if (raft.members[node.id] === undefined) {
    return refusedBySwarm('NotFound', "can't find manager in raft memberlist")
  }
  const others = Object.keys(raft.members).filter(id => id !== node.id)
  if (others.filter(id => isReachable(swarm, id)).length < majorityOf(others.length)) {
    const text = "can't remove member from the raft: this would result in a loss of quorum"
    return refusedBySwarm('FailedPrecondition', text)
  }
  return granted(null)
}

/**
 * Did the last raft message to this member go through? Always, while machines cannot die; this is where it will be
 * asked of the leader's peer table.
 */
export function isReachable(swarm: Swarm, nodeId: string): boolean {
  return swarm.raft.members[nodeId] !== undefined
}

/** An agent has found the leader again. */
export function registerNode(world: World, swarm: Swarm, nodeId: string): void {
  const node = swarm.nodes[nodeId]
  if (node?.status.state !== 'unknown') return
  const status = { ...node.status, state: 'ready', message: '' } as const
  transact(world, swarm, transaction => transaction.updateNode(nodeId, { status }))
}

/**
 * A leader that is demoted hands over to the longest member. Every node is unknown until its agent has registered with
 * the new one.
 *
 * Source: moby/swarmkit manager/state/raft/raft.go (TransferLeadership), manager/dispatcher/dispatcher.go (markNodesUnknown)
 * Leaves out for now: that the new leader has forgotten what the old one kept in mind.
 */
function handLeadershipOver(world: World, swarm: Swarm): void {
  swarm.raft.leader = Object.keys(swarm.raft.members)[0] ?? ''
  transact(world, swarm, transaction => {
    for (const node of Object.values(swarm.nodes)) {
      if (node.status.state === 'down') continue
      const message = 'Node moved to "unknown" state due to leadership change in cluster'
      transaction.updateNode(node.id, { status: { ...node.status, state: 'unknown', message } })
      const delayMs = node.id === swarm.raft.leader ? SESSION_MS[0] : drawWithin(world.random, SESSION_MS)
      setLeaderTimer(world, swarm, delayMs, { kind: 'node-ready', nodeId: node.id })
    }
  })
}
