import { isJob } from '../world/service.ts'
import { type Change, tasksOfSlot, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { compareByTimestamp, isBefore, isLive, isTerminal, slotKey, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const BATCH_MS = 250
const BATCH_SIZE = 1_000

/**
 * Deletes task objects: those that are to be removed, once they have stopped, and old history. The creation of a task
 * is what has its slot looked at; nothing else does.
 *
 * Source: moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go
 */
export function noteForReaper(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { reaper } = swarm.leader
  for (const change of changes) {
    if (change.of !== 'task') continue
    const { before, after } = change
    if (after === null) {
      if (before !== null) delete reaper.tasks[before.id]
      continue
    }
    if (before === null) reaper.slots[slotKey(after)] = true
    else if (isRemovable(after)) reaper.tasks[after.id] = true
  }
  const queued = countKeys(reaper.slots) + countKeys(reaper.tasks)
  if (queued > BATCH_SIZE) reap(world, swarm)
  else if (queued > 0 && reaper.due === null) {
    reaper.due = world.now + BATCH_MS
    setLeaderTimer(world, swarm, BATCH_MS, { kind: 'reap' })
  }
}

/** What is to be removed and has stopped goes as soon as somebody leads; history waits for its slot's next task. */
export function initialiseReaper(world: World, swarm: Swarm): void {
  const removable = Object.values(swarm.tasks).filter(isRemovable)
  if (removable.length === 0) return
  transact(world, swarm, transaction => {
    for (const task of removable) transaction.removeTask(task.id)
  })
}

/** A run that was brought forward leaves its timer behind. */
export function endReaperBatch(world: World, swarm: Swarm): void {
  const { due } = swarm.leader.reaper
  if (due !== null && due <= world.now) reap(world, swarm)
}

function reap(world: World, swarm: Swarm): void {
  const { reaper } = swarm.leader
  reaper.due = null
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

type History = { readonly excess: readonly Task[]; readonly isStillStopping: boolean }

/** What is too much in a slot's history, oldest first; the limit counts the current task. */
function readHistory(swarm: Swarm, slot: string): History {
  const history = tasksOfSlot(swarm, slot)
  const limit = historyLimit(swarm, history[0])
  if (history.length <= limit) return { excess: [], isStillStopping: false }
  const excess: Task[] = []
  let kept = 0
  for (const task of history.toSorted(compareByTimestamp)) {
    if (history.length - excess.length <= limit) break
    if (isTerminal(task) || (isBefore(task, 'assigned') && !isLive(task))) excess.push(task)
    else kept++
  }
  return { excess, isStillStopping: kept >= 2 }
}

/** Jobs keep everything, and so does whatever is left of a service that is gone. */
function historyLimit(swarm: Swarm, task: Task | undefined): number {
  const service = swarm.services[task?.serviceId ?? '']
  if (service === undefined || isJob(service)) return Number.POSITIVE_INFINITY
  const maxAttempts = service.spec.TaskTemplate?.RestartPolicy?.MaxAttempts ?? 0
  if (maxAttempts > 0) return maxAttempts + 1
  const limit = swarm.cluster.spec.Orchestration?.TaskHistoryRetentionLimit ?? 0
  return limit < 0 ? Number.POSITIVE_INFINITY : limit
}

function isRemovable(task: Task): boolean {
  return task.desired === 'remove' && (isBefore(task, 'assigned') || isTerminal(task))
}

function countKeys(record: Readonly<Record<string, true>>): number {
  let count = 0
  for (const _ in record) count++
  return count
}
