import { isReplicated, replicasOf, type Service } from '../simulator/world/service.ts'
import { type Change, tasksOfNode, tasksOfService } from '../simulator/world/store.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import { isLive, slotKey, type Task } from '../simulator/world/task.ts'

/**
 * How many slots of a service run, and when fewer did than at first and than are wanted. A slot runs while any of its tasks
 * does on a node that is not down, be it told to stop or not: it serves until it has stopped.
 */
export type Tally = {
  readonly serviceId: string
  /** Of a service that is gone: what it was. */
  service: Service
  readonly atFirst: { readonly running: number; readonly desired: number }
  running: number
  desired: number
  lowest: number
  /** When the first gap began and the last one ended; null where there was none, or it is still open. */
  gapFrom: number | null
  gapUntil: number | null
}

export function startTally(swarm: Swarm, service: Service): Tally {
  const running = countRunning(swarm, service.id)
  return {
    serviceId: service.id,
    service,
    atFirst: { running, desired: desiredOf(swarm, service) },
    running,
    desired: desiredOf(swarm, service),
    lowest: running,
    gapFrom: null,
    gapUntil: null,
  }
}

/** Counts again, and notes what that means. */
export function continueTally(swarm: Swarm, tally: Tally, now: number): void {
  const service = swarm.services[tally.serviceId]
  tally.service = service ?? tally.service
  tally.running = countRunning(swarm, tally.serviceId)
  tally.desired = service === undefined ? 0 : desiredOf(swarm, service)
  const isShort = tally.running < Math.min(tally.desired, tally.atFirst.running)
  if (isShort) {
    tally.lowest = Math.min(tally.lowest, tally.running)
    tally.gapFrom ??= now
    tally.gapUntil = null
  } else if (tally.gapFrom !== null) tally.gapUntil ??= now
}

/** The services whose count may have changed. */
export function concernedServices(swarm: Swarm, changes: readonly Change[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const { of, before, after } of changes) {
    if (of === 'task') ids.add((after ?? before)?.serviceId ?? '')
    else if (of === 'service') ids.add((after ?? before)?.id ?? '')
    else if (of === 'node' && before?.status.state !== after?.status.state) {
      for (const task of tasksOfNode(swarm, (after ?? before)?.id ?? '')) ids.add(task.serviceId)
    }
  }
  return ids
}

function countRunning(swarm: Swarm, serviceId: string): number {
  return new Set(
    tasksOfService(swarm, serviceId)
      .filter(task => isUp(swarm, task))
      .map(slotKey),
  ).size
}

function isUp(swarm: Swarm, task: Task): boolean {
  return task.status.state === 'running' && swarm.nodes[task.nodeId]?.status.state !== 'down'
}

/** Of a global service, one on each node that it has a task for; jobs are to come to an end. */
function desiredOf(swarm: Swarm, service: Service): number {
  if (service.job !== null) return 0
  if (isReplicated(service)) return replicasOf(service)
  return new Set(
    tasksOfService(swarm, service.id)
      .filter(isLive)
      .map(({ nodeId }) => nodeId),
  ).size
}
