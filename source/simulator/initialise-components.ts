import { initialiseAllocator } from './allocator/allocator.ts'
import { initialiseTasks } from './orchestrator/initialise-tasks.ts'
import { initialiseReaper } from './orchestrator/task-reaper.ts'
import { initialiseScheduler } from './scheduler/initialise-scheduler.ts'
import type { Swarm } from './world/swarm.ts'
import type { World } from './world/world.ts'

/**
 * What the components of a new leader do before anything happens: each works out from the store what its predecessor
 * kept in mind. `swarm.leader` must be fresh.
 *
 * Source: moby/swarmkit manager/manager.go (becomeLeader)
 */
export function initialiseComponents(world: World, swarm: Swarm): void {
  initialiseScheduler(world, swarm)
  initialiseReaper(world, swarm)
  initialiseTasks(world, swarm)
  initialiseAllocator(world, swarm)
}
