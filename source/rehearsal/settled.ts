import { tasksOfService } from '../simulator/world/store.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import { isBefore, isLive, isTerminal, slotKey, type Task } from '../simulator/world/task.ts'

/** After so many failures in one slot nobody waits for it to stay up. */
const LOOPS_FROM = 2

/** How often tasks of one and the same spec have failed in each slot, by `slotKey`. */
export type Failures = Map<string, { readonly specVersion: number; readonly count: number }>

export function countFailure(failures: Failures, task: Task): void {
  const key = slotKey(task)
  const before = failures.get(key)
  const { specVersion } = task
  failures.set(key, { specVersion, count: before?.specVersion === specVersion ? before.count + 1 : 1 })
}

/** Ended by itself, though it was not meant to. */
export function hasFailed({ status, jobIteration }: Task): boolean {
  const { state } = status
  return state === 'failed' || state === 'rejected' || (state === 'complete' && jobIteration === null)
}

/** Whether it will fail as those before it have. */
export function isLooping(failures: Failures, task: Task): boolean {
  const known = failures.get(slotKey(task))
  return known !== undefined && known.specVersion === task.specVersion && known.count >= LOOPS_FROM
}

/**
 * Whether a service has come to rest: nothing is being replaced, everything runs that can, and what should stop has. What
 * waits for a place has come to rest, and so has what keeps failing, and an update that waits for one of those.
 */
export function isSettled(swarm: Swarm, serviceId: string, failures: Failures): boolean {
  const update = swarm.leader.updates[serviceId]
  const tasks = tasksOfService(swarm, serviceId)
  if (update !== undefined) {
    const awaited = Object.keys(update.awaited).map(id => swarm.tasks[id])
    return awaited.length === update.working && awaited.every(task => task !== undefined && waitsForPlace(task))
  }
  return tasks.every(task => isAtRest(swarm, task, failures))
}

function isAtRest(swarm: Swarm, task: Task, failures: Failures): boolean {
  if (!isLive(task)) return isTerminal(task) || isBefore(task, 'assigned') || isLost(swarm, task)
  if (isLooping(failures, task)) return true
  return task.status.state === 'running' || task.status.state === 'complete' || waitsForPlace(task)
}

const isLost = (swarm: Swarm, task: Task): boolean => swarm.nodes[task.nodeId]?.status.state !== 'ready'

const waitsForPlace = ({ status }: Task): boolean => status.state === 'pending' && status.error !== ''
