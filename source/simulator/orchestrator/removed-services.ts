import { type Change, tasksOfService, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { forgetRestarts } from './restart-policy.ts'

/**
 * Tells the tasks of a service that has been removed to stop and go, whatever its mode.
 *
 * Source: moby/swarmkit manager/orchestrator/service.go (SetServiceTasksRemove)
 */
export function dismissTasks(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'service' || change.after !== null || change.before === null) continue
    const serviceId = change.before.id
    const tasks = tasksOfService(swarm, serviceId)
    delete swarm.leader.updates[serviceId]
    forgetRestarts(swarm, tasks)
    transact(world, swarm, transaction => {
      for (const task of tasks) transaction.updateTask(task.id, { desired: 'remove' })
    })
  }
}
