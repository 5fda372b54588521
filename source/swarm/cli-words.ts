import { assertNever } from '../rules/assert-never.ts'
import { capitalise } from '../rules/capitalise.ts'
import { humanDuration } from '../rules/duration.ts'
import type { ClusterService } from './cluster.ts'
import { maskSetting } from './masking.ts'
import type { Node } from './node.ts'
import type { Port, Service, ServiceUpdate } from './service.ts'
import type { Task } from './task.ts'

/** MANAGER STATUS: `Leader`, `Reachable`, `Unreachable`; empty for what is not in the raft. */
export function managerWords({ manager }: Node): string {
  if (manager === null) return ''
  return manager.isLeader ? 'Leader' : capitalise(manager.reachability)
}

/** MODE: `replicated`, `global`, `replicated job`, `global job`. */
export const modeWords = ({ mode }: Service): string => mode.kind.replace('-', ' ')

/** REPLICAS, the daemon's own counts. Source: docker/cli cli/command/service/formatter.go (Replicas). */
export function replicasWords(entry: ClusterService): string {
  const { maxReplicasPerNode } = entry.service
  const completed = completedWords(entry)
  if (completed !== null) return `${ratioWords(entry)} (${completed} completed)`
  return maxReplicasPerNode > 0 ? `${ratioWords(entry)} (max ${maxReplicasPerNode} per node)` : ratioWords(entry)
}

/** REPLICAS where room is short: `2/3`, and of a job `0/1 (2/3)` with its completions in brackets. */
export function shortReplicasWords(entry: ClusterService): string {
  const completed = completedWords(entry)
  return completed === null ? ratioWords(entry) : `${ratioWords(entry)} (${completed})`
}

const ratioWords = ({ shown }: ClusterService): string => `${shown.running}/${shown.desired}`

/** How far a job has come, `null` for what is none. What a global job desires does not contain what is completed. */
function completedWords({ service, shown }: ClusterService): string | null {
  switch (service.mode.kind) {
    case 'replicated-job':
      return `${shown.completed}/${service.mode.totalCompletions}`
    case 'global-job':
      return `${shown.completed}/${shown.desired + shown.completed}`
    case 'replicated':
    case 'global':
      return null
    default:
      return assertNever(service.mode)
  }
}

/** IMAGE without its digest. */
export const imageWords = (image: string): string => image.split('@')[0] ?? image

/** CURRENT STATE without the age's `ago`: `Running 3 minutes`. `now` by the swarm's clock. */
export const stateWords = (task: Task, now: number): string =>
  `${capitalise(task.state)} ${humanDuration(now - task.stateAt)}`

/** CREATED, UPDATED: `3 hours ago`; empty where it is not known. `at` and `now` by the swarm's clock. */
export const ageWords = (at: number, now: number): string => (at === 0 ? '' : `${humanDuration(now - at)} ago`)

/** PORTS of a task: host-mode ports. Source: docker/cli cli/command/task/formatter.go (Ports). */
export const taskPortWords = ({ ports }: Task): string =>
  ports.map(port => `*:${port.published}->${port.target}/${port.protocol}`).join(',')

/** PORTS of a service: ingress ports, neighbours merged. Source: docker/cli cli/command/service/formatter.go (Ports). */
export function servicePortWords({ ports }: Service): string {
  const ingress = ports
    .filter(port => port.mode === 'ingress' && port.published > 0)
    .toSorted((a, b) => compareWords(a.protocol, b.protocol) || a.published - b.published)
  const ranges: PortRange[] = []
  for (const port of ingress) {
    const last = ranges.at(-1)
    if (last !== undefined && continuesRange(last, port)) {
      ranges[ranges.length - 1] = { ...last, lastPublished: port.published, lastTarget: port.target }
    } else {
      ranges.push({ ...port, lastPublished: port.published, lastTarget: port.target })
    }
  }
  return ranges.map(rangeWords).join(', ')
}

/** `zone=a rack=7 ssd`; what a label tells nobody unasked is masked. */
export const labelWords = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => (value === '' ? key : `${key}=${maskSetting(key, value)}`))
    .join(' ')

/** UPDATE in a word or two; empty where there never was one. */
export function updateWords(update: ServiceUpdate): string {
  switch (update.state) {
    case 'updating':
    case 'paused':
    case 'completed':
      return update.state
    case 'rollback_started':
      return 'rolling back'
    case 'rollback_paused':
      return 'rollback paused'
    case 'rollback_completed':
      return 'rolled back'
    default:
      return assertNever(update.state)
  }
}

type PortRange = Port & { readonly lastPublished: number; readonly lastTarget: number }

function continuesRange(range: PortRange, port: Port): boolean {
  const isRange = range.lastTarget !== range.target
  const targetStep = port.target - range.lastTarget
  const isNeighbour = port.published - range.lastPublished <= 1 && (targetStep === 0 || targetStep === 1)
  return port.protocol === range.protocol && isNeighbour && !(isRange && targetStep <= 0)
}

function rangeWords(range: PortRange): string {
  const published = spread(range.published, range.lastPublished)
  return `*:${published}->${spread(range.target, range.lastTarget)}/${range.protocol}`
}

const spread = (first: number, last: number): string => (first === last ? `${first}` : `${first}-${last}`)
const compareWords = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
