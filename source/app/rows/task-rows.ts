import { assertNever } from '../../rules/assert-never.ts'
import type { Cluster, ClusterService } from '../../swarm/cluster.ts'
import { nameTask } from '../../swarm/name-task.ts'
import { stackOf } from '../../swarm/stack.ts'
import type { Task } from '../../swarm/task.ts'
import { isFailure } from '../../swarm/task-life.ts'
import { tellingTask } from '../../swarm/telling-task.ts'
import { slotUrgency } from '../../swarm/urgency.ts'
import { currentView } from '../current-view.ts'
import { tasksBySlot } from '../slot-tasks.ts'
import type { State } from '../state.ts'
import type { TaskHistory } from '../task-history.ts'
import { keepBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'
import { servicesByStack } from './service-rows.ts'

/** A row of a task table in the order of `docker service ps`; a row of history stands below a newer one of its slot. */
export type TaskRow = {
  readonly task: Task
  readonly name: string
  readonly isHistory: boolean
  /** Swarm has forgotten it. */
  readonly isRemembered: boolean
}

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
    { name: 'ports', by: ({ task }) => task.ports[0]?.published ?? 0 },
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
      return service === undefined ? NONE : seenOfService(state.history)(service)
    }
    case 'slot': {
      const service = cluster.serviceById.get(screen.serviceId)
      return service === undefined ? NONE : (seenBySlot(state.history)(service).get(screen.slot) ?? NONE)
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
    case 'doctor':
    case 'rebalance':
    case 'maintenance':
    case 'operations':
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
  service.slots.flatMap(slot =>
    slot.tasks.map((task, index) => ({ task, name: slot.name, isHistory: index > 0, isRemembered: false })),
  ),
)

/** Those that Swarm has forgotten among them, in their slots; slots that the service has no more come last. */
const seenBySlot = keepBy((history: TaskHistory) =>
  keepBy((service: ClusterService): ReadonlyMap<string, readonly TaskRow[]> => {
    const names = new Map(service.slots.map(({ key, name }) => [key, name]))
    return new Map(
      [...tasksBySlot(history)(service)].map(([key, tasks]) => [
        key,
        tasks.map(({ task, goneAt }, index) => ({
          task,
          name: names.get(key) ?? `${service.service.name}.${key}`,
          isHistory: index > 0,
          isRemembered: goneAt !== null,
        })),
      ]),
    )
  }),
)

const seenOfService = keepBy((history: TaskHistory) =>
  keepBy((service: ClusterService): readonly TaskRow[] => [...seenBySlot(history)(service).values()].flat()),
)

const tasksByStack = keepBy(
  (cluster: Cluster): ReadonlyMap<string, readonly TaskRow[]> =>
    new Map([...servicesByStack(cluster)].map(([stack, services]) => [stack, services.flatMap(tasksOfService)])),
)

const tasksByNode = keepBy(
  (cluster: Cluster): ReadonlyMap<string, readonly TaskRow[]> =>
    new Map(cluster.nodes.map(({ node, tasks }) => [node.id, markHistory(cluster, tasks)])),
)

/**
 * Problems first: of each slot that is short of what it should be the task that tells most, the most urgent slot first;
 * then what failed of late, the latest first; then the others in their usual order.
 */
const allTasks = keepBy((cluster: Cluster): readonly TaskRow[] => {
  const rows = cluster.services.flatMap(tasksOfService)
  const urgencies = new Map<Task, number>()
  for (const slot of cluster.services.flatMap(({ slots }) => slots)) {
    const task = slot.why === null ? null : tellingTask(slot)
    if (task !== null) urgencies.set(task, slotUrgency(slot))
  }
  const since = cluster.snapshot.takenAt - LATELY_MS
  const isLate = ({ task }: TaskRow) => isFailure(task) && task.stateAt >= since && !urgencies.has(task)
  const urgent = rows
    .filter(({ task }) => urgencies.has(task))
    .toSorted((a, b) => (urgencies.get(b.task) ?? 0) - (urgencies.get(a.task) ?? 0) || b.task.stateAt - a.task.stateAt)
  const late = rows.filter(isLate).toSorted((a, b) => b.task.stateAt - a.task.stateAt)
  if (urgent.length + late.length === 0) return rows
  const rest = rows.filter(row => !urgencies.has(row.task) && !isLate(row))
  return [...urgent, ...late].map(standAlone).concat(markAgain(rest))
})

const LATELY_MS = 3_600_000

const standAlone = (row: TaskRow): TaskRow => (row.isHistory ? { ...row, isHistory: false } : row)

/** Where the newest task of a slot has gone up, the next one takes its place. */
function markAgain(rows: readonly TaskRow[]): readonly TaskRow[] {
  return rows.map((row, index) => (row.isHistory && rows[index - 1]?.name !== row.name ? standAlone(row) : row))
}

function markHistory(cluster: Cluster, tasks: readonly Task[]): readonly TaskRow[] {
  let above = ''
  return tasks.map(task => {
    const name = nameTask(task, cluster)
    const isHistory = name === above
    above = name
    return { task, name, isHistory, isRemembered: false }
  })
}
