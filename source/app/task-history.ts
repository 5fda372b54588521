import type { Cluster } from '../swarm/cluster.ts'
import { pairTasks } from '../swarm/pair-tasks.ts'
import type { SeenTask, TaskStep } from '../swarm/seen-task.ts'
import type { Snapshot } from '../swarm/snapshot.ts'
import type { Task } from '../swarm/task.ts'
import { slotKeyOf } from './rows/slot-key.ts'

/** What was seen of one swarm's tasks and Swarm does not keep: those it has forgotten, and when the others did what. */
export type TaskHistory = {
  readonly clusterId: string
  /** By service ID. */
  readonly services: ReadonlyMap<string, ServiceHistory>
  /** Of tasks that Swarm still has, by ID: the states before the present one. */
  readonly steps: ReadonlyMap<string, readonly TaskStep[]>
  /** How many forgotten tasks are remembered, of all services. */
  readonly count: number
}

/** The forgotten tasks of each slot, by `Slot.key`, in the order in which they were forgotten. */
export type ServiceHistory = {
  readonly slots: ReadonlyMap<string, readonly SeenTask[]>
  /** When the service itself was gone, by the swarm's clock; null while it is there. */
  readonly goneAt: number | null
}

export const NO_HISTORY: TaskHistory = { clusterId: '', services: new Map(), steps: new Map(), count: 0 }

export type HistoryBounds = {
  /** Of all services together. */
  readonly tasks: number
  /** Of one slot. */
  readonly inSlot: number
}

export const HISTORY_BOUNDS: HistoryBounds = { tasks: 20_000, inSlot: 1_000 }

/** How long the tasks of a service that was removed are remembered. */
const KEPT_AFTER_REMOVAL_MS = 15 * 60_000

/**
 * What is remembered after one more reading. Where nothing differs the history stays the same object. `before`: null at
 * the first.
 */
export function rememberTasks(
  history: TaskHistory,
  before: Cluster | null,
  after: Cluster,
  bounds = HISTORY_BOUNDS,
): TaskHistory {
  const { clusterId } = after.snapshot
  const isSame = history.clusterId === clusterId && before !== null && before.snapshot.clusterId === clusterId
  if (!isSame) return history.clusterId === clusterId ? history : { ...NO_HISTORY, clusterId }
  const difference = compareTasks(before.snapshot, after.snapshot)
  return keepBounds(forgetServices(noteDifference(history, difference, before, after, bounds), after), bounds)
}

type Difference = {
  readonly gone: readonly Task[]
  readonly come: readonly Task[]
  readonly changed: readonly Task[]
}

/** `changed`: as they were before their state changed, or was written anew. */
function compareTasks(before: Snapshot, after: Snapshot): Difference {
  const gone: Task[] = []
  const come: Task[] = []
  const changed: Task[] = []
  pairTasks(before, after, {
    come: task => come.push(task),
    stayed: (was, is) => {
      if (was.state !== is.state || was.stateAt !== is.stateAt) changed.push(was)
    },
    gone: task => gone.push(task),
  })
  return { gone, come, changed }
}

function noteDifference(
  history: TaskHistory,
  { gone, come, changed }: Difference,
  before: Cluster,
  after: Cluster,
  bounds: HistoryBounds,
): TaskHistory {
  if (gone.length + come.length + changed.length === 0) return history
  const steps = new Map(history.steps)
  for (const { id, state, stateAt } of changed) {
    const known = steps.get(id) ?? []
    // A state that is written anew has begun when it was written first.
    if (known.at(-1)?.state !== state) steps.set(id, [...known, { state, at: stateAt }].slice(-MOST_STEPS))
  }
  const seen = gone.map(task => ({ task, steps: steps.get(task.id) ?? [], goneAt: after.snapshot.takenAt }))
  for (const { id } of gone) steps.delete(id)
  const services = new Map(history.services)
  for (const [id, added] of Map.groupBy(seen, ({ task }) => task.serviceId)) {
    services.set(id, addTasks(services.get(id) ?? NOTHING_YET, added, before, bounds.inSlot))
  }
  for (const [id, returned] of Map.groupBy(come, ({ serviceId }) => serviceId)) {
    const known = services.get(id)
    if (known !== undefined) services.set(id, takeBack(known, returned, after))
  }
  return { ...history, services, steps, count: countAll(services) }
}

