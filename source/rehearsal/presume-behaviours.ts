import { obeyCommand } from '../simulator/agent/obey-command.ts'
import { behaviourKey, findBehaviour, type ImageBehaviour, type Range, withTag } from '../simulator/world/image.ts'
import { isIngress, type Service } from '../simulator/world/service.ts'
import { slotKey, type Task } from '../simulator/world/task.ts'
import { newRecord } from './records.ts'
import type { Seen } from './seen.ts'

type Images = Readonly<Record<string, ImageBehaviour>>

/** What goes by between the moments that a reading tells of and that no container is to blame for, in milliseconds. */
const UNTIL_PREPARED_MS = 150
const UNTIL_TOLD_TO_STOP_MS = 1_100
const NETWORK_DRAIN_MS = 2_000
const DEFAULT_RESTART_DELAY_MS = 5_000

/** A task that has run for so long does not fail as the others of its service do. */
const WELL_AFTER_MS = 60_000
const RECENT_MS = 10 * 60_000
const CROWD_MS = 2_000

/**
 * How the containers of each service behave, of the images that it has now, as its tasks tell: how long they take to come
 * up and to stop, and what they fail of, if none of them stays. Of what nobody has seen the image says how it is.
 */
export function presumeBehaviours(
  tasks: readonly Task[],
  services: Readonly<Record<string, Service>>,
  images: Images,
  seen: Seen,
): Readonly<Record<string, ImageBehaviour>> {
  const successors = successorsOf(tasks)
  const crowdOf = crowdsOf(tasks)
  const groups = Map.groupBy(tasks, behaviourKey)
  return newRecord(
    [...groups].map(([key, group]) => [key, presume(group, services, images, seen, successors, crowdOf)]),
  )
}

type Successors = ReadonlyMap<string, Task>

function presume(
  tasks: readonly Task[],
  services: Readonly<Record<string, Service>>,
  images: Images,
  seen: Seen,
  successors: Successors,
  crowdOf: (task: Task) => number,
): ImageBehaviour {
  const newest = tasks.reduce((latest, task) => (task.createdAt > latest.createdAt ? task : latest))
  const { ContainerSpec = {} } = newest.spec
  const image = findBehaviour(images, ContainerSpec.Image ?? '')
  const known = obeyCommand(image, ContainerSpec).behaviour
  const upMs =
    seen.startMs?.[newest.serviceId] ?? least(tasks.filter(isRunning).map(task => timeToRun(task) / crowdOf(task)))
  const isStartFirst = services[newest.serviceId]?.spec.UpdateConfig?.Order === 'start-first'
  const downMs =
    seen.stopMs?.[newest.serviceId] ?? least(tasks.flatMap(task => timeToStop(task, successors, isStartFirst)))
  const behaviour = { ...known, ...saidOf(upMs, downMs, known, newest), ...failureOf(tasks) }
  return staysUp(tasks, behaviour) ? { ...behaviour, exit: null, exitPattern: [] } : behaviour
}

/** What is started with a health check runs when the first check has passed. */
function saidOf(
  upMs: number | null,
  downMs: number | null,
  known: ImageBehaviour,
  { spec }: Task,
): Partial<ImageBehaviour> {
  const isChecked = spec.ContainerSpec?.Healthcheck != null
  const startsIn = upMs === null ? null : Math.max(0, upMs - UNTIL_PREPARED_MS)
  return {
    ...(startsIn !== null && { createMs: exactly(0) }),
    ...(startsIn !== null && (isChecked ? { healthyAfterMs: exactly(startsIn) } : { startMs: exactly(startsIn) })),
    ...(downMs !== null && { stopMs: exactly(Math.max(0, downMs)) }),
    pullMs: known.pullMs,
  }
}

const exactly = (ms: number): Range => [Math.round(ms), Math.round(ms)]

const isRunning = (task: Task): boolean => task.status.state === 'running'

/** The least, since some of them have had an image to wait for, or another task to stop. */
const least = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times))

const timeToRun = (task: Task): number => Math.max(0, task.status.at - task.createdAt)

