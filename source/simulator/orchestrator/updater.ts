import { assertNever } from '../../rules/assert-never.ts'
import { inAnyOrder } from '../world/lots.ts'
import type { Service } from '../world/service.ts'
import { type Change, transact } from '../world/store.ts'
import type { Swarm, Update } from '../world/swarm.ts'
import { isBefore, isLive, isTerminal, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { isSameSpec } from './is-same-spec.ts'
import { isTaskDirty } from './is-task-dirty.ts'
import type { RunnableSlot } from './slot.ts'
import { readUpdatePlan, type UpdatePlan } from './update-config.ts'
import { noteFailure } from './update-failure.ts'
import { rollSlot } from './update-slot.ts'
import { markCompleted, markUpdating } from './update-status.ts'

/**
 * Rolls the dirty slots of a service over, as many at a time as its parallelism says. An update that is on its way to
 * the same spec goes on, any other is left where it is.
 *
 * Source: moby/swarmkit manager/orchestrator/update/updater.go
 */
export function supervise(world: World, swarm: Swarm, service: Service, slots: readonly RunnableSlot[]): void {
  const { leader } = swarm
  const running = leader.updates[service.id]
  if (running !== undefined && isSameSpec(running.spec, service.spec)) return
  delete leader.updates[service.id]

  const state = service.updateStatus?.state
  if (state === 'paused' || state === 'rollback_paused') return
  const dirty = slots.filter(slot => isSlotDirty(swarm, service, slot))
  if (dirty.length === 0) {
    if (state === 'updating' || state === 'rollback_started') markCompleted(world, swarm, service.id)
    return
  }

  const update: Update = {
    serial: leader.updateSerial++,
    spec: service.spec,
    isRollback: state === 'rollback_started',
    waiting: inAnyOrder(world, dirty).map(({ tasks }) => ({
      tasks: tasks.map(({ id }) => id),
      isLive: tasks.some(isLive),
    })),
    working: 0,
    dirtyCount: dirty.length,
    awaited: {},
    made: {},
    unseen: [],
    failures: 0,
    isStopped: false,
    isWatching: false,
  }
  leader.updates[service.id] = update
  markUpdating(world, swarm, service.id)
  feed(world, swarm, service.id, update)
}

/** Sees what becomes of the tasks that updates have to do with. */
export function followUpdates(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'task') continue
    const task = change.after ?? change.before
    const update = swarm.leader.updates[task?.serviceId ?? '']
    if (task === null || update === undefined) continue
    if (hasCome(update, task, change.after === null)) {
      finishSlot(world, swarm, update, task)
    }
    if (change.after !== null && isTerminal(task) && update.made[task.id] !== undefined) {
      seeEnd(world, swarm, task.serviceId, update, task.id)
    }
  }
}

/** A worker looks after a new task only once the old one has stopped: what was rejected before is seen no sooner. */
function hasCome(update: Update, task: Task, isRemoved: boolean): boolean {
  const awaited = update.awaited[task.id]
  const mayStart = task.desired !== 'ready'
  if (awaited === 'start') return isRemoved || mayStart
  return awaited === 'running' && !isRemoved && mayStart && !isBefore(task, 'running')
}

/** A worker has waited its delay out: its slot is done, and it takes the next. */
export function endUpdateDelay(world: World, swarm: Swarm, serviceId: string, serial: number): void {
  const update = swarm.leader.updates[serviceId]
  if (update?.serial !== serial) return
  update.working--
  feed(world, swarm, serviceId, update)
}

/** No task has failed early while it was watched. */
export function endUpdate(world: World, swarm: Swarm, serviceId: string, serial: number): void {
  if (swarm.leader.updates[serviceId]?.serial !== serial) return
  delete swarm.leader.updates[serviceId]
  markCompleted(world, swarm, serviceId)
}

