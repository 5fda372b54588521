import { isLive } from '../rules/task-state.ts'
import type { Cluster } from './cluster.ts'
import type { Happening } from './happening.ts'
import { nameNode, nameTask } from './name-task.ts'
import type { Task, TaskState } from './task.ts'

/** What was told of a task once is not told again; a task that is first seen when it has failed is told too. */
export function taskHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  const known = new Map(before.snapshot.tasks.map(task => [task.id, task]))
  return after.snapshot.tasks.flatMap(task => oneTask(known.get(task.id), task, after))
}

function oneTask(was: Task | undefined, is: Task, cluster: Cluster): readonly Happening[] {
  if (was !== undefined && was.state === is.state && was.error === is.error) return []
  if (isFailure(is.state) && (was === undefined || !isFailure(was.state))) {
    const { stateAt: at, state, error, exitCode } = is
    const node = nameNode(is.nodeId, cluster)
    return [{ at, kind: 'task-ended', task: nameTask(is, cluster), node, state, error, exitCode }]
  }
  const isRefused = isWithoutNode(is) && is.error !== '' && isLive(is.desired)
  const wasRefused = was !== undefined && was.error !== ''
  if (!isRefused || wasRefused) return []
  return [{ at: is.stateAt, kind: 'task-pending', task: nameTask(is, cluster), error: is.error }]
}

/** Stopped on request (`shutdown`) and finished (`complete`) are no failures. */
const isFailure = (state: TaskState) => state === 'failed' || state === 'rejected' || state === 'orphaned'

const isWithoutNode = ({ state }: Task) => state === 'new' || state === 'allocated' || state === 'pending'
