import type { AgentTask, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { containerOf, removeContainer } from './containers.ts'
import { begin } from './step.ts'
import { NETWORK_DRAIN_MS } from './stop.ts'

/**
 * Removes what belongs to a task that nobody knows any more, once its container has stopped. It is shut down again for
 * that, be it long since stopped, and who has networks waits for these again.
 *
 * Source: moby/moby daemon/cluster/executor/container/controller.go (Remove)
 */
export function forgetAbandoned(world: World, machine: Machine, task: AgentTask): void {
  if (!task.isAbandoned || task.step !== null) return
  if (task.hasNetwork && containerOf(machine, task) !== undefined) {
    begin(world, machine, task, { kind: 'remove' }, NETWORK_DRAIN_MS)
  } else {
    forget(world, machine, task)
  }
}

export function forget(world: World, machine: Machine, task: AgentTask): void {
  const container = containerOf(machine, task)
  if (container !== undefined) removeContainer(world, machine, container)
  delete machine.tasks[task.taskId]
  delete machine.reports[task.taskId]
}
