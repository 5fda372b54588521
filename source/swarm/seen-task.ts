import type { Task, TaskState } from './task.ts'

/** A task and what was seen of it, which the API does not tell: it keeps the time of a task's last change alone. */
export type SeenTask = {
  readonly task: Task
  /** The states before the present one that it was seen in, oldest first, and when each was entered. */
  readonly steps: readonly TaskStep[]
  /** When Swarm had forgotten it, by its own clock in milliseconds since 1970; null while it has not. */
  readonly goneAt: number | null
}

export type TaskStep = { readonly state: TaskState; readonly at: number }

/** A task of which nothing else was seen. */
export const asSeen = (task: Task): SeenTask => ({ task, steps: [], goneAt: null })
