import { canCommit } from '../raft/can-commit.ts'
import { reviewRaft } from '../raft/review-raft.ts'
import { type Machine, machineOfNode, newManagerPart, swarmOf } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { raftAddress } from './addresses.ts'

/** From the moment the managers have given it another role to the certificate that says so. */
const CERTIFICATE_MS = [250, 450] as const
/** Until a manager that its raft has left behind finds out and stops, and from there until it is one again. */
const EXPULSION_MS = { noticed: 17_500, mended: 31_500 } as const
const RAFT_JOIN_MS = 60
const MANAGER_START_MS = [300, 450] as const

/*
 * Source: moby/swarmkit node/node.go (superviseManager), ca/renewer.go
 */

/**
 * Has a machine catch up with the role that its node has been given, as soon as its agent has a session: to be called
 * when the role has changed and when the agent has registered, which may be much later.
 */
export function followRole(world: World, swarm: Swarm, nodeId: string): void {
  const machine = machineOfNode(world, swarm, nodeId)
  if (machine === undefined || !isBehind(swarm, machine)) return
  const isExpelled = machine.membership?.isExpelled === true
  const delayMs = isExpelled ? EXPULSION_MS.noticed : drawWithin(world.random, CERTIFICATE_MS)
  setTimer(world, delayMs, { kind: 'certificate', machine: machine.name, nodeId })
}

/** The certificate for the present role comes; the node's entry is written when it is asked for and when it is there. */
export function takeRole(world: World, machine: Machine, nodeId: string): void {
  const swarm = connectedSwarm(world, machine, nodeId)
  if (swarm === null || machine.membership === null || !isBehind(swarm, machine)) return
  if (machine.membership.isExpelled === true) {
    machine.membership.isExpelled = false
    machine.membership.manager = null
    setTimer(world, EXPULSION_MS.mended, { kind: 'certificate', machine: machine.name, nodeId })
    // What it has been asked meanwhile, and could not find a leader for, is answered by the worker that it is now.
    setTimer(world, 0, { kind: 'retry-calls' })
    return
  }
  renewCertificate(world, swarm, nodeId)
  if (swarm.nodes[nodeId]?.role === 'manager') {
    machine.membership.manager ??= newManagerPart({ isReady: false })
    setTimer(world, RAFT_JOIN_MS, { kind: 'raft-join', machine: machine.name, nodeId })
  } else {
    machine.membership.manager = null
    renewCertificate(world, swarm, nodeId)
  }
}

/** A new manager becomes a member of the raft; its API follows a moment later. */
export function joinRaft(world: World, machine: Machine, nodeId: string): void {
  const swarm = connectedSwarm(world, machine, nodeId)
  const node = swarm?.nodes[nodeId]
  if (swarm === null || node?.role !== 'manager' || machine.membership?.manager == null) return
  swarm.raft.members[nodeId] = { address: raftAddress(machine) }
  reviewRaft(world, swarm)
  setTimer(world, drawWithin(world.random, MANAGER_START_MS), { kind: 'manager-ready', machine: machine.name, nodeId })
}

export function finishManager(machine: Machine, nodeId: string): void {
  const { membership } = machine
  if (membership?.nodeId === nodeId && membership.manager !== null) membership.manager.isReady = true
}

/** Each is an update of the node that changes nothing that can be seen: one to ask, one to receive. */
export function renewCertificate(world: World, swarm: Swarm, nodeId: string): void {
  transact(world, swarm, transaction => transaction.updateNode(nodeId, {}))
  transact(world, swarm, transaction => transaction.updateNode(nodeId, {}))
}

/** The swarm that a machine is in as this node, while it is connected to a leader that can write. */
export function connectedSwarm(world: World, machine: Machine, nodeId: string): Swarm | null {
  const { membership } = machine
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || membership?.nodeId !== nodeId || machine.power !== 'on') return null
  return membership.session === swarm.raft.term && canCommit(world, swarm) ? swarm : null
}

function isBehind(swarm: Swarm, { membership }: Machine): boolean {
  if (membership === null) return false
  const isMember = swarm.raft.members[membership.nodeId] !== undefined
  if (swarm.nodes[membership.nodeId]?.role === 'manager') return !isMember
  return membership.manager !== null && !isMember
}
