import { noteForAgents } from './agent/assignments.ts'
import { manageRoles } from './control-api/role-manager.ts'
import { publishEvents } from './engine-api/events.ts'
import { allocate } from './orchestrator/allocator.ts'
import { enforceConstraints } from './orchestrator/constraint-enforcer.ts'
import { orchestrateGlobal } from './orchestrator/global.ts'
import { orchestrateReplicated } from './orchestrator/replicated.ts'
import { superviseRestarts } from './orchestrator/restart.ts'
import { noteForReaper } from './orchestrator/task-reaper.ts'
import { followUpdates } from './orchestrator/updater.ts'
import { noteForScheduler } from './scheduler/scheduler.ts'
import type { Change } from './world/store.ts'
import type { Swarm } from './world/swarm.ts'
import type { World } from './world/world.ts'

const LIMIT = 1_000

/**
 * Who reacts to a commit, in this order. In Swarm each has a loop of its own and the order is left to chance.
 * Source: moby/swarmkit manager/manager.go (becomeLeader)
 */
const COMPONENTS: readonly ((world: World, swarm: Swarm, changes: readonly Change[]) => void)[] = [
  publishEvents,
  manageRoles,
  orchestrateReplicated,
  orchestrateGlobal,
  followUpdates,
  superviseRestarts,
  allocate,
  noteForScheduler,
  enforceConstraints,
  noteForReaper,
  noteForAgents,
]

/** Lets everyone react to what has been written, and to what that made others write, until all is quiet. */
export function settle(world: World): void {
  for (const swarm of Object.values(world.swarms)) settleSwarm(world, swarm)
}

function settleSwarm(world: World, swarm: Swarm): void {
  for (let round = 0; swarm.changes.length > 0; round++) {
    if (round === LIMIT) throw new Error('The controllers of this world never come to rest')
    const { changes } = swarm
    swarm.changes = []
    for (const react of COMPONENTS) react(world, swarm, changes)
  }
}