/** More than a task can take on its way; an engine that tells of one to and fro is not to fill the memory. */
const MOST_STEPS = 20

const NOTHING_YET: ServiceHistory = { slots: new Map(), goneAt: null }

function addTasks(known: ServiceHistory, added: readonly SeenTask[], cluster: Cluster, most: number): ServiceHistory {
  const slots = new Map(known.slots)
  for (const [key, inSlot] of Map.groupBy(added, ({ task }) => slotKeyOf(task, cluster))) {
    slots.set(key, [...(slots.get(key) ?? []), ...inSlot].slice(-most))
  }
  return { ...known, slots }
}

/** Tasks that were thought to be gone are there again. */
function takeBack(known: ServiceHistory, returned: readonly Task[], cluster: Cluster): ServiceHistory {
  const slots = new Map(known.slots)
  for (const [key, inSlot] of Map.groupBy(returned, task => slotKeyOf(task, cluster))) {
    const ids = new Set(inSlot.map(({ id }) => id))
    const left = slots.get(key)?.filter(({ task }) => !ids.has(task.id)) ?? []
    if (left.length === 0) slots.delete(key)
    else slots.set(key, left)
  }
  return { ...known, slots }
}

/** Notes which services are gone, and forgets those that have been for long enough. */
function forgetServices(history: TaskHistory, { serviceById, snapshot: { takenAt } }: Cluster): TaskHistory {
  let services: Map<string, ServiceHistory> | null = null
  for (const [id, known] of history.services) {
    const goneAt = serviceById.has(id) ? null : (known.goneAt ?? takenAt)
    const isForgotten = goneAt !== null && takenAt - goneAt > KEPT_AFTER_REMOVAL_MS
    if (goneAt === known.goneAt && !isForgotten) continue
    services ??= new Map(history.services)
    if (isForgotten) services.delete(id)
    else services.set(id, { ...known, goneAt })
  }
  return services === null ? history : { ...history, services, count: countAll(services) }
}

/**
 * Every slot keeps its newest tasks before any keeps an older one, so that one that fails all night leaves the others
 * their past. Some room is made at once, so that not every reading has to.
 */
function keepBounds(history: TaskHistory, bounds: HistoryBounds): TaskHistory {
  if (history.count <= bounds.tasks) return history
  const ranked = [...history.services].flatMap(([serviceId, { slots }]) =>
    [...slots].flatMap(([key, tasks]) =>
      tasks.map((seen, index) => ({ serviceId, key, seen, rank: tasks.length - index })),
    ),
  )
  const kept = ranked
    .toSorted((a, b) => a.rank - b.rank || (b.seen.goneAt ?? 0) - (a.seen.goneAt ?? 0))
    .slice(0, Math.floor(bounds.tasks * 0.9))
  const services = new Map<string, ServiceHistory>()
  for (const [id, inService] of Map.groupBy(kept, ({ serviceId }) => serviceId)) {
    const slots = [...Map.groupBy(inService, ({ key }) => key)].map(
      ([key, inSlot]) => [key, inSlot.toReversed().map(({ seen }) => seen)] as const,
    )
    services.set(id, { slots: new Map(slots), goneAt: history.services.get(id)?.goneAt ?? null })
  }
  return { ...history, services, count: countAll(services) }
}

function countAll(services: ReadonlyMap<string, ServiceHistory>): number {
  let count = 0
  for (const { slots } of services.values()) for (const tasks of slots.values()) count += tasks.length
  return count
}
