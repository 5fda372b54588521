import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import { isLive, isTerminal } from '../rules/task-state.ts'
import type { Cluster, ClusterService, Slot } from '../swarm/cluster.ts'
import type { Service, ServiceUpdate, UpdateState } from '../swarm/service.ts'
import { isJob } from '../swarm/service-mode.ts'
import type { Task } from '../swarm/task.ts'
import { isFailure } from '../swarm/task-life.ts'
import type { Progress } from './operation.ts'
import { converged, failed, running } from './progress.ts'
import { sayFailure } from './say-failure.ts'
import { isStuck, sayWaiting } from './say-waiting.ts'

/** How an update that was asked for is known. `isNew`: whether a task is made by it. */
export type WatchedUpdate = {
  readonly isNew: (task: Task) => boolean
  /** A rollback that was asked for is no failure. */
  readonly isRollback: boolean
  /** Whether the orchestrator has had the time to begin; until then, that there is no status says nothing. */
  readonly hasBegun: boolean
}

/**
 * An update has converged when the swarm calls it completed, which it does when it has watched the last new task for its
 * monitor time, and every slot runs a new task. There is no status where nothing was left to do, or where the service has
 * been updated once more.
 */
export function watchUpdate(entry: ClusterService, after: Cluster, watched: WatchedUpdate): Progress {
  if (isJob(entry.service)) return watchJob(entry, after)
  const renewal = renewalOf(entry, after, watched)
  const { update } = entry.service
  if (update === null) {
    return renewal.open.length === 0 && watched.hasBegun ? sayRenewed(renewal) : sayRenewing(renewal, after, watched)
  }
  const stage = stageOf(update.state, watched)
  const failure = sayFailure(update, entry, after)
  switch (stage) {
    case 'under-way':
      return sayRenewing(renewal, after, watched)
    case 'over':
      return judgeCompleted(renewal, update, after, watched)
    case 'paused':
      return failed(failure === null ? update.message : `paused: ${failure}`)
    case 'rolled-back':
      return failed(`rolled back: ${failure ?? update.message}`)
    case 'replaced':
      return failed('another update has taken its place')
    default:
      return assertNever(stage)
  }
}

type Stage = 'under-way' | 'over' | 'paused' | 'rolled-back' | 'replaced'

/** A rollback whose own failure action is rollback is called completed like an update (`orchestration.md` §6.4). */
function stageOf(state: UpdateState, { isRollback }: WatchedUpdate): Stage {
  switch (state) {
    case 'updating':
      return isRollback ? 'replaced' : 'under-way'
    case 'completed':
      return 'over'
    case 'paused':
      return isRollback ? 'replaced' : 'paused'
    case 'rollback_started':
      return isRollback ? 'under-way' : 'rolled-back'
    case 'rollback_completed':
      return isRollback ? 'over' : 'rolled-back'
    case 'rollback_paused':
      return isRollback ? 'paused' : 'rolled-back'
    default:
      return assertNever(state)
  }
}

type Renewal = { readonly done: number; readonly total: number; readonly open: readonly Slot[] }

function renewalOf({ service, slots }: ClusterService, after: Cluster, { isNew }: WatchedUpdate): Renewal {
  const wanted = slots.filter(
    slot => (slot.live !== null || slot.why !== null) && !isPassedOver(slot, service, after, isNew),
  )
  const open = wanted.filter(slot => !slot.tasks.some(task => isRenewed(task, service, isNew)))
  return { done: wanted.length - open.length, total: wanted.length, open }
}

/** A task that has done its work and is not restarted stands for its slot as a running one does. */
function isRenewed(task: Task, service: Service, isNew: WatchedUpdate['isNew']): boolean {
  if (!isNew(task)) return false
  if (task.state === 'complete') return service.restartCondition !== 'any'
  return task.state === 'running' && isLive(task.desired)
}

/** Source: moby/swarmkit manager/orchestrator/global/global.go, where updates leave out nodes that are paused. */
function isPassedOver(
  { live }: Slot,
  { mode }: Service,
  { nodeById }: Cluster,
  isNew: WatchedUpdate['isNew'],
): boolean {
  if (mode.kind !== 'global' || live === null || isNew(live)) return false
  return nodeById.get(live.nodeId)?.node.availability === 'pause'
}

/** The swarm does no more for this update; what does not run now is the restart policy's affair, or nobody's. */
function judgeCompleted(renewal: Renewal, update: ServiceUpdate, after: Cluster, watched: WatchedUpdate): Progress {
  if (renewal.open.length === 0) return sayRenewed(renewal)
  const stuck = renewal.open.find(slot => isStuck(slot) && !isTriedAgain(slot, update))
  return stuck === undefined
    ? sayRenewing(renewal, after, watched)
    : failed(`the ${watched.isRollback ? 'rollback' : 'update'} is completed, but ${sayWaiting(stuck, after)}`)
}

/** What failed while the update was under way may do better in the try that is on its way. */
function isTriedAgain({ live, tasks }: Slot, { completedAt }: ServiceUpdate): boolean {
  const failedAt = Math.max(...tasks.filter(isFailure).map(({ stateAt }) => stateAt))
  return live !== null && !isTerminal(live.state) && failedAt <= (completedAt ?? 0)
}

const sayRenewed = ({ done }: Renewal): Progress => converged(`${counted(done, 'task')} renewed`)

function sayRenewing({ done, total, open }: Renewal, after: Cluster, { isNew }: WatchedUpdate): Progress {
  const waits = open.toSorted((a, b) => Number(isStuck(b)) - Number(isStuck(a)))
  const words = waits.map(slot => saySuccessor(slot, after, isNew)).find(text => text !== '')
  const reason = words === undefined ? '' : `, ${words}`
  return running(`${done} of ${counted(total, 'task')} renewed${reason}`, done, total)
}

/** With start-first the old task hides that its successor is stuck; `''` for a slot whose turn has not come. */
function saySuccessor(slot: Slot, after: Cluster, isNew: WatchedUpdate['isNew']): string {
  if (slot.why !== null) return sayWaiting(slot, after)
  const successor = slot.tasks.find(task => isNew(task) && isLive(task.desired))
  if (successor === undefined) return ''
  return `${slot.name} ${successor.state}${successor.error === '' ? '' : `: ${successor.error}`}`
}

/** An update of a job starts a new iteration, and is done when that is. */
export function watchJob({ service, slots, desired }: ClusterService, after: Cluster): Progress {
  const isDone = (task: Task) => task.jobIteration === service.jobIteration && task.state === 'complete'
  const done = slots.filter(({ tasks }) => tasks.some(isDone)).length
  if (done >= desired) return converged(`ran again: ${done} of ${desired} completed`)
  const stuck = slots.find(isStuck)
  const reason = stuck === undefined ? '' : `, ${sayWaiting(stuck, after)}`
  return running(`${done} of ${desired} completed${reason}`, done, desired)
}
