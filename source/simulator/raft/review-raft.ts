import { reviewAgents } from '../dispatcher/sessions.ts'
import { relayEvents } from '../engine-api/events.ts'
import { linkBetween } from '../world/link.ts'
import { type Machine, type ManagerPart, machineOfNode, swarmOf } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer, setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { awaitLeader, loseLeader, TICK_MS } from './await-leader.ts'
import { canCommit, isInTouch, leadingMachine, runsManager } from './can-commit.ts'

/** A leader looks once in ten ticks whether it has heard from a majority meanwhile. */
const CHECK_QUORUM_MS = 10 * TICK_MS
/** How long a leader takes to see that a member does not answer: at once if it is refused, else after a time-out. */
const NOTICED_MS = { refused: [50, 300], silent: [2_000, 2_600] } as const

/**
 * To be called whenever something has changed between managers: a machine died or came back, a cable was cut, a member
 * joined or left, a leader began or ended. Works out who hears from whom from now on, and who therefore will campaign
 * or step down; between two such changes nothing has to be looked at.
 *
 * Source: moby/swarmkit manager/state/raft/raft.go (Run), etcd-io/raft raft.go (stepFollower, checkQuorumActive)
 */
export function reviewRaft(world: World, swarm: Swarm): void {
  deposeIfOutdated(world, swarm)
  const leader = leadingMachine(world, swarm)
  for (const nodeId of Object.keys(swarm.raft.members)) {
    const machine = machineOfNode(world, swarm, nodeId)
    const manager = machine?.membership?.manager
    if (machine === undefined || manager == null) continue
    if (machine === leader) lead(world, swarm, machine, manager)
    else if (leader !== undefined && isInTouch(world, swarm, leader, nodeId)) follow(swarm, manager)
    else miss(world, swarm, machine, manager)
  }
  notePeers(world, swarm, leader)
  reviewAgents(world, swarm)
  relayEvents(world, swarm)
  if (Object.keys(world.calls).length > 0) setTimer(world, 0, { kind: 'retry-calls' })
}

/** It has led without a majority for too long. What it was asked to write is refused, what it showed is gone. */
export function stepDown(world: World, machine: Machine): void {
  const { nodeId, manager } = machine.membership ?? {}
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || manager == null || manager.stepDownDue !== world.now) return
  if (swarm.raft.leader === nodeId) swarm.raft.leader = ''
  manager.logEnd ??= swarm.index
  loseLeader(world, manager)
  awaitLeader(world, machine, manager, world.now)
  reviewRaft(world, swarm)
}

/**
 * A member that was cut off has campaigned again and again: its term is higher, and the leader gives way as soon as it
 * hears from it. There is no vote beforehand (PreVote) that would spare the others this.
 */
function deposeIfOutdated(world: World, swarm: Swarm): void {
  const leader = leadingMachine(world, swarm)
  const manager = leader?.membership?.manager
  if (leader === undefined || manager == null) return
  for (const nodeId of Object.keys(swarm.raft.members)) {
    const term = machineOfNode(world, swarm, nodeId)?.membership?.manager?.term ?? 0
    if (term <= swarm.raft.term || !isInTouch(world, swarm, leader, nodeId)) continue
    manager.term = Math.max(manager.term, term)
    swarm.raft.leader = ''
  }
  if (swarm.raft.leader !== '') return
  loseLeader(world, manager)
  awaitLeader(world, leader, manager, world.now)
}

function lead(world: World, swarm: Swarm, machine: Machine, manager: ManagerPart): void {
  const { stepDownDue } = manager
  follow(swarm, manager)
  if (canCommit(world, swarm)) {
    for (const due of swarm.leader.held.splice(0)) setLeaderTimer(world, swarm, 0, due)
    return
  }
  manager.logEnd = swarm.index
  manager.stepDownDue = stepDownDue
  if (stepDownDue !== null) return
  const checks = Math.floor((world.now - swarm.raft.leaderSince) / CHECK_QUORUM_MS)
  manager.stepDownDue = swarm.raft.leaderSince + (checks + 2) * CHECK_QUORUM_MS
  setTimer(world, manager.stepDownDue - world.now, { kind: 'step-down', machine: machine.name })
}

function follow(swarm: Swarm, manager: ManagerPart): void {
  manager.leader = swarm.raft.leader
  manager.leaderlessSince = null
  manager.term = swarm.raft.term
  manager.logEnd = null
  manager.electionDue = null
  manager.stepDownDue = null
  manager.stale = null
}

/** No leader is heard. One that still believes to lead itself finds out in its own time. */
function miss(world: World, swarm: Swarm, machine: Machine, manager: ManagerPart): void {
  manager.logEnd ??= swarm.index
  if (!runsManager(machine) || manager.electionDue !== null || manager.stepDownDue !== null) return
  const sinceHeartbeat = Math.max(0, world.now - swarm.raft.leaderSince) % TICK_MS
  awaitLeader(world, machine, manager, world.now - sinceHeartbeat)
}

/** The leader's table of its peers, which `Reachability` is read from. */
function notePeers(world: World, swarm: Swarm, leader: Machine | undefined): void {
  const { raft } = swarm
  if (leader === undefined) return
  for (const nodeId of Object.keys(raft.members)) {
    if (isInTouch(world, swarm, leader, nodeId)) delete raft.unreachableFrom[nodeId]
    else raft.unreachableFrom[nodeId] ??= world.now + drawWithin(world.random, NOTICED_MS[silence(nodeId)])
  }

  function silence(nodeId: string): keyof typeof NOTICED_MS {
    const peer = machineOfNode(world, swarm, nodeId)
    const isSilent = leader !== undefined && peer !== undefined && linkBetween(leader, peer) === 'silent'
    return isSilent ? 'silent' : 'refused'
  }
}
