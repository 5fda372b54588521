import type { ApiTask } from '../api/task.ts'
import { parseTime } from '../rules/duration.ts'
import { isTerminal } from '../rules/task-state.ts'
import { countIn, numberIn, objectIn, textIn, wordIn } from './read-field.ts'
import { readResources } from './read-node.ts'
import { readPorts } from './read-service.ts'
import { TASK_STATES, type Task, type TaskState } from './task.ts'

/** A task out of the wire's; its ID is `''` where the wire has none. */
export function readTask(wire: ApiTask): Task {
  const task = objectIn(wire)
  const spec = objectIn(task.Spec)
  const status = objectIn(task.Status)
  const container = objectIn(status.ContainerStatus)
  const state = wordIn(status.State, TASK_STATES)
  return {
    id: textIn(task.ID),
    serviceId: textIn(task.ServiceID),
    slot: countIn(task.Slot),
    nodeId: textIn(task.NodeID),
    state,
    desired: wordIn(task.DesiredState, TASK_STATES),
    stateAt: parseTime(textIn(status.Timestamp)),
    message: textIn(status.Message),
    error: textIn(status.Err),
    exitCode: readExitCode(state, container),
    image: textIn(objectIn(spec.ContainerSpec).Image),
    forceUpdate: countIn(spec.ForceUpdate),
    jobIteration: countIn(objectIn(task.JobIteration).Index),
    reservation: readResources(objectIn(spec.Resources).Reservations),
    ports: readPorts(objectIn(status.PortStatus).Ports),
    createdAt: parseTime(textIn(task.CreatedAt)),
  }
}

/** The wire says 0 while a container runs and −1 while it is being stopped; what was rejected never had one. */
function readExitCode(
  state: TaskState,
  container: { readonly ContainerID?: string; readonly ExitCode?: number },
): number | null {
  const hasEnded = isTerminal(state) && textIn(container.ContainerID) !== ''
  const code = numberIn(container.ExitCode, -1)
  return hasEnded && code >= 0 ? code : null
}
