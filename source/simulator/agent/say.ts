import { stateRank } from '../../rules/task-state.ts'
import { report } from '../dispatcher/reports.ts'
import { noteServing } from '../load/load.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import type { ContainerStatus, TaskState } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { containerOf } from './containers.ts'

/** Of a task that has not come so far nothing is told of its container, be there one or not. */
const STARTING = stateRank('starting')

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
  const isActive = stateRank(state) >= STARTING
  task.status = {
    at: world.now,
    state,
    message,
    error: said.error ?? '',
    container: isActive
      ? { id: known?.id ?? '', pid: known?.pid ?? 0, exitCode: known?.exitCode ?? 0, ...said.container }
      : null,
    ports: state === 'running' && container !== undefined ? container.ports : [],
  }
  noteServing(world, task.task.serviceName, task.taskId)
  if (!task.isAbandoned) report(world, machine, task.taskId, task.status)
}
