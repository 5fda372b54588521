import { compareNaturally } from '../rules/natural-order.ts'
import { isLive } from '../rules/task-state.ts'
import type { Cluster } from './cluster.ts'
import type { Happening } from './happening.ts'
import { nameNode, nameTask } from './name-task.ts'
import { pairTasks } from './pair-tasks.ts'
import type { Task } from './task.ts'
import { hasEnded, isFailure } from './task-life.ts'

/**
 * What was told of a task once is not told again; a task that is first seen when it has failed is told too. What started
 * and what stopped in order is told once for all the tasks of a service.
 */
export function taskHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  const told: Happening[] = []
  const started: Task[] = []
  const stopped: Task[] = []
  const finished: Task[] = []
  const gone: Task[] = []
  // The tasks of a removed service outlive it for as long as they take to stop; that it was removed is told.
  const isOfService = ({ serviceId }: Task) => after.serviceById.has(serviceId) || before.serviceById.has(serviceId)
  const note = (was: Task | undefined, is: Task) => {
    if (!isOfService(is)) return
    told.push(...oneTask(was, is, after))
    if (is.state === 'running' && was?.state !== 'running') started.push(is)
    if (was === undefined || hasEnded(was)) return
    if (is.state === 'complete') finished.push(is)
    else if (hasEnded(is) && !isFailure(is)) stopped.push(is)
  }
  pairTasks(before.snapshot, after.snapshot, {
    come: task => note(undefined, task),
    stayed: (was, is) => {
      if (was.state !== is.state || was.error !== is.error) note(was, is)
    },
    gone: task => {
      if (task.state === 'running' && isOfService(task)) gone.push(task)
    },
  })
  return [
    ...told,
    ...together('tasks-started', started, after, before),
    ...together('tasks-stopped', [...stopped, ...gone], after, before),
    ...together('tasks-finished', finished, after, before),
  ]
}

function oneTask(was: Task | undefined, is: Task, cluster: Cluster): readonly Happening[] {
  const { state, stateAt: at, error, exitCode } = is
  if ((state === 'failed' || state === 'rejected' || state === 'orphaned') && (was === undefined || !isFailure(was))) {
    const node = nameNode(is.nodeId, cluster)
    return [{ at, kind: 'task-ended', task: nameTask(is, cluster), node, state, error, exitCode }]
  }
  const isRefused = isWithoutNode(is) && error !== '' && isLive(is.desired)
  const wasRefused = was !== undefined && was.error !== ''
  if (!isRefused || wasRefused) return []
  return [{ at, kind: 'task-pending', task: nameTask(is, cluster), error }]
}

const isWithoutNode = ({ state }: Task) => state === 'new' || state === 'allocated' || state === 'pending'

/** One happening for all tasks of a service. A service that is gone is known by the reading before. */
function together(
  kind: 'tasks-started' | 'tasks-stopped' | 'tasks-finished',
  tasks: readonly Task[],
  after: Cluster,
  before: Cluster,
): readonly Happening[] {
  return [...Map.groupBy(tasks, ({ serviceId }) => serviceId)].map(([serviceId, members]) => {
    const service = after.serviceById.get(serviceId) ?? before.serviceById.get(serviceId)
    const nodes = new Set(members.filter(({ nodeId }) => nodeId !== '').map(({ nodeId }) => nameNode(nodeId, after)))
    return {
      at: members.reduce((latest, { stateAt }) => Math.max(latest, stateAt), 0),
      kind,
      service: service?.service.name || serviceId,
      count: members.length,
      nodes: [...nodes].toSorted(compareNaturally),
    }
  })
}
