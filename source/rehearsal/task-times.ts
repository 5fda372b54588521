import { restartDelayMs } from '../simulator/orchestrator/restart.ts'
import { withTag } from '../simulator/world/image.ts'
import { isIngress } from '../simulator/world/service.ts'
import { isTerminal, slotKey, type Task } from '../simulator/world/task.ts'

/** What goes by between being told to stop and the signal, and what load balancers get besides. */
const UNTIL_SIGNAL_MS = 1_100
const NETWORK_DRAIN_MS = 2_000
const CROWD_MS = 2_000
/** A service whose tasks took so much longer than others of the same image has waited for something else. */
const WAITED = { times: 3, moreThanMs: 2_000 } as const

/** How long tasks took, as far as a reading tells; null where it tells nothing. Milliseconds. */
export type TaskTimes = {
  /** From their creation until they ran, when nothing else was to be waited for. `tasks`: of one service and image. */
  readonly upMs: (tasks: readonly Task[]) => number | null
  /** From the signal to the end. */
  readonly downMs: (tasks: readonly Task[], isStartFirst: boolean) => number | null
}

/**
 * Always the least is taken: an image may have had to be pulled, a place to be found or another task to stop. Where a
 * service has waited for such things with all its tasks, others of the same image tell how long it takes without; what a
 * health check adds is the service's own.
 */
export function readTimes(tasks: readonly Task[]): TaskTimes {
  const { before, after } = neighboursOf(tasks)
  const crowdOf = crowdsOf(tasks)
  const timeOf = (task: Task) => timeToRun(task, before.get(task.id)) / crowdOf(task)
  const leastOfImage = new Map<string, number>()
  for (const task of tasks) {
    if (!isRunning(task) || hasHealthCheck(task)) continue
    const image = imageOf(task)
    leastOfImage.set(image, Math.min(leastOfImage.get(image) ?? Number.POSITIVE_INFINITY, timeOf(task)))
  }
  return {
    upMs: alike => {
      const own = least(alike.filter(isRunning).map(timeOf))
      const [sample] = alike
      if (sample === undefined || hasHealthCheck(sample)) return own
      const image = leastOfImage.get(imageOf(sample)) ?? null
      const hasWaited = own !== null && image !== null && own > WAITED.times * image + WAITED.moreThanMs
      return hasWaited ? image : own
    },
    downMs: (alike, isStartFirst) => least(alike.flatMap(task => timeToStop(task, after.get(task.id), isStartFirst))),
  }
}

const imageOf = ({ spec }: Task): string => withTag(spec.ContainerSpec?.Image ?? '')

const hasHealthCheck = ({ spec }: Task): boolean => spec.ContainerSpec?.Healthcheck != null

const isRunning = ({ status }: Task): boolean => status.state === 'running'

const least = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times))

/** One that came after another may have waited for its end, and after a failure for the restart delay besides. */
function timeToRun(task: Task, before: Task | undefined): number {
  const { status, createdAt } = task
  const hasEnded = before !== undefined && isTerminal(before)
  const delayMs = hasEnded && before.status.state !== 'shutdown' ? restartDelayMs(task) : 0
  const from = Math.max(createdAt + delayMs, hasEnded ? before.status.at : createdAt)
  return Math.max(0, status.at - (from < status.at ? from : createdAt))
}

/**
 * A task is told to stop when its successor is made, or with start-first when that runs. A task that has ended in any
 * other way tells nothing.
 */
function timeToStop(task: Task, successor: Task | undefined, isStartFirst: boolean): readonly number[] {
  if (successor === undefined || task.status.state !== 'shutdown') return []
  const toldAt = isStartFirst && isRunning(successor) ? successor.status.at : successor.createdAt
  const ms = task.status.at - toldAt - UNTIL_SIGNAL_MS - (hasNetwork(task) ? NETWORK_DRAIN_MS : 0)
  return ms < 0 || ms > graceMs(task) ? [] : [ms]
}

const hasNetwork = ({ spec, endpointSpec }: Task): boolean =>
  (spec.Networks ?? []).length > 0 || (endpointSpec?.Ports ?? []).some(isIngress)

const graceMs = ({ spec }: Task): number => (spec.ContainerSpec?.StopGracePeriod ?? 10e9) / 1e6

/** Containers that are made on a node all at once wait for each other: how many there were. */
function crowdsOf(tasks: readonly Task[]): (task: Task) => number {
  const crowds = new Map<string, Map<number, number>>()
  const momentOf = ({ createdAt }: Task) => Math.round(createdAt / CROWD_MS)
  for (const task of tasks) {
    const onNode = crowds.get(task.nodeId) ?? new Map<number, number>()
    crowds.set(task.nodeId, onNode)
    onNode.set(momentOf(task), (onNode.get(momentOf(task)) ?? 0) + 1)
  }
  return task => crowds.get(task.nodeId)?.get(momentOf(task)) ?? 1
}

type Neighbours = { readonly before: ReadonlyMap<string, Task>; readonly after: ReadonlyMap<string, Task> }

/** Who was in a slot before and after whom, by ID. Of slots in which nothing has ended there is nothing to tell. */
function neighboursOf(tasks: readonly Task[]): Neighbours {
  const [before, after] = [new Map<string, Task>(), new Map<string, Task>()]
  const slots = new Map<string, Task[]>()
  for (const task of tasks) if (isTerminal(task)) slots.set(slotKey(task), [])
  for (const task of slots.size === 0 ? [] : tasks) slots.get(slotKey(task))?.push(task)
  for (const slot of slots.values()) {
    const inOrder = slot.toSorted((one, other) => one.createdAt - other.createdAt)
    for (const [index, task] of inOrder.entries()) {
      const next = inOrder[index + 1]
      if (next === undefined) continue
      after.set(task.id, next)
      before.set(next.id, task)
    }
  }
  return { before, after }
}
