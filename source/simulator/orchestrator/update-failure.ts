import { assertNever } from '../../rules/assert-never.ts'
import type { Swarm, Update } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import type { UpdatePlan } from './update-config.ts'
import { markPaused, rollBack } from './update-status.ts'

/** What a failure has led to. `'paused-rollback'`: a rollback whose own action is to roll back, which goes on. */
export type FailureOutcome = 'none' | 'stopped' | 'paused-rollback'

/**
 * Counts a task that this update made and that has ended, if that was early, and acts when there are too many.
 * `windowMs`: how long after it was seen running an end is early.
 *
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (Run: failureTriggersAction)
 */
export function noteFailure(
  world: World,
  swarm: Swarm,
  serviceId: string,
  update: Update,
  plan: UpdatePlan,
  taskId: string,
  windowMs: number,
): FailureOutcome {
  const made = update.made[taskId]
  if (made === undefined || made.hasFailed) return 'none'
  if (made.ranAt !== null && world.now - made.ranAt > windowMs) return 'none'
  made.hasFailed = true
  update.failures++
  if (Math.fround(update.failures / update.dirtyCount) <= Math.fround(plan.maxFailureRatio)) return 'none'

  const cause = `due to failure or early termination of task ${taskId}`
  switch (plan.failureAction) {
    case 'continue':
      return 'none'
    case 'pause':
      markPaused(world, swarm, serviceId, `update paused ${cause}`)
      return 'stopped'
    case 'rollback':
      if (update.isRollback) {
        markPaused(world, swarm, serviceId, `rollback paused ${cause}`)
        return 'paused-rollback'
      }
      rollBack(world, swarm, serviceId, `update rolled back ${cause}`)
      return 'stopped'
    default:
      return assertNever(plan.failureAction)
  }
}
