import { isInvalid } from '../world/node.ts'
import type { Transaction } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { startLater } from './delayed-start.ts'
import { createTask, placeOf } from './new-task.ts'
import { recordRestart, shouldRestart } from './restart-policy.ts'

const DEFAULT_DELAY_MS = 5_000

/**
 * Ends a task and, if its policy allows, puts a replacement in its slot that starts after the delay.
 *
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go (Restart)
 */
export function restart(world: World, swarm: Swarm, transaction: Transaction, task: Task): void {
  // A replacement that failed while it waits: the end of its own delay brings it back here.
  if (swarm.leader.starts[task.id] !== undefined) return

  const service = swarm.services[task.serviceId]
  transaction.updateTask(task.id, { desired: 'shutdown' })
  if (service === undefined || !shouldRestart(swarm, task)) return

  const newTaskId = createTask(world, transaction, service, placeOf(task), 'ready')
  const newTask = swarm.tasks[newTaskId]
  if (newTask !== undefined) recordRestart(swarm, newTask)

  const node = swarm.nodes[task.nodeId]
  const isDrained = node?.spec.availability === 'drain'
  const isDown = node?.status.state === 'down'
  startLater(world, swarm, newTaskId, {
    delayMs: isDrained ? 0 : restartDelayMs(task),
    waitFor: isTerminal(task) || isDown ? null : task.id,
  })
}

/** Ended, or on a node that keeps nothing, though it is meant to be there. */
export function needsRestart(swarm: Swarm, task: Task): boolean {
  return isTerminal(task) || (task.nodeId !== '' && isInvalid(swarm.nodes[task.nodeId]))
}

/** The delay of a task's own policy. Source: moby/swarmkit api/defaults/service.go */
export function restartDelayMs(task: Task): number {
  const delay = task.spec.RestartPolicy?.Delay
  return delay === undefined ? DEFAULT_DELAY_MS : delay / 1e6
}
