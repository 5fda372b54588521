import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import { isLive } from '../rules/task-state.ts'
import type { Cluster, ClusterService, Slot } from '../swarm/cluster.ts'
import type { Service } from '../swarm/service.ts'
import type { Task } from '../swarm/task.ts'
import type { Progress } from './operation.ts'
import { converged, failed, running } from './progress.ts'
import { isStuck, sayWaiting } from './say-waiting.ts'

/**
 * A forced update has converged when the swarm calls it completed and every task runs and was made with this counter
 * or a later one. There is no status where the service has been updated once more and nothing was left to do.
 */
export function watchForceUpdate(entry: ClusterService, after: Cluster, forceUpdate: number): Progress {
  const { mode, update } = entry.service
  if (mode.kind === 'replicated-job' || mode.kind === 'global-job') return watchJob(entry, after)
  const renewal = renewalOf(entry, after, forceUpdate)
  if (update === null) return renewal.open.length === 0 ? sayRenewed(renewal) : sayRenewing(renewal, after, forceUpdate)
  switch (update.state) {
    case 'updating':
      return sayRenewing(renewal, after, forceUpdate)
    case 'completed':
      return judgeCompleted(renewal, after, forceUpdate)
    case 'paused':
      return failed(update.message)
    case 'rollback_started':
    case 'rollback_paused':
    case 'rollback_completed':
      return failed(`rolled back: ${update.message}`)
    default:
      return assertNever(update.state)
  }
}

type Renewal = { readonly done: number; readonly total: number; readonly open: readonly Slot[] }

function renewalOf({ service, slots }: ClusterService, after: Cluster, forceUpdate: number): Renewal {
  const wanted = slots.filter(
    slot => (slot.live !== null || slot.why !== null) && !isPassedOver(slot, service, after, forceUpdate),
  )
  const open = wanted.filter(slot => !slot.tasks.some(task => isRenewed(task, service, forceUpdate)))
  return { done: wanted.length - open.length, total: wanted.length, open }
}

/** A task that has done its work and is not restarted stands for its slot as a running one does. */
function isRenewed(task: Task, service: Service, forceUpdate: number): boolean {
  if (task.forceUpdate < forceUpdate) return false
  if (task.state === 'complete') return service.restartCondition !== 'any'
  return task.state === 'running' && isLive(task.desired)
}

/** Source: moby/swarmkit manager/orchestrator/global/global.go, where updates leave out nodes that are paused. */
function isPassedOver({ live }: Slot, { mode }: Service, { nodeById }: Cluster, forceUpdate: number): boolean {
  if (mode.kind !== 'global' || live === null || live.forceUpdate >= forceUpdate) return false
  return nodeById.get(live.nodeId)?.node.availability === 'pause'
}

/** The swarm does no more for this update; what does not run now is the restart policy's affair, or nobody's. */
function judgeCompleted(renewal: Renewal, after: Cluster, forceUpdate: number): Progress {
  if (renewal.open.length === 0) return sayRenewed(renewal)
  const stuck = renewal.open.find(isStuck)
  return stuck === undefined
    ? sayRenewing(renewal, after, forceUpdate)
    : failed(`the update is completed, but ${sayWaiting(stuck, after)}`)
}

const sayRenewed = ({ done }: Renewal): Progress => converged(`${counted(done, 'task')} renewed`)

function sayRenewing({ done, total, open }: Renewal, after: Cluster, forceUpdate: number): Progress {
  const waits = open.toSorted((a, b) => Number(isStuck(b)) - Number(isStuck(a)))
  const words = waits.map(slot => saySuccessor(slot, after, forceUpdate)).find(text => text !== '')
  const reason = words === undefined ? '' : `, ${words}`
  return running(`${done} of ${counted(total, 'task')} renewed${reason}`, done, total)
}

/** With start-first the old task hides that its successor is stuck; `''` for a slot whose turn has not come. */
function saySuccessor(slot: Slot, after: Cluster, forceUpdate: number): string {
  if (slot.why !== null) return sayWaiting(slot, after)
  const successor = slot.tasks.find(task => task.forceUpdate >= forceUpdate && isLive(task.desired))
  if (successor === undefined) return ''
  return `${slot.name} ${successor.state}${successor.error === '' ? '' : `: ${successor.error}`}`
}

/** An update of a job starts a new iteration, and is done when that is. */
function watchJob({ service, slots, desired }: ClusterService, after: Cluster): Progress {
  const isDone = (task: Task) => task.jobIteration === service.jobIteration && task.state === 'complete'
  const done = slots.filter(({ tasks }) => tasks.some(isDone)).length
  if (done >= desired) return converged(`ran again: ${done} of ${desired} completed`)
  const stuck = slots.find(isStuck)
  const reason = stuck === undefined ? '' : `, ${sayWaiting(stuck, after)}`
  return running(`${done} of ${desired} completed${reason}`, done, desired)
}