/** Hands waiting slots to idle workers; when none is left and all are idle, watches on for a while and ends. */
function feed(world: World, swarm: Swarm, serviceId: string, update: Update): void {
  const service = swarm.services[serviceId]
  if (service === undefined) return
  const plan = readUpdatePlan(update.spec, update.isRollback)
  const workers = plan.parallelism === 0 ? update.dirtyCount : plan.parallelism
  while (update.waiting.length > 0 && update.working < workers) {
    const slot = update.waiting.shift()
    if (slot === undefined) break
    update.working++
    if (rollSlot(world, swarm, service, update, plan, slot) === 'done') rest(world, swarm, serviceId, update)
  }
  if (update.waiting.length > 0 || update.working > 0) return
  if (update.isStopped) delete swarm.leader.updates[serviceId]
  else watch(world, swarm, serviceId, update, plan)
}

/** What failed while nobody looked is looked at first. */
function watch(world: World, swarm: Swarm, serviceId: string, update: Update, plan: UpdatePlan): void {
  update.isWatching = true
  const { serial } = update
  setLeaderTimer(world, swarm, watchMs(plan), { kind: 'update-watched', serviceId, update: serial })
  for (const taskId of update.unseen.splice(0)) {
    if (swarm.leader.updates[serviceId] === update) seeEnd(world, swarm, serviceId, update, taskId)
  }
}

/** The delay is kept after the last slot too. */
function rest(world: World, swarm: Swarm, serviceId: string, update: Update): void {
  const { delayMs } = readUpdatePlan(update.spec, update.isRollback)
  setLeaderTimer(world, swarm, delayMs, { kind: 'update-delay', serviceId, update: update.serial })
}

/** The worker that waits for this task is done with its slot. */
function finishSlot(world: World, swarm: Swarm, update: Update, task: Task): void {
  delete update.awaited[task.id]
  const made = update.made[task.id]
  if (made !== undefined) {
    made.ranAt = world.now
    if (task.status.state === 'running') shutDown(world, swarm, made.old)
  }
  rest(world, swarm, task.serviceId, update)
}

/** Failures are seen while slots wait to be given out and during the last watch, not in between. */
function seeEnd(world: World, swarm: Swarm, serviceId: string, update: Update, taskId: string): void {
  const plan = readUpdatePlan(update.spec, update.isRollback)
  if (plan.failureAction === 'continue' || update.isStopped || swarm.leader.updates[serviceId] !== update) return
  if (update.waiting.length === 0 && !update.isWatching) {
    update.unseen.push(taskId)
    return
  }
  const windowMs = update.isWatching ? watchMs(plan) : plan.monitorMs
  const outcome = noteFailure(world, swarm, serviceId, update, plan, taskId, windowMs)
  switch (outcome) {
    case 'none':
      return
    case 'stopped':
      update.isStopped = true
      update.waiting = []
      if (update.working === 0) delete swarm.leader.updates[serviceId]
      return
    case 'paused-rollback':
      // Swarm takes this for the end of the watch, and the rollback for completed.
      if (update.isWatching) endUpdate(world, swarm, serviceId, update.serial)
      else {
        update.waiting = []
        if (update.working === 0) watch(world, swarm, serviceId, update, plan)
      }
      return
    default:
      assertNever(outcome)
  }
}

function watchMs({ delayMs, monitorMs }: UpdatePlan): number {
  return delayMs >= monitorMs ? delayMs + 1_000 : monitorMs
}

function shutDown(world: World, swarm: Swarm, taskIds: readonly string[]): void {
  if (taskIds.length === 0) return
  transact(world, swarm, transaction => {
    for (const id of taskIds) {
      const task = swarm.tasks[id]
      if (task !== undefined && isLive(task)) transaction.updateTask(id, { desired: 'shutdown' })
    }
  })
}

/** More than one task in a slot is always one too many. */
function isSlotDirty(swarm: Swarm, service: Service, { tasks }: RunnableSlot): boolean {
  return tasks.length > 1 || tasks.some(task => isTaskDirty(service, task, swarm.nodes[task.nodeId]))
}
