import { report } from '../dispatcher/reports.ts'
import { noteServing } from '../load/load.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import type { ContainerStatus, TaskState } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { containerOf } from './containers.ts'

type Said = { readonly error?: string; readonly container?: Partial<ContainerStatus> }

/** Where the task is from now on, and a report of it. `container`: what is to be said of it other than what is so. */
export function say(
  world: World,
  machine: Machine,
  task: AgentTask,
  state: TaskState,
  message: string,
  said: Said = {},
): void {
  const container = containerOf(machine, task)
  const known = container ?? task.status.container
  task.status = {
    at: world.now,
    state,
    message,
    error: said.error ?? '',
    container:
      known === null && said.container === undefined
        ? null
        : { id: known?.id ?? '', pid: known?.pid ?? 0, exitCode: known?.exitCode ?? 0, ...said.container },
    ports: state === 'running' && container !== undefined ? container.ports : [],
  }
  noteServing(world, task.task.serviceName, task.taskId)
  if (!task.isAbandoned) report(world, machine, task.taskId, task.status)
}
