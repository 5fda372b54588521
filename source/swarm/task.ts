import type { TaskState } from '../rules/task-state.ts'
import type { Resources } from './node.ts'
import type { Port } from './service.ts'

export { TASK_STATES, type TaskState } from '../rules/task-state.ts'

/** A task as the dashboard thinks of it. A task is never restarted or moved: a new one takes its slot. */
export type Task = {
  readonly id: string
  readonly serviceId: string
  /** 0 for tasks of global services, and for the first slot of a replicated job. */
  readonly slot: number
  /** `''` until the scheduler has found a node. */
  readonly nodeId: string
  readonly state: TaskState
  readonly desired: TaskState
  /** When `state` was entered. Milliseconds since 1970, by the clock of the node or of the manager that wrote it. */
  readonly stateAt: number
  readonly message: string
  readonly error: string
  /** `null` where no container has ended. */
  readonly exitCode: number | null
  readonly image: string
  readonly forceUpdate: number
  readonly jobIteration: number
  readonly reservation: Resources
  /** Host-mode ports that the task holds on its node. */
  readonly ports: readonly Port[]
  readonly createdAt: number
}
