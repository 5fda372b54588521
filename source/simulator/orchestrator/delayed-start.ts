import type { Node } from '../world/node.ts'
import { type Change, tasksOfNode, transact } from '../world/store.ts'
import type { LeaderMemory, Swarm } from '../world/swarm.ts'
import { isTerminal } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const WAIT_FOR_OLD_TASK_MS = 60_000

/*
 * Tasks with desired ready, which are prepared but not started before their time has come.
 *
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go (DelayStart, StartNow)
 */

/** Has a task started once the delay is over and the old task, if any, has stopped. Replaces what was set before. */
export function startLater(
  world: World,
  swarm: Swarm,
  taskId: string,
  { delayMs, waitFor }: { readonly delayMs: number; readonly waitFor: string | null },
): void {
  const memory = swarm.leader
  cancelStart(swarm, taskId)
  const start = {
    waitsFor: waitFor ?? '',
    isDelayOver: delayMs <= 0,
    delayUntil: world.now + Math.max(0, Math.round(delayMs)),
    waitUntil: world.now + WAIT_FOR_OLD_TASK_MS,
  }
  memory.starts[taskId] = start
  if (!start.isDelayOver) setLeaderTimer(world, swarm, delayMs, { kind: 'restart-delay', taskId })
  if (waitFor !== null) {
    memory.startsAfter[waitFor] = [...(memory.startsAfter[waitFor] ?? []), taskId]
    setLeaderTimer(world, swarm, WAIT_FOR_OLD_TASK_MS, { kind: 'stop-timeout', taskId })
  }
  startIfDue(world, swarm, taskId)
}

/** Timers of a start that has been replaced come too early for the one that replaced it. */
export function endDelay(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined || world.now < start.delayUntil) return
  start.isDelayOver = true
  startIfDue(world, swarm, taskId)
}

/** The old task does not stop, and has been waited for long enough. */
export function endWait(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start !== undefined && world.now >= start.waitUntil) stopWaiting(world, swarm, taskId)
}

/** Starts what waited for a task that has ended, or for one whose node has gone. */
export function superviseStarts(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { startsAfter } = swarm.leader
  for (const change of changes) {
    if (change.of === 'task') {
      const { before, after } = change
      if (after === null && before !== null) cancelStart(swarm, before.id)
      else if (after !== null && isTerminal(after)) release(after.id)
    } else if (change.of === 'node' && isGone(change.after)) {
      for (const task of tasksOfNode(swarm, change.before?.id ?? '')) release(task.id)
    }
  }

  function release(oldTaskId: string): void {
    for (const taskId of startsAfter[oldTaskId] ?? []) stopWaiting(world, swarm, taskId)
  }
}

function stopWaiting(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined || start.waitsFor === '') return
  forget(swarm.leader, start.waitsFor, taskId)
  start.waitsFor = ''
  startIfDue(world, swarm, taskId)
}

function startIfDue(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined || !start.isDelayOver || start.waitsFor !== '') return
  delete swarm.leader.starts[taskId]
  startNow(world, swarm, taskId)
}

/** What is wanted of a job's task is that it completes. */
function startNow(world: World, swarm: Swarm, taskId: string): void {
  const task = swarm.tasks[taskId]
  if (task?.desired !== 'ready') return
  const desired = task.jobIteration === null ? 'running' : 'complete'
  transact(world, swarm, transaction => transaction.updateTask(taskId, { desired }))
}

/** A replacement that is no longer there needs no start. */
function cancelStart(swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined) return
  delete swarm.leader.starts[taskId]
  if (start.waitsFor !== '') forget(swarm.leader, start.waitsFor, taskId)
}

function forget(memory: LeaderMemory, oldTaskId: string, taskId: string): void {
  const left = (memory.startsAfter[oldTaskId] ?? []).filter(id => id !== taskId)
  if (left.length > 0) memory.startsAfter[oldTaskId] = left
  else delete memory.startsAfter[oldTaskId]
}

function isGone(node: Node | null): boolean {
  return node === null || node.status.state === 'down'
}
