import type { AgentTask, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { containerOf, removeContainer } from './containers.ts'

/** Removes what belongs to a task that nobody knows any more, once its container has stopped. */
export function forgetAbandoned(world: World, machine: Machine, task: AgentTask): void {
  if (!task.isAbandoned || task.step !== null) return
  const container = containerOf(machine, task)
  if (container !== undefined) removeContainer(world, machine, container)
  delete machine.tasks[task.taskId]
  delete machine.reports[task.taskId]
}
