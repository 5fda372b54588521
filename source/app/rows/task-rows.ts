import { assertNever } from '../../rules/assert-never.ts'
import type { Cluster, ClusterService } from '../../swarm/cluster.ts'
import { nameTask } from '../../swarm/name-task.ts'
import { stackOf } from '../../swarm/stack.ts'
import type { Task } from '../../swarm/task.ts'
import { currentView } from '../current-view.ts'
import type { State } from '../state.ts'
import { keepBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'
import { servicesByStack } from './service-rows.ts'

/** A row of a task table in the order of `docker service ps`; a row of history stands below a newer one of its slot. */
export type TaskRow = { readonly task: Task; readonly name: string; readonly isHistory: boolean }

/** The tasks of the node, the service, the stack or the slot whose screen is open; on their own screen all there are. */
export const TASK_ROWS: RowSource<TaskRow> = {
  all: tasksShown,
  idOf: ({ task }) => task.id,
  fieldsOf: ({ task, name }, state) => {
    const cluster = state.reading?.cluster
    return cluster === undefined ? { name } : taskFields(cluster, task, name)
  },
  columns: [
    { name: 'name', by: ({ name }) => name },
    { name: 'image', by: ({ task }) => task.image },
    { name: 'node', by: ({ task }, state) => state.reading?.cluster.nodeById.get(task.nodeId)?.name ?? task.nodeId },
    { name: 'desired', by: ({ task }) => task.desired },
    { name: 'current', by: ({ task }) => task.state },
    { name: 'age', isDrawn: false, by: ({ task }) => -task.stateAt },
    { name: 'error', by: ({ task }) => task.error || '~' },
  ],
}

/** What a task offers to be searched by. */
export function taskFields(cluster: Cluster, task: Task, name: string) {
  const service = cluster.serviceById.get(task.serviceId)?.service
  return {
    name,
    id: task.id,
    node: cluster.nodeById.get(task.nodeId)?.name ?? task.nodeId,
    service: service?.name ?? '',
    stack: service === undefined ? '' : stackOf(service),
    state: task.state,
    desired: task.desired,
    image: task.image,
    slot: String(task.slot),
    error: task.error,
  }
}

function tasksShown(state: State): readonly TaskRow[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return NONE
  const { screen } = currentView(state)
  switch (screen.kind) {
    case 'service': {
      const service = cluster.serviceById.get(screen.serviceId)
      return service === undefined ? NONE : tasksOfService(service)
    }
    case 'slot': {
      const service = cluster.serviceById.get(screen.serviceId)
      return service === undefined
        ? NONE
        : tasksOfService(service).filter(({ task }) => String(task.slot) === screen.slot || task.nodeId === screen.slot)
    }
    case 'stack':
      return tasksByStack(cluster).get(screen.stack) ?? NONE
    case 'node':
      return tasksByNode(cluster).get(screen.nodeId) ?? NONE
    case 'tasks':
      return allTasks(cluster)
    case 'overview':
    case 'nodes':
    case 'services':
    case 'stacks':
    case 'swarm':
    case 'networks':
    case 'volumes':
    case 'secrets':
    case 'configs':
    case 'contexts':
    case 'events':
    case 'matrix':
    case 'trends':
    case 'lanes':
    case 'logs':
    case 'inspect':
      return NONE
    default:
      return assertNever(screen)
  }
}

const NONE: readonly TaskRow[] = []

const tasksOfService = keepBy((service: ClusterService): readonly TaskRow[] =>
  service.slots.flatMap(slot => slot.tasks.map((task, index) => ({ task, name: slot.name, isHistory: index > 0 }))),
)

const tasksByStack = keepBy(
  (cluster: Cluster): ReadonlyMap<string, readonly TaskRow[]> =>
    new Map([...servicesByStack(cluster)].map(([stack, services]) => [stack, services.flatMap(tasksOfService)])),
)

const tasksByNode = keepBy(
  (cluster: Cluster): ReadonlyMap<string, readonly TaskRow[]> =>
    new Map(cluster.nodes.map(({ node, tasks }) => [node.id, markHistory(cluster, tasks)])),
)

const allTasks = keepBy((cluster: Cluster): readonly TaskRow[] => cluster.services.flatMap(tasksOfService))

function markHistory(cluster: Cluster, tasks: readonly Task[]): readonly TaskRow[] {
  let above = ''
  return tasks.map(task => {
    const name = nameTask(task, cluster)
    const isHistory = name === above
    above = name
    return { task, name, isHistory }
  })
}
