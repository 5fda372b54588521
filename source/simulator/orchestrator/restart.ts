import type { ApiTaskSpec } from '../../api/task.ts'
import { isInvalid, type Node } from '../world/node.ts'
import { type Change, type Transaction, tasksOfNode, transact } from '../world/store.ts'
import type { LeaderMemory, Swarm } from '../world/swarm.ts'
import { isTerminal, slotKey, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { createTask } from './new-task.ts'

const DEFAULT_DELAY_MS = 5_000
const WAIT_FOR_OLD_TASK_MS = 60_000

/*
 * Source: moby/swarmkit manager/orchestrator/restart/restart.go, api/defaults/service.go
 * Leaves out for now: jobs, and rebuilding the history when another manager takes over.
 */

/** Ends a task and, if its policy allows, puts a replacement in its slot that starts after the delay. */
export function restart(world: World, swarm: Swarm, transaction: Transaction, task: Task): void {
  // A replacement that failed while it waits: the end of its own delay brings it back here.
  if (swarm.leader.starts[task.id] !== undefined) return

  const service = swarm.services[task.serviceId]
  transaction.updateTask(task.id, { desired: 'shutdown' })
  if (service === undefined || !shouldRestart(swarm, task)) return

  const newTaskId = createTask(world, transaction, service, { slot: task.slot, nodeId: nodeOfGlobal(task) }, 'ready')
  record(world, swarm, task, service.specVersion)

  const node = swarm.nodes[task.nodeId]
  const isDrained = node?.spec.availability === 'drain'
  const isDown = node?.status.state === 'down'
  startLater(world, swarm, newTaskId, {
    delayMs: isDrained ? 0 : restartDelayMs(task.spec),
    waitFor: isTerminal(task) || isDown || task.nodeId === '' ? null : task.id,
  })
}

/** Does the policy of a task's own spec allow that it is replaced? */
export function shouldRestart(swarm: Swarm, task: Task): boolean {
  const policy = task.spec.RestartPolicy
  const condition = policy?.Condition || 'any'
  if (condition === 'none') return false
  if (condition === 'on-failure' && task.status.state === 'complete') return false

  const maxAttempts = policy?.MaxAttempts ?? 0
  const history = swarm.leader.restarts[slotKey(task)]
  if (maxAttempts === 0 || history === undefined || history.specVersion !== task.specVersion) return true
  const windowMs = (policy?.Window ?? 0) / 1e6
  if (windowMs === 0) return history.at.length < maxAttempts
  const endedAt = task.appliedAt ?? task.status.at
  return history.at.filter(at => at > endedAt - windowMs && at < endedAt).length < maxAttempts
}

/** Has a task that waits with desired ready started once the delay is over and the old task, if any, has stopped. */
export function startLater(
  world: World,
  swarm: Swarm,
  taskId: string,
  { delayMs, waitFor }: { readonly delayMs: number; readonly waitFor: string | null },
): void {
  const memory = swarm.leader
  memory.starts[taskId] = { waitsFor: waitFor ?? '', isDelayOver: delayMs === 0 }
  if (delayMs > 0) setLeaderTimer(world, swarm, delayMs, { kind: 'restart-delay', taskId })
  if (waitFor !== null) {
    memory.startsAfter[waitFor] = [...(memory.startsAfter[waitFor] ?? []), taskId]
    setLeaderTimer(world, swarm, WAIT_FOR_OLD_TASK_MS, { kind: 'stop-timeout', taskId })
  }
  startIfDue(world, swarm, taskId)
}

export function endDelay(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined) return
  start.isDelayOver = true
  startIfDue(world, swarm, taskId)
}

/** The old task has stopped, or there is no use in waiting for it any longer. */
export function endWait(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined || start.waitsFor === '') return
  forget(swarm.leader, start.waitsFor, taskId)
  start.waitsFor = ''
  startIfDue(world, swarm, taskId)
}

/** A replacement that is no longer wanted needs no start. */
function cancelStart(swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined) return
  delete swarm.leader.starts[taskId]
  if (start.waitsFor !== '') forget(swarm.leader, start.waitsFor, taskId)
}

export function superviseRestarts(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { startsAfter } = swarm.leader
  for (const change of changes) {
    if (change.of === 'task') {
      const id = (change.after ?? change.before)?.id ?? ''
      if (change.after === null) cancelStart(swarm, id)
      if (change.after === null || isTerminal(change.after)) release(id)
    } else if (change.of === 'node' && isGone(change.after)) {
      for (const task of tasksOfNode(swarm, change.before?.id ?? '')) release(task.id)
    }
  }

  function release(oldTaskId: string): void {
    for (const taskId of startsAfter[oldTaskId] ?? []) endWait(world, swarm, taskId)
  }
}

function startIfDue(world: World, swarm: Swarm, taskId: string): void {
  const start = swarm.leader.starts[taskId]
  if (start === undefined || !start.isDelayOver || start.waitsFor !== '') return
  delete swarm.leader.starts[taskId]
  const task = swarm.tasks[taskId]
  if (task?.desired !== 'ready') return
  transact(world, swarm, transaction => transaction.updateTask(taskId, { desired: 'running' }))
}

function forget(memory: LeaderMemory, oldTaskId: string, taskId: string): void {
  const left = (memory.startsAfter[oldTaskId] ?? []).filter(id => id !== taskId)
  if (left.length > 0) memory.startsAfter[oldTaskId] = left
  else delete memory.startsAfter[oldTaskId]
}

/** Counted only where there is a limit. Another spec version starts the count afresh. */
function record(world: World, swarm: Swarm, task: Task, specVersion: number): void {
  if ((task.spec.RestartPolicy?.MaxAttempts ?? 0) === 0) return
  const { restarts } = swarm.leader
  const key = slotKey(task)
  const history = restarts[key]
  if (history?.specVersion === specVersion) history.at.push(world.now)
  else restarts[key] = { specVersion, at: [world.now] }
}

function restartDelayMs(spec: ApiTaskSpec): number {
  const delay = spec.RestartPolicy?.Delay
  return delay === undefined ? DEFAULT_DELAY_MS : delay / 1e6
}

function nodeOfGlobal(task: Task): string {
  return task.slot === 0 ? task.nodeId : ''
}

function isGone(node: Node | null): boolean {
  return node === null || node.status.state === 'down'
}

/** Ended, or on a node that keeps nothing, though it is meant to be there. */
export function needsRestart(swarm: Swarm, task: Task): boolean {
  return isTerminal(task) || (task.nodeId !== '' && isInvalid(swarm.nodes[task.nodeId]))
}
