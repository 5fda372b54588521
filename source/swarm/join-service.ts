import { assertNever } from '../rules/assert-never.ts'
import { isLive } from '../rules/task-state.ts'
import type { ClusterService, Slot } from './cluster.ts'
import { isDone, type Places } from './join-slot.ts'
import { joinSlots } from './join-slots.ts'
import type { Service } from './service.ts'
import { isJob } from './service-mode.ts'
import type { Task } from './task.ts'

/** A service with its tasks in their slots, and how many of how many run. */
export function joinService(service: Service, tasks: readonly Task[], places: Places): ClusterService {
  const slots = joinSlots(service, tasks, places)
  const running = slots.filter(slot => slot.isRunning).length
  const done = Math.max(service.status?.completed ?? 0, slots.filter(slot => isDone(service, slot.live)).length)
  const desired = desiredOf(service, slots)
  return {
    service,
    slots,
    running,
    desired,
    isShort: isJob(service) ? isJobShort(service, slots, desired - done) : running < desired,
    shown: service.status ?? countAsShown(service, tasks),
  }
}

/**
 * The daemon counts a global service's tasks that are desired Running, which hides those that wait for a restart and
 * those that are not restarted; whatever has a live task or a reason for having none is counted here as well.
 */
function desiredOf(service: Service, slots: readonly Slot[]): number {
  const { mode, status } = service
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas
    case 'replicated-job':
      return mode.totalCompletions
    case 'global':
    case 'global-job': {
      const wanted = slots.filter(slot => slot.live !== null || slot.why !== null).length
      return mode.kind === 'global' ? Math.max(status?.desired ?? 0, wanted) : wanted
    }
    default:
      return assertNever(mode)
  }
}

/** A job is short when fewer of its tasks run, or come along well, than may run at once and are still to be done. */
function isJobShort(service: Service, slots: readonly Slot[], left: number): boolean {
  const atOnce = service.mode.kind === 'replicated-job' ? service.mode.maxConcurrent : left
  const active = slots.filter(slot => slot.isRunning || comesAlong(slot)).length
  return active < Math.min(atOnce, left)
}

function comesAlong({ why }: Slot): boolean {
  if (why === null) return false
  if (why.kind === 'pending') return why.error === ''
  return why.kind === 'preparing' || why.kind === 'starting' || why.kind === 'waiting-to-start'
}

/**
 * What the daemon would have said, for engines that do not send `ServiceStatus` (before API 1.41).
 * Source: moby/swarmkit manager/controlapi/service.go (ListServiceStatuses).
 */
function countAsShown(service: Service, tasks: readonly Task[]): ClusterService['shown'] {
  const counting = isJob(service) ? tasks.filter(task => task.jobIteration === service.jobIteration) : tasks
  const running = counting.filter(task => task.state === 'running').length
  const completed = counting.filter(task => task.state === 'complete').length
  switch (service.mode.kind) {
    case 'replicated':
      return { running, desired: service.mode.replicas, completed: 0 }
    case 'global':
      return { running, desired: counting.filter(task => task.desired === 'running').length, completed: 0 }
    case 'replicated-job':
      return { running, desired: service.mode.maxConcurrent, completed }
    case 'global-job': {
      const open = counting.filter(task => isLive(task.desired) && task.state !== 'complete').length
      return { running, desired: open, completed }
    }
    default:
      return assertNever(service.mode)
  }
}
