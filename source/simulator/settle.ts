import { followNetworks } from './agent/follow-networks.ts'
import { allocate } from './allocator/allocator.ts'
import { manageRoles } from './control-api/role-manager.ts'
import { noteForAgents } from './dispatcher/assignments.ts'
import { publishEvents } from './engine-api/events.ts'
import { noteForLoad } from './load/load.ts'
import { enforceConstraints } from './orchestrator/constraint-enforcer.ts'
import { superviseStarts } from './orchestrator/delayed-start.ts'
import { orchestrateGlobal } from './orchestrator/global.ts'
import { orchestrateJobs } from './orchestrator/jobs.ts'
import { dismissTasks } from './orchestrator/removed-services.ts'
import { orchestrateReplicated } from './orchestrator/replicated.ts'
import { noteForReaper } from './orchestrator/task-reaper.ts'
import { followUpdates } from './orchestrator/updater.ts'
import { enforceVolumes } from './orchestrator/volume-enforcer.ts'
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
  dismissTasks,
  orchestrateReplicated,
  orchestrateGlobal,
  orchestrateJobs,
  followUpdates,
  superviseStarts,
  allocate,
  noteForScheduler,
  enforceConstraints,
  enforceVolumes,
  noteForReaper,
  noteForAgents,
  noteForLoad,
  followNetworks,
]

/** Lets everyone react to what has been written, and to what that made others write, until all is quiet. */
export function settle(world: World, heed: Heed = () => {}): void {
  for (const swarm of Object.values(world.swarms)) settleSwarm(world, swarm, heed)
}

/** Whoever looks on, and changes nothing: is told of all writes when everyone has reacted to them. */
export type Heed = (swarm: Swarm, changes: readonly Change[]) => void

function settleSwarm(world: World, swarm: Swarm, heed: Heed): void {
  for (let round = 0; swarm.changes.length > 0; round++) {
    if (round === LIMIT) throw new Error('The controllers of this world never come to rest')
    const { changes } = swarm
    swarm.changes = []
    for (const react of COMPONENTS) react(world, swarm, changes)
    heed(swarm, changes)
  }
}
