import type { Swarm } from '../world/swarm.ts'
import { slotKey, type Task } from '../world/task.ts'

/**
 * Does the policy of a task's own spec allow that it is replaced? A job is done once it has completed: restarting it
 * then would make no sense, whatever the condition.
 *
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go (shouldRestart)
 */
export function shouldRestart(swarm: Swarm, task: Task): boolean {
  const policy = task.spec.RestartPolicy
  const condition = policy?.Condition || 'any'
  if (condition === 'none') return false
  const isJob = task.jobIteration !== null
  if ((condition === 'on-failure' || isJob) && task.status.state === 'complete') return false

  const maxAttempts = policy?.MaxAttempts ?? 0
  const history = swarm.leader.restarts[slotKey(task)]
  // The restarts of global jobs are written down by node and looked up without it, so that none is ever found.
  if (maxAttempts === 0 || (isJob && task.isBound)) return true
  if (history === undefined || history.specVersion !== task.specVersion) return true
  const windowMs = (policy?.Window ?? 0) / 1e6
  if (windowMs === 0) return history.at.length < maxAttempts
  const endedAt = task.appliedAt ?? task.status.at
  return history.at.filter(at => at > endedAt - windowMs && at < endedAt).length < maxAttempts
}

/**
 * Counts a replacement, where its policy has a limit. One of another spec version begins the count afresh.
 *
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go (RecordRestartHistory)
 */
export function recordRestart(swarm: Swarm, replacement: Task): void {
  const policy = replacement.spec.RestartPolicy
  if ((policy?.MaxAttempts ?? 0) === 0) return
  const { restarts } = swarm.leader
  const key = slotKey(replacement)
  const { createdAt, specVersion } = replacement
  const history = restarts[key]?.specVersion === specVersion ? restarts[key].at : []
  const windowMs = (policy?.Window ?? 0) / 1e6
  const relevant = windowMs === 0 ? history : history.filter(at => at > createdAt - 2 * windowMs)
  restarts[key] = { specVersion, at: [...relevant, createdAt] }
}

/** A service that is gone takes its history along. */
export function forgetRestarts(swarm: Swarm, tasks: readonly Task[]): void {
  for (const task of tasks) delete swarm.leader.restarts[slotKey(task)]
}
