import { type Change, tasksOfSlot, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { compareByTimestamp, isBefore, isLive, isTerminal, slotKey, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const BATCH_MS = 250

/**
 * Deletes task objects: those that are to be removed, once they have stopped, and old history. The creation of a task
 * is what has its slot looked at; nothing else does.
 *
 * Source: moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go
 * Leaves out for now: what is cleared when a new leader starts; the run brought forward when over 1000 are queued.
 */
export function noteForReaper(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { reaper } = swarm.leader
  for (const change of changes) {
    if (change.of === 'service' || change.of === 'node') continue
    if (change.of === 'task' && change.after === null) {
      if (change.before !== null) delete reaper.tasks[change.before.id]
      continue
    }
    if (change.of === 'task' && change.after !== null) {
      if (change.before === null) reaper.slots[slotKey(change.after)] = true
      if (isRemovable(change.after)) reaper.tasks[change.after.id] = true
    }
    if (reaper.isArmed || !hasWork(swarm)) continue
    reaper.isArmed = true
    setLeaderTimer(world, swarm, BATCH_MS, { kind: 'reap' })
  }
}

export function reap(world: World, swarm: Swarm): void {
  const { reaper } = swarm.leader
  reaper.isArmed = false
  transact(world, swarm, transaction => {
    for (const id of Object.keys(reaper.tasks)) transaction.removeTask(id)
    reaper.tasks = {}
    for (const slot of Object.keys(reaper.slots)) {
      const { excess, isStillStopping } = readHistory(swarm, slot)
      for (const task of excess) transaction.removeTask(task.id)
      if (!isStillStopping) delete reaper.slots[slot]
    }
  })
}

/** What is too much in a slot's history, oldest first; the limit counts the current task. */
function readHistory(
  swarm: Swarm,
  slot: string,
): { readonly excess: readonly Task[]; readonly isStillStopping: boolean } {
  const history = tasksOfSlot(swarm, slot).toSorted(compareByTimestamp)
  const limit = historyLimit(swarm, history.at(-1))
  if (limit < 0) return { excess: [], isStillStopping: false }
  const excess: Task[] = []
  let kept = 0
  for (const task of history) {
    if (history.length - excess.length <= limit) break
    if (isTerminal(task) || (isBefore(task, 'assigned') && !isLive(task))) excess.push(task)
    else kept++
  }
  return { excess, isStillStopping: kept >= 2 }
}

function historyLimit(swarm: Swarm, task: Task | undefined): number {
  const service = swarm.services[task?.serviceId ?? '']
  const maxAttempts = service?.spec.TaskTemplate?.RestartPolicy?.MaxAttempts ?? 0
  if (maxAttempts > 0) return maxAttempts + 1
  return swarm.cluster.spec.Orchestration?.TaskHistoryRetentionLimit ?? 0
}

function isRemovable(task: Task): boolean {
  return task.desired === 'remove' && (isBefore(task, 'assigned') || isTerminal(task))
}

function hasWork(swarm: Swarm): boolean {
  const { slots, tasks } = swarm.leader.reaper
  return !isEmpty(slots) || !isEmpty(tasks)
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _ in record) return false
  return true
}
