import { isInTouch, leadingMachine, runsManager } from '../raft/can-commit.ts'
import { linkBetween } from '../world/link.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/**
 * Can this machine's agent talk to the leader? A manager's talks through its own manager part, a worker's to any manager
 * that it reaches, which passes it on.
 *
 * Source: moby/swarmkit agent/session.go, node/node.go (the manager as the first of the agent's remotes)
 */
export function isAgentInTouch(world: World, swarm: Swarm, machine: Machine): boolean {
  const { membership, power } = machine
  const leader = leadingMachine(world, swarm)
  if (leader === undefined || power !== 'on' || membership === null || membership.state === 'locked') return false
  if (membership.manager !== null && swarm.raft.members[membership.nodeId] !== undefined) {
    return isInTouch(world, swarm, leader, membership.nodeId)
  }
  return Object.keys(swarm.raft.members).some(id => {
    const manager = machineOfNode(world, swarm, id)
    if (manager === undefined || !runsManager(manager) || linkBetween(machine, manager) !== 'open') return false
    return isInTouch(world, swarm, leader, id)
  })
}

/** Has it registered with the leader there is, and does what it says arrive there? */
export function hasSession(world: World, swarm: Swarm, machine: Machine): boolean {
  return machine.membership?.session === swarm.raft.term && isAgentInTouch(world, swarm, machine)
}
