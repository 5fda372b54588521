import type { RunnableSlot } from './slot.ts'

/**
 * Which slots a scale-down keeps, first the ones kept longest: one copy of each node before any second copy, running
 * ones before others, low numbers before high; slots in the middle of an update or without a node go first.
 *
 * Source: moby/swarmkit manager/orchestrator/replicated/{services,slot}.go
 */
export function inOrderOfKeeping(ascending: readonly RunnableSlot[]): readonly RunnableSlot[] {
  const copies = new Map<string, number>()
  const ranked = ascending
    .toSorted((one, other) => Number(hasRunningTask(other)) - Number(hasRunningTask(one)))
    .map(slot => {
      const nodeId = slot.tasks.length === 1 ? (slot.tasks[0]?.nodeId ?? '') : ''
      if (nodeId === '') return { slot, rank: Number.POSITIVE_INFINITY }
      const rank = (copies.get(nodeId) ?? 0) + 1
      copies.set(nodeId, rank)
      return { slot, rank }
    })
  return ranked.toSorted((one, other) => compareNumbers(one.rank, other.rank)).map(({ slot }) => slot)
}

function hasRunningTask(slot: RunnableSlot): boolean {
  return slot.tasks.some(task => task.status.state === 'running')
}

/** Two infinities are equal, which a difference would not say. */
function compareNumbers(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1
}
