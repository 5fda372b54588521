import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { noteForScheduler } from './scheduler.ts'

/**
 * Counts what is where and what waits: to a scheduler that has just started, every task is a new one. Failures of the
 * past are not looked up.
 *
 * Source: moby/swarmkit manager/scheduler/scheduler.go (setupTasksList, buildNodeSet)
 */
export function initialiseScheduler(world: World, swarm: Swarm): void {
  noteForScheduler(
    world,
    swarm,
    Object.values(swarm.tasks).map(after => ({ of: 'task', before: null, after })),
  )
}
