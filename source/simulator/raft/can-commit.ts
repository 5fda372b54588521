import { majorityOf } from '../../rules/quorum.ts'
import { linkBetween } from '../world/link.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/** Does somebody lead, and reach a majority of the members, itself included? */
export function canCommit(world: World, swarm: Swarm): boolean {
  const leader = leadingMachine(world, swarm)
  if (leader === undefined) return false
  const members = Object.keys(swarm.raft.members)
  return members.filter(id => isInTouch(world, swarm, leader, id)).length >= majorityOf(members.length)
}

/** The leader's machine while its manager runs. */
export function leadingMachine(world: World, swarm: Swarm): Machine | undefined {
  const machine = machineOfNode(world, swarm, swarm.raft.leader)
  return machine !== undefined && runsManager(machine) ? machine : undefined
}

/** Do raft's messages go through between this machine and that member? */
export function isInTouch(world: World, swarm: Swarm, from: Machine, nodeId: string): boolean {
  const to = machineOfNode(world, swarm, nodeId)
  if (to === undefined || !runsManager(to) || linkBetween(from, to) !== 'open') return false
  return from === to || (isConnected(from) && isConnected(to))
}

export function runsManager({ power, membership }: Machine): boolean {
  return power === 'on' && membership?.manager != null && membership.state !== 'locked'
}

/** A cable that is back does not mend connections that a long cut has broken: they are tried again now and then. */
function isConnected({ membership }: Machine): boolean {
  return membership?.manager?.reconnectsAt === null
}