/** Containers that are made on a node all at once wait for each other: how many there were. */
function crowdsOf(tasks: readonly Task[]): (task: Task) => number {
  const crowds = new Map<string, number>()
  const keyOf = ({ nodeId, createdAt }: Task) => `${nodeId} ${Math.round(createdAt / CROWD_MS)}`
  for (const task of tasks) crowds.set(keyOf(task), (crowds.get(keyOf(task)) ?? 0) + 1)
  return task => crowds.get(keyOf(task)) ?? 1
}

/**
 * A task is told to stop when its successor is made, or with start-first when that runs. A task that has ended in any
 * other way tells nothing.
 */
function timeToStop(task: Task, successors: Successors, isStartFirst: boolean): readonly number[] {
  const successor = successors.get(task.id)
  if (successor === undefined || task.status.state !== 'shutdown') return []
  const toldAt = isStartFirst && isRunning(successor) ? successor.status.at : successor.createdAt
  const ms = task.status.at - toldAt - UNTIL_TOLD_TO_STOP_MS - (hasNetwork(task) ? NETWORK_DRAIN_MS : 0)
  return ms < 0 || ms > graceMs(task) ? [] : [ms]
}

const hasNetwork = ({ spec, endpointSpec }: Task): boolean =>
  (spec.Networks ?? []).length > 0 || (endpointSpec?.Ports ?? []).some(isIngress)

const graceMs = ({ spec }: Task): number => (spec.ContainerSpec?.StopGracePeriod ?? 10e9) / 1e6

function successorsOf(tasks: readonly Task[]): Successors {
  const successors = new Map<string, Task>()
  for (const slot of Map.groupBy(tasks, slotKey).values()) {
    if (slot.length < 2) continue
    const inOrder = slot.toSorted((one, other) => one.createdAt - other.createdAt)
    for (const [index, task] of inOrder.entries()) {
      const next = inOrder[index + 1]
      if (next !== undefined) successors.set(task.id, next)
    }
  }
  return successors
}

/** The last failure is what comes of the next ones too, when there were several of late and nothing has stayed up since. */
function failureOf(tasks: readonly Task[]): Partial<ImageBehaviour> {
  const failed = tasks.filter(
    ({ status, jobIteration }) =>
      jobIteration === null && ['failed', 'rejected', 'complete'].includes(status.state) && status.at > -RECENT_MS,
  )
  if (failed.length < 2 || tasks.some(hasStayed)) return {}
  const last = failed.reduce((latest, task) => (task.status.at > latest.status.at ? task : latest))
  const { state, error, container } = last.status
  if (state === 'rejected') return { isMissing: true, pullMs: exactly(timeToRun(last)) }
  const cause = error.replace(/^starting container failed: /, '')
  if (cause !== error) return { startError: cause }
  const lives = failed.filter(({ status }) => status.state === state).map(lifeOf)
  const afterMs = exactly(Math.min(...lives))
  return { exit: { chance: 1, afterMs, code: container?.exitCode ?? (state === 'failed' ? 1 : 0) }, exitPattern: [] }
}

const hasStayed = (task: Task): boolean => isRunning(task) && task.status.at < -WELL_AFTER_MS

/** From the start to the end: a restart was put off before it. */
function lifeOf(task: Task): number {
  const delay = task.spec.RestartPolicy?.Delay
  const delayMs = delay === undefined ? DEFAULT_RESTART_DELAY_MS : delay / 1e6
  const ms = task.status.at - task.createdAt - UNTIL_PREPARED_MS
  return Math.max(0, ms > delayMs ? ms - delayMs : ms)
}

/** What has run for longer than its command was thought to is not done after that time. */
function staysUp(tasks: readonly Task[], { exit }: ImageBehaviour): boolean {
  const longest = exit?.afterMs[1] ?? 0
  return exit !== null && tasks.some(task => isRunning(task) && -task.status.at > longest + WELL_AFTER_MS)
}

/** The images that are on a node: of all tasks that have come so far there. */
export function imagesOf(tasks: readonly Task[]): ReadonlySet<string> {
  return new Set(
    tasks.filter(({ status }) => status.container !== null).map(({ spec }) => withTag(spec.ContainerSpec?.Image ?? '')),
  )
}
