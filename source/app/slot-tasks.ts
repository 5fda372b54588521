import type { ClusterService } from '../swarm/cluster.ts'
import { asSeen, type SeenTask } from '../swarm/seen-task.ts'
import { keepBy } from './rows/keep-by.ts'
import type { State } from './state.ts'
import type { TaskHistory } from './task-history.ts'

/**
 * Every task that was seen in a slot: those that Swarm has and those that are remembered alone; the live one first, then
 * the newest first. `slot`: `Slot.key`.
 */
export function tasksOfSlot(state: State, service: ClusterService, slot: string): readonly SeenTask[] {
  return tasksBySlot(state.history)(service).get(slot) ?? NONE
}

const NONE: readonly SeenTask[] = []

/**
 * By `Slot.key`; also those of slots that the service has no more. Once a reading, for the services that are asked for:
 * a reading that changes nothing of the history leaves it the same object.
 */
export const tasksBySlot = keepBy((history: TaskHistory) =>
  keepBy(({ service, slots }: ClusterService): ReadonlyMap<string, readonly SeenTask[]> => {
    const remembered = history.services.get(service.id)?.slots ?? new Map<string, readonly SeenTask[]>()
    const bySlot = new Map<string, readonly SeenTask[]>()
    for (const { key, tasks } of slots) {
      const known = tasks.map(task => ({ ...asSeen(task), steps: history.steps.get(task.id) ?? [] }))
      bySlot.set(key, mergeTasks(known, remembered.get(key)))
    }
    for (const [key, tasks] of remembered) if (!bySlot.has(key)) bySlot.set(key, mergeTasks([], tasks))
    return bySlot
  }),
)

/** The first of those that Swarm has stays the first: it is the one that is meant to be. */
function mergeTasks(known: readonly SeenTask[], remembered: readonly SeenTask[] = []): readonly SeenTask[] {
  if (remembered.length === 0) return known
  const [live, ...others] = known
  const past = [...others, ...remembered].toSorted((a, b) => b.task.createdAt - a.task.createdAt)
  return live === undefined ? past : [live, ...past]
}
