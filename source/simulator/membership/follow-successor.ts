import { canCommit, leadingMachine } from '../raft/can-commit.ts'
import { reviewRaft } from '../raft/review-raft.ts'
import { linkBetween } from '../world/link.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { isDeserted } from './leave-swarm.ts'

/**
 * Machines that were out of reach when a manager of their swarm went on without it follow as soon as they reach it,
 * unless enough managers were left with them: to be called when a cable or a machine is back.
 */
export function followSuccessors(world: World): void {
  for (const machine of Object.values(world.machines)) {
    const swarm = swarmOf(world, machine)
    const heir = world.swarms[swarm?.successor ?? '']
    const leader = heir && leadingMachine(world, heir)
    if (swarm === undefined || heir === undefined || leader === undefined || canCommit(world, swarm)) continue
    if (machine.power !== 'on' || linkBetween(machine, leader) !== 'open') continue
    takeAlong(machine, heir)
    if (isDeserted(world, swarm)) delete world.swarms[swarm.key]
    reviewRaft(world, heir)
  }
}

/** Who was a manager has been left behind by the raft, and will find out. */
export function takeAlong({ membership }: Machine, heir: Swarm): void {
  if (membership === null) return
  Object.assign(membership, { swarm: heir.key, session: null })
  if (membership.manager !== null) membership.isExpelled = true
}
