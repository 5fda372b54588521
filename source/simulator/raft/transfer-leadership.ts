import { startLeading } from '../start-leading.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { isInTouch, leadingMachine } from './can-commit.ts'

const HAND_OVER_MS = 40

/** A leader who is about to be demoted hands over: another one leads a moment later, if any is in touch. */
export function transferLeadership(world: World, swarm: Swarm): void {
  setLeaderTimer(world, swarm, HAND_OVER_MS, { kind: 'transfer' })
}

/**
 * The longest member that the leader reaches is told to campaign at once, and nobody stands in its way.
 *
 * Source: moby/swarmkit manager/state/raft/raft.go (TransferLeadership)
 */
export function handOver(world: World, swarm: Swarm): void {
  const leader = leadingMachine(world, swarm)
  if (leader === undefined) return
  const heirs = Object.keys(swarm.raft.members).filter(id => id !== swarm.raft.leader)
  const heir = heirs.find(id => isInTouch(world, swarm, leader, id))
  if (heir !== undefined) startLeading(world, swarm, heir)
}
