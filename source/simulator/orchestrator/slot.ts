import type { Service } from '../world/service.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { compareByTimestamp, isLive, slotKey, type Task } from '../world/task.ts'
import { shouldRestart } from './restart-policy.ts'

/** A slot that counts as a replica, and the tasks in it that an update has to look at. */
export type RunnableSlot = { readonly key: string; readonly number: number; readonly tasks: readonly Task[] }

/**
 * Sorts a service's tasks into the slots that count and those that are dead. A slot whose last task has ended and must
 * not be restarted still counts.
 *
 * Source: moby/swarmkit manager/orchestrator/replicated/slot.go, restart/restart.go (UpdatableTasksInSlot)
 */
export function readSlots(
  swarm: Swarm,
  service: Service,
): { readonly runnable: readonly RunnableSlot[]; readonly dead: readonly RunnableSlot[] } {
  const bySlot = new Map<string, Task[]>()
  for (const task of tasksOfService(swarm, service.id)) {
    const key = slotKey(task)
    const tasks = bySlot.get(key)
    if (tasks === undefined) bySlot.set(key, [task])
    else tasks.push(task)
  }
  const runnable: RunnableSlot[] = []
  const dead: RunnableSlot[] = []
  for (const [key, tasks] of bySlot) {
    const number = tasks[0]?.slot ?? 0
    const updatable = updatableTasks(swarm, service, tasks)
    if (updatable.length > 0) runnable.push({ key, number, tasks: updatable })
    else dead.push({ key, number, tasks })
  }
  return { runnable, dead }
}

/** The tasks that stand for the slot; none when it is dead. */
export function updatableTasks(swarm: Swarm, service: Service, tasks: readonly Task[]): readonly Task[] {
  const live = tasks.filter(isLive)
  if (live.length > 0 || service.updateStatus?.state === 'rollback_started') return live
  const newest = tasks.toSorted(compareByTimestamp).at(-1)
  return newest === undefined || shouldRestart(swarm, newest) ? [] : [newest]
}
