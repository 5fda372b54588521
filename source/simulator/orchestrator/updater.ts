import type { Service } from '../world/service.ts'
import { type Change, tasksOfSlot, transact } from '../world/store.ts'
import type { Swarm, Update } from '../world/swarm.ts'
import { isBefore, isLive, isTerminal, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { isTaskDirty } from './is-task-dirty.ts'
import { createTask } from './new-task.ts'
import { startLater } from './restart.ts'
import { type RunnableSlot, updatableTasks } from './slot.ts'
import { readUpdatePlan, type UpdatePlan } from './update-config.ts'
import { noteFailure } from './update-failure.ts'
import { markCompleted, markUpdating } from './update-status.ts'

/**
 * Rolls the dirty slots of a service over, as many at a time as its parallelism says.
 *
 * Source: moby/swarmkit manager/orchestrator/update/updater.go
 * Leaves out for now: jobs, and taking an update up again when another manager leads.
 */
export function supervise(world: World, swarm: Swarm, service: Service, slots: readonly RunnableSlot[]): void {
  const { leader } = swarm
  const spec = JSON.stringify(service.spec)
  if (leader.updates[service.id]?.spec === spec) return
  delete leader.updates[service.id]

  const state = service.updateStatus?.state
  if (state === 'paused' || state === 'rollback_paused') return
  const dirty = slots.filter(slot => isSlotDirty(swarm, service, slot))
  if (dirty.length === 0) {
    if (state === 'updating' || state === 'rollback_started') markCompleted(world, swarm, service)
    return
  }

  const update: Update = {
    serial: leader.updateSerial++,
    spec,
    isRollback: state === 'rollback_started',
    waiting: dirty.map(slot => slot.key),
    working: {},
    dirtyCount: dirty.length,
    failures: 0,
    made: {},
    isStopped: false,
  }
  leader.updates[service.id] = update
  if (state !== 'updating' && state !== 'rollback_started') markUpdating(world, swarm, service)
  feed(world, swarm, service.id, update)
}

export function followUpdates(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'task' || change.after === null) continue
    const update = swarm.leader.updates[change.after.serviceId]
    if (update?.made[change.after.id] !== undefined) follow(world, swarm, update, change.after)
  }
}

/** A worker has waited its delay out: its slot is done, and it takes the next. */
export function endUpdateDelay(world: World, swarm: Swarm, serviceId: string, serial: number, slot: string): void {
  const update = swarm.leader.updates[serviceId]
  if (update?.serial !== serial) return
  delete update.working[slot]
  feed(world, swarm, serviceId, update)
}

export function endUpdate(world: World, swarm: Swarm, serviceId: string, serial: number): void {
  const update = swarm.leader.updates[serviceId]
  const service = swarm.services[serviceId]
  if (update?.serial !== serial || service === undefined) return
  delete swarm.leader.updates[serviceId]
  if (!update.isStopped) markCompleted(world, swarm, service)
}

/** Hands waiting slots to idle workers; when none is left and all are idle, watches on for a while and ends. */
function feed(world: World, swarm: Swarm, serviceId: string, update: Update): void {
  const service = swarm.services[serviceId]
  if (service === undefined) return
  const plan = readUpdatePlan(service)
  const workers = plan.parallelism === 0 ? update.dirtyCount : plan.parallelism
  if (update.isStopped) update.waiting = []

  while (update.waiting.length > 0 && Object.keys(update.working).length < workers) {
    const slot = update.waiting.shift()
    if (slot !== undefined) rollSlot(world, swarm, service, update, plan, slot)
  }
  if (update.waiting.length > 0 || Object.keys(update.working).length > 0) return
  const watchMs = plan.delayMs >= plan.monitorMs ? plan.delayMs + 1_000 : plan.monitorMs
  setLeaderTimer(world, swarm, watchMs, { kind: 'update-watched', serviceId, update: update.serial })
}

function rollSlot(world: World, swarm: Swarm, service: Service, update: Update, plan: UpdatePlan, slot: string): void {
  const tasks = updatableTasks(swarm, service, tasksOfSlot(swarm, slot))
  const [first] = tasks
  if (first === undefined) return
  const live = tasks.filter(isLive)
  const clean = live.find(task => !isTaskDirty(service, task, swarm.nodes[task.nodeId]))
  if (clean !== undefined) {
    keepClean(world, swarm, clean, live)
    pause(world, swarm, service.id, update, plan, slot)
    return
  }

  transact(world, swarm, transaction => {
    const isStopFirst = plan.order === 'stop-first'
    const taskId = createTask(world, transaction, service, placeOf(first), isStopFirst ? 'ready' : 'running')
    update.made[taskId] = { ranAt: null, hasFailed: false }
    update.working[slot] = { kind: 'starting', taskId, old: isStopFirst ? [] : live.map(task => task.id) }
    if (!isStopFirst) return
    for (const task of live) transaction.updateTask(task.id, { desired: 'shutdown' })
    const running = live.find(task => !isTerminal(task))
    startLater(world, swarm, taskId, { delayMs: 0, waitFor: running?.id ?? null })
  })
}

/** Someone has put a clean task there already: the others go, and it is started if it still waits. */
function keepClean(world: World, swarm: Swarm, clean: Task, live: readonly Task[]): void {
  transact(world, swarm, transaction => {
    const others = live.filter(task => task.id !== clean.id)
    for (const task of others) transaction.updateTask(task.id, { desired: 'shutdown' })
    if (clean.desired === 'ready' && swarm.leader.starts[clean.id] === undefined) {
      startLater(world, swarm, clean.id, { delayMs: 0, waitFor: others[0]?.id ?? null })
    }
  })
}

function follow(world: World, swarm: Swarm, update: Update, task: Task): void {
  const service = swarm.services[task.serviceId]
  const made = update.made[task.id]
  if (service === undefined || made === undefined || isBefore(task, 'running')) return
  const plan = readUpdatePlan(service)

  if (task.status.state === 'running') made.ranAt ??= world.now
  else if (!made.hasFailed && (made.ranAt === null || world.now - made.ranAt <= plan.monitorMs)) {
    made.hasFailed = true
    noteFailure(world, swarm, service, update, plan, task.id)
  }

  for (const [slot, work] of Object.entries(update.working)) {
    if (work.kind !== 'starting' || work.taskId !== task.id) continue
    if (task.status.state === 'running') shutDown(world, swarm, work.old)
    pause(world, swarm, service.id, update, plan, slot)
  }
}

function shutDown(world: World, swarm: Swarm, taskIds: readonly string[]): void {
  transact(world, swarm, transaction => {
    for (const id of taskIds) {
      const task = swarm.tasks[id]
      if (task !== undefined && isLive(task)) transaction.updateTask(id, { desired: 'shutdown' })
    }
  })
}

/** The delay is kept after the last slot too. */
function pause(world: World, swarm: Swarm, serviceId: string, update: Update, plan: UpdatePlan, slot: string): void {
  update.working[slot] = { kind: 'delay' }
  setLeaderTimer(world, swarm, plan.delayMs, { kind: 'update-delay', serviceId, update: update.serial, slot })
}

/** More than one live task in a slot is always one too many. */
function isSlotDirty(swarm: Swarm, service: Service, slot: RunnableSlot): boolean {
  if (slot.tasks.filter(isLive).length > 1) return true
  return slot.tasks.some(task => isTaskDirty(service, task, swarm.nodes[task.nodeId]))
}

function placeOf(task: Task): { readonly slot: number; readonly nodeId: string } {
  return { slot: task.slot, nodeId: task.slot === 0 ? task.nodeId : '' }
}
