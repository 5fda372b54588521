import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import type { Cluster, ClusterService } from '../swarm/cluster.ts'
import type { Service, ServiceUpdate } from '../swarm/service.ts'
import { isJob } from '../swarm/service-mode.ts'
import { danger, guess, info, warning } from './consequence.ts'
import type { Consequence } from './operation.ts'
import { named } from './phrases.ts'

/** What it means that every task of the service is replaced by one of the same image and settings. */
export function forceUpdateConsequences(entry: ClusterService, cluster: Cluster): readonly Consequence[] {
  return [
    ...renewalConsequences(entry, cluster),
    ...(isJob(entry.service) ? [] : [info(`image and settings stay as they are: ${entry.service.image}`)]),
  ]
}

/** What it means that every task of the service is replaced, whatever the new ones are. */
export function renewalConsequences(entry: ClusterService, cluster: Cluster): readonly Consequence[] {
  const { mode } = entry.service
  switch (mode.kind) {
    case 'replicated':
      return [
        ...explainRenewal(entry, mode.replicas),
        ...explainInterruption(entry),
        ...explainShortage(entry),
        ...explainUpdateUnderWay(entry.service.update),
      ]
    case 'global':
      return explainGlobal(entry, pausedNodes(entry, cluster))
    case 'replicated-job':
      return explainJob(entry, counted(mode.totalCompletions, 'completion'))
    case 'global-job':
      return explainJob(entry, 'once on each of its nodes')
    default:
      return assertNever(mode)
  }
}

/** Source: moby/swarmkit manager/orchestrator/global/global.go, which neither adds to nor updates a paused node. */
function explainGlobal(entry: ClusterService, paused: readonly string[]): readonly Consequence[] {
  return [
    ...explainRenewal(entry, entry.desired - paused.length, ', one on each of its nodes,'),
    ...(paused.length === 0
      ? explainInterruption(entry)
      : [info(`left as they are, since their node is paused: ${named(paused)}`)]),
    ...explainShortage(entry),
    ...explainUpdateUnderWay(entry.service.update),
  ]
}

const pausedNodes = ({ slots }: ClusterService, { nodeById }: Cluster): readonly string[] =>
  slots.flatMap(({ live }) => {
    const node = live === null ? undefined : nodeById.get(live.nodeId)
    return node?.node.availability === 'pause' ? [node.name] : []
  })

function explainRenewal({ service }: ClusterService, tasks: number, where = ''): readonly Consequence[] {
  const order =
    service.updateOrder === 'start-first'
      ? 'each old one stopped when its successor runs (start-first)'
      : 'each old one stopped before its successor starts (stop-first)'
  return [
    info(`${counted(tasks, 'task')}${where} replaced${sayPace(service, tasks)}, ${order}`),
    ...(service.updateOrder === 'start-first'
      ? [info(`start-first needs room for ${counted(atOnce(service, tasks), 'more task')}`)]
      : []),
  ]
}

/** ` all at once`, ` 2 at a time, 10 s apart`; nothing where one task makes no pace. */
function sayPace(service: Service, tasks: number): string {
  if (tasks <= 1) return ''
  const together = atOnce(service, tasks)
  if (together === tasks) return ' all at once'
  const delay = service.updateDelayMs === 0 ? '' : `, ${sayDelay(service.updateDelayMs)} apart`
  return ` ${together === 1 ? 'one' : together} at a time${delay}`
}

/** How many of so many tasks are replaced at the same time. */
const atOnce = ({ updateParallelism }: Service, tasks: number): number =>
  updateParallelism === 0 ? tasks : Math.min(updateParallelism, tasks)

const sayDelay = (ms: number): string => (ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`)

/**
 * Where nothing else of the service runs, the time between old tasks and new ones is an outage. With one task it cannot
 * be helped; with several it is the settings' doing, and seldom meant.
 */
function explainInterruption({ service, running }: ClusterService): readonly Consequence[] {
  if (service.updateOrder === 'start-first' || running === 0 || atOnce(service, running) < running) return []
  return running === 1
    ? [
        guess(
          warning(`down for a moment: only one task of ${service.name} runs, and it stops before the new one starts`),
        ),
      ]
    : [guess(danger(`all ${running} tasks of ${service.name} are down at the same time until the new ones run`))]
}

function explainShortage({ slots, isShort, running, desired }: ClusterService): readonly Consequence[] {
  if (!isShort) return []
  const missing = slots.filter(slot => slot.why !== null).map(({ name }) => name)
  return [warning(`only ${running} of ${desired} run now${missing.length === 0 ? '' : `; not ${named(missing)}`}`)]
}

/** Any update clears the status of the one before it, which is how a paused one goes on. */
export function explainUpdateUnderWay(update: ServiceUpdate | null): readonly Consequence[] {
  if (update === null) return []
  switch (update.state) {
    case 'updating':
      return [warning('an update is under way: this one takes its place, and a rollback then leads to that one')]
    case 'rollback_started':
      return [warning('a rollback is under way: this update takes its place')]
    case 'paused':
    case 'rollback_paused':
      return [warning(`this also sets the paused update going again (${update.message})`)]
    case 'completed':
    case 'rollback_completed':
      return []
    default:
      return assertNever(update.state)
  }
}

/**
 * Every update of a job is a new iteration, also one that changes nothing.
 * Source: moby/swarmkit manager/controlapi/service.go (UpdateService), manager/orchestrator/jobs.
 */
export function explainJob({ service, slots }: ClusterService, extent: string): readonly Consequence[] {
  const running = slots.filter(({ isRunning }) => isRunning).length
  return [
    danger(`${service.name} is a job and runs again from the beginning: ${extent}`),
    ...(running === 0 ? [] : [warning(`${counted(running, 'task')} of the present run stopped and removed`)]),
  ]
}
