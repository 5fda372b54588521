import { assertNever } from '../../rules/assert-never.ts'
import { counted } from '../../rules/counted.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { Why } from '../../swarm/cluster.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { Service } from '../../swarm/service.ts'
import { isJob } from '../../swarm/service-mode.ts'
import { hasEnded } from '../../swarm/task-life.ts'
import { type Fact, piece } from './fact.ts'
import type { StoryOf } from './story.ts'

/**
 * What Swarm does about it by itself, and what it does not.
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go (Restart, shouldRestart)
 */
export function nextFacts(story: StoryOf): readonly Fact[] {
  const { why } = story.slot
  if (why === null) return []
  const lines = linesOf(why, story)
  return lines.map((text, index) => ({ id: `next-${index}`, label: index === 0 ? 'next' : '', pieces: [piece(text)] }))
}

function linesOf(why: Why, story: StoryOf): readonly string[] {
  switch (why.kind) {
    case 'pending':
      return why.error === ''
        ? ['The scheduler looks for a node; a swarm without a leader has no scheduler']
        : ['The scheduler tries again whenever a node or a task changes; it starts by itself once a node fits']
    case 'preparing':
      return slowLines(why.since, story, 'It pulls its image or makes its container; a slow pull is the usual reason')
    case 'starting':
      return slowLines(why.since, story, startingWords(story.service.service))
    case 'waiting-to-start':
      return waitingLines(story)
    case 'on-down-node':
      return downLines(why.nodeId, story)
    case 'failing':
      return failingLines(story)
    case 'ended':
      return [notAgain(story)]
    case 'no-task':
      return ['The orchestrator makes tasks as long as the swarm has a leader; look whether an update is under way']
    default:
      return assertNever(why)
  }
}

/** For a while it is on its way, and nothing need be explained. */
function slowLines(since: number, { service, tasks, now }: StoryOf, text: string): readonly string[] {
  if (now - since >= SLOW_AFTER_MS) return [text]
  const hasEndedBefore = !isJob(service.service) && tasks.some(({ task }) => task.state === 'complete')
  return [hasEndedBefore ? `It is on its way again (${policyWords(service.service)})` : 'It is on its way']
}

const SLOW_AFTER_MS = 30_000

const startingWords = ({ settings }: Service): string =>
  settings.healthCheck === null
    ? 'Its container starts; a health check of its image, where there is one, has to pass first'
    : 'It counts as running once its health check has passed'

function waitingLines({ service, slot, tasks, cluster, now }: StoryOf): readonly string[] {
  const stopping = tasks.find(({ task, goneAt }) => task !== slot.live && goneAt === null && !hasEnded(task))
  if (stopping !== undefined) {
    return [
      `It starts when the task on ${nameNode(stopping.task.nodeId, cluster)} has stopped, after a minute at the latest`,
    ]
  }
  return [`It starts ${whenTried(slot.live?.createdAt ?? now, service.service, now)}`]
}

/** The delay counts from when the one before has ended, which is when this one was made. */
function whenTried(madeAt: number, { settings }: Service, now: number): string {
  const left = madeAt + settings.restart.delayMs - now
  return left > 0 ? `in ${Math.ceil(left / 1000)} s` : 'about now'
}

/** Source: moby/swarmkit manager/dispatcher/dispatcher.go (markNodeNotReady, moveTasksToOrphaned) */
function downLines(nodeId: string, { service, cluster }: StoryOf): readonly string[] {
  const { service: spec } = service
  const node = cluster.nodeById.get(nodeId)
  const name = nameNode(nodeId, cluster)
  const message = node === undefined || node.node.stateMessage === '' ? '' : ` (${node.node.stateMessage})`
  const doubt = `Nobody can ask ${name}${message}: the container may still run there`
  if (isJob(spec)) return [doubt, 'A job waits for its node; after 24 hours the task is given up and tried elsewhere']
  if (spec.mode.kind === 'global')
    return [doubt, `A global service has its place on each node: it runs again when ${name} is back`]
  if (spec.restartCondition === 'none') return [doubt, 'Nothing takes its place: the restart condition is none']
  return [
    doubt,
    `Swarm starts another one elsewhere ${shortAge(spec.settings.restart.delayMs)} after it took the node for down; what is on it is told to stop when it is back`,
  ]
}

function failingLines(story: StoryOf): readonly string[] {
  const { service, slot, tasks, now } = story
  const { restart } = service.service.settings
  const { live } = slot
  const isTriedAgain = live !== null && !hasEnded(live)
  const latest = tasks.find(({ task }) => hasEnded(task))
  const when = isTriedAgain
    ? live.desired === 'ready'
      ? `tried again ${whenTried(live.createdAt, service.service, now)}`
      : `tried again now: ${live.state} for ${shortAge(now - live.stateAt)}`
    : `tried again ${whenTried(latest?.task.createdAt ?? now, service.service, now)}, when its delay is over`
  const attempts = restart.maxAttempts === 0 ? '' : `, ${attemptsWords(story)}`
  return [`${when.charAt(0).toUpperCase()}${when.slice(1)} (${policyWords(service.service)}${attempts})`]
}

const policyWords = ({ restartCondition, settings }: Service): string =>
  `restart ${restartCondition}, ${shortAge(settings.restart.delayMs)} after each end`

/** Every replacement counts, whatever its cause; a new spec begins a new count. */
function attemptsWords({ service, slot, tasks }: StoryOf): string {
  const { maxAttempts, windowMs } = service.service.settings.restart
  const like = slot.live ?? slot.tasks[0]
  const made = tasks.filter(({ task }) => task.image === like?.image && task.forceUpdate === like?.forceUpdate).length
  const within = windowMs === 0 ? '' : ` within ${shortAge(windowMs)}`
  return `${Math.min(maxAttempts, Math.max(0, made - 1))} of ${counted(maxAttempts, 'attempt')}${within} used`
}

function notAgain(story: StoryOf): string {
  const { service, slot, tasks } = story
  const { restartCondition: condition, settings } = service.service
  const state = tasks[0]?.task.state
  if (condition === 'none') return 'Not tried again: the restart condition is none'
  if (state === 'complete' && condition === 'on-failure') {
    return 'Not started again: it ended well, and the restart condition is on-failure'
  }
  if (settings.restart.maxAttempts > 0) {
    return `Not tried again: ${attemptsWords(story)}; an update of the service begins a new count`
  }
  return slot.live === null
    ? 'Nothing has taken its place; an update of the service, even a forced one, makes a new task'
    : 'It has ended; what comes next is not known'
}
