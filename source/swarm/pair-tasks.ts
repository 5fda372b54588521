import type { Snapshot } from './snapshot.ts'
import type { Task } from './task.ts'

/** What became of a task between two readings. */
export type Paired = {
  readonly come: (task: Task) => void
  readonly stayed: (was: Task, is: Task) => void
  readonly gone: (task: Task) => void
}

/**
 * Walks side by side through the tasks of two readings, which both have them in the order of their IDs: to look each of
 * ten thousand up by its ID, once a second, would cost many times as much.
 */
export function pairTasks(before: Snapshot, after: Snapshot, { come, stayed, gone }: Paired): void {
  let there = 0
  for (const task of before.tasks) {
    let other = after.tasks[there]
    while (other !== undefined && other.id < task.id) {
      come(other)
      other = after.tasks[++there]
    }
    if (other?.id !== task.id) gone(task)
    else {
      stayed(task, other)
      there++
    }
  }
  for (const task of after.tasks.slice(there)) come(task)
}
