import { isLive } from '../rules/task-state.ts'
import type { ClusterService, Slot } from './cluster.ts'
import type { Service } from './service.ts'
import { isJob } from './service-mode.ts'
import type { Task } from './task.ts'
import { isFailure } from './task-life.ts'

/**
 * How far a slot is in an update or a rollback. `task`: the one that the stage speaks of. `failed`: its new task ended,
 * and another one is not running yet; `waiting`: it has no live task at all.
 */
export type SlotProgress = { readonly slot: Slot } & (
  | { readonly stage: 'new' | 'starting' | 'failed' | 'old'; readonly task: Task }
  | { readonly stage: 'waiting' }
)

/** Every slot that the update is to renew; empty where none is under way. */
export function slotsOfUpdate(entry: ClusterService): readonly SlotProgress[] {
  if (!isUpdating(entry.service)) return []
  const isNew = newTasksOf(entry)
  return entry.slots
    .filter(slot => slot.live !== null || slot.why !== null)
    .map((slot): SlotProgress => stageOf(slot, isNew))
}

/** How many of a service's slots run a task of the new version; null when no update or rollback is under way. */
export function updateProgress(entry: ClusterService): { readonly renewed: number; readonly total: number } | null {
  if (!isUpdating(entry.service)) return null
  return { renewed: slotsOfUpdate(entry).filter(({ stage }) => stage === 'new').length, total: entry.desired }
}

/** The tasks that failed since it began, newest first, of slots that run again too. */
export function failuresOfUpdate(entry: ClusterService): readonly Task[] {
  const { update } = entry.service
  if (update === null || !isUpdating(entry.service)) return []
  const since = update.startedAt ?? 0
  return entry.slots
    .flatMap(({ tasks }) => tasks.filter(task => isFailure(task) && task.createdAt >= since))
    .toSorted((one, other) => other.stateAt - one.stateAt)
}

/**
 * Whether an update or a rollback is under way, or stands still before its end. Jobs have iterations instead; a rollback
 * of one reads `rollback_started` for ever.
 */
export const isUpdating = (service: Service): boolean =>
  service.update !== null && IN_PROGRESS.has(service.update.state) && !isJob(service)

const IN_PROGRESS: ReadonlySet<string> = new Set(['updating', 'paused', 'rollback_started', 'rollback_paused'])

/**
 * The API does not say of which version a task is. The updater makes each new one after the start it notes; in an
 * automatic rollback that is still the start of the update it takes back, so there image and counter tell as well.
 */
function newTasksOf({ service, slots }: ClusterService): (task: Task) => boolean {
  const startedAt = service.update?.startedAt ?? Number.POSITIVE_INFINITY
  const isRecent = (task: Task) => task.createdAt >= startedAt
  const isRollback = service.update?.state.startsWith('rollback') ?? false
  if (!isRollback) return isRecent
  const isAlike = (task: Task) => task.image === service.image && task.forceUpdate === service.forceUpdate
  const canTell = slots.some(({ tasks }) => tasks.some(task => !isAlike(task)))
  return canTell ? isAlike : isRecent
}

function stageOf(slot: Slot, isNew: (task: Task) => boolean): SlotProgress {
  const live = slot.tasks.filter(task => isLive(task.desired))
  const running = live.find(task => task.state === 'running' && isNew(task))
  if (running !== undefined && slot.isRunning) return { slot, stage: 'new', task: running }
  const failed = slot.tasks.find(task => isNew(task) && isFailure(task))
  if (failed !== undefined) return { slot, stage: 'failed', task: failed }
  const starting = live.find(isNew)
  if (starting !== undefined) return { slot, stage: 'starting', task: starting }
  const [old] = live
  return old === undefined ? { slot, stage: 'waiting' } : { slot, stage: 'old', task: old }
}
