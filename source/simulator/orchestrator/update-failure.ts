import { assertNever } from '../../rules/assert-never.ts'
import type { Service } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm, Update } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import type { UpdatePlan } from './update-config.ts'
import { markPaused } from './update-status.ts'

/**
 * Counts a task of the update that failed early, and acts when there are too many.
 *
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (Run, rollbackUpdate)
 * Leaves out for now: what `--rollback-failure-action rollback` does beyond pausing.
 */
export function noteFailure(
  world: World,
  swarm: Swarm,
  service: Service,
  update: Update,
  plan: UpdatePlan,
  taskId: string,
): void {
  if (plan.failureAction === 'continue' || update.isStopped) return
  update.failures++
  if (update.failures / update.dirtyCount <= plan.maxFailureRatio) return

  switch (plan.failureAction) {
    case 'pause':
      update.isStopped = true
      markPaused(world, swarm, service, `update paused due to failure or early termination of task ${taskId}`)
      return
    case 'rollback':
      update.isStopped = true
      if (update.isRollback) {
        markPaused(world, swarm, service, `rollback paused due to failure or early termination of task ${taskId}`)
      } else rollBack(world, swarm, service, taskId)
      return
    default:
      assertNever(plan.failureAction)
  }
}

/** Back to the previous spec, which is then gone. Without one the update stays as it is. */
function rollBack(world: World, swarm: Swarm, service: Service, taskId: string): void {
  const { previous } = service
  if (previous === null) return
  transact(world, swarm, transaction =>
    transaction.updateService(service.id, {
      spec: previous.spec,
      specVersion: previous.specVersion,
      previous: null,
      updateStatus: {
        state: 'rollback_started',
        startedAt: service.updateStatus?.startedAt ?? world.now,
        completedAt: null,
        message: `update rolled back due to failure or early termination of task ${taskId}`,
      },
    }),
  )
}
