import type { Machine, ManagerPart } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

export const TICK_MS = 1_000
const ELECTION_TICKS = [10, 19] as const

/*
 * Each manager has its own patience, drawn anew each time: nothing happens, and nothing is computed, until it ends.
 *
 * Source: etcd-io/raft raft.go (tickElection, reset)
 */

/** A manager has heard from a leader for the last time at `since`, and waits for the next word. */
export function awaitLeader(world: World, machine: Machine, manager: ManagerPart, since: number): void {
  manager.electionDue = since + TICK_MS * drawWithin(world.random, ELECTION_TICKS)
  setTimer(world, manager.electionDue - world.now, { kind: 'election', machine: machine.name })
}

/** Nobody is known to lead any more. */
export function loseLeader(world: World, manager: ManagerPart): void {
  manager.leader = ''
  manager.leaderlessSince ??= world.now
  manager.stepDownDue = null
  manager.stale = null
}
