import { obeyCommand } from '../simulator/agent/obey-command.ts'
import { restartDelayMs } from '../simulator/orchestrator/restart.ts'
import { behaviourKey, findBehaviour, type ImageBehaviour, type Range, withTag } from '../simulator/world/image.ts'
import type { Service } from '../simulator/world/service.ts'
import type { Task } from '../simulator/world/task.ts'
import { newRecord } from './records.ts'
import type { Seen } from './seen.ts'
import { readTimes, type TaskTimes } from './task-times.ts'

/** From the creation of a task to the first that is done for its container. */
const UNTIL_PREPARED_MS = 150

/** A task that has run for so long does not fail as the others of its service do. */
const WELL_AFTER_MS = 60_000
const RECENT_MS = 10 * 60_000

/** What is known besides the tasks themselves. */
type Known = {
  readonly services: Readonly<Record<string, Service>>
  readonly images: Readonly<Record<string, ImageBehaviour>>
  readonly seen: Seen
}

/**
 * How the containers of each service behave, of the images that its tasks have, as these tell: how long they take to come
 * up and to stop, and what they fail of, if none of them stays. Of what nobody has seen the image says how it is.
 */
export function presumeBehaviours(tasks: readonly Task[], known: Known): Readonly<Record<string, ImageBehaviour>> {
  const times = readTimes(tasks)
  return newRecord([...groupByBehaviour(tasks)].map(([key, alike]) => [key, presume(alike, known, times)]))
}

/** Tasks that share one spec are of one service, and most of a service's do. */
function groupByBehaviour(tasks: readonly Task[]): ReadonlyMap<string, readonly Task[]> {
  const groups = new Map<string, Task[]>()
  for (const alike of Map.groupBy(tasks, ({ spec }) => spec).values()) {
    const [first] = alike
    if (first === undefined) continue
    const key = behaviourKey(first)
    groups.set(key, [...(groups.get(key) ?? []), ...alike])
  }
  return groups
}

function presume(tasks: readonly Task[], { services, images, seen }: Known, times: TaskTimes): ImageBehaviour {
  const { serviceId, spec } = tasks.reduce((latest, task) => (task.createdAt > latest.createdAt ? task : latest))
  const container = spec.ContainerSpec ?? {}
  const image = obeyCommand(findBehaviour(images, container.Image ?? ''), container).behaviour
  const isStartFirst = services[serviceId]?.spec.UpdateConfig?.Order === 'start-first'
  const behaviour = {
    ...image,
    ...startOf(seen.startMs?.[serviceId] ?? times.upMs(tasks), container.Healthcheck != null),
    ...stopOf(seen.stopMs?.[serviceId] ?? times.downMs(tasks, isStartFirst)),
    ...failureOf(tasks),
  }
  return staysUp(tasks, behaviour) ? { ...behaviour, exit: null, exitPattern: [] } : behaviour
}

/** What has a health check runs when its first check has passed. */
function startOf(upMs: number | null, isChecked: boolean): Partial<ImageBehaviour> {
  if (upMs === null) return {}
  const ms = exactly(Math.max(0, upMs - UNTIL_PREPARED_MS))
  return { createMs: exactly(0), ...(isChecked ? { healthyAfterMs: ms } : { startMs: ms }) }
}

function stopOf(downMs: number | null): Partial<ImageBehaviour> {
  return downMs === null ? {} : { stopMs: exactly(Math.max(0, downMs)) }
}

const exactly = (ms: number): Range => [Math.round(ms), Math.round(ms)]

/** The last failure is what comes of the next ones too, when there were several of late and nothing has stayed up. */
function failureOf(tasks: readonly Task[]): Partial<ImageBehaviour> {
  const failed = tasks.filter(
    ({ status, jobIteration }) =>
      jobIteration === null && ['failed', 'rejected', 'complete'].includes(status.state) && status.at > -RECENT_MS,
  )
  if (failed.length < 2 || tasks.some(hasStayed)) return {}
  const last = failed.reduce((latest, task) => (task.status.at > latest.status.at ? task : latest))
  const { state, error, container } = last.status
  if (state === 'rejected') return { isMissing: true, pullMs: exactly(Math.max(0, last.status.at - last.createdAt)) }
  const cause = error.replace(/^starting container failed: /, '')
  if (cause !== error) return { startError: cause }
  const lives = failed.filter(({ status }) => status.state === state).map(lifeOf)
  const code = container?.exitCode ?? (state === 'failed' ? 1 : 0)
  return { exit: { chance: 1, afterMs: exactly(Math.min(...lives)), code }, exitPattern: [] }
}

const hasStayed = ({ status }: Task): boolean => status.state === 'running' && status.at < -WELL_AFTER_MS

/** From the start to the end: a restart was put off before it. */
function lifeOf(task: Task): number {
  const delayMs = restartDelayMs(task)
  const ms = task.status.at - task.createdAt - UNTIL_PREPARED_MS
  return Math.max(0, ms > delayMs ? ms - delayMs : ms)
}

/** What has run for longer than its command was thought to is not done after that time. */
function staysUp(tasks: readonly Task[], { exit }: ImageBehaviour): boolean {
  const longest = exit?.afterMs[1] ?? 0
  return exit !== null && tasks.some(({ status }) => status.state === 'running' && -status.at > longest + WELL_AFTER_MS)
}

/** The images that are on a node: of all tasks that have come so far there. */
export function imagesOf(tasks: readonly Task[]): ReadonlySet<string> {
  const specs = new Set(tasks.filter(({ status }) => status.container !== null).map(({ spec }) => spec))
  return new Set([...specs].map(spec => withTag(spec.ContainerSpec?.Image ?? '')))
}
