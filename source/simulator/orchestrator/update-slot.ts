import type { Service } from '../world/service.ts'
import { tasksOfSlot, transact } from '../world/store.ts'
import type { DirtySlot, Swarm, Update } from '../world/swarm.ts'
import { isLive, isTerminal, slotKey, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { startLater } from './delayed-start.ts'
import { isTaskDirty } from './is-task-dirty.ts'
import { createTask, placeOf } from './new-task.ts'
import type { UpdatePlan } from './update-config.ts'

/**
 * What a worker of an update does with one slot. It knows the tasks that were there when the update began. Says whether
 * it has to wait for something before the slot is done.
 *
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (worker, updateTask, useExistingTask)
 */
export function rollSlot(
  world: World,
  swarm: Swarm,
  service: Service,
  update: Update,
  plan: UpdatePlan,
  slot: DirtySlot,
): 'done' | 'waits' {
  const tasks = slot.tasks.flatMap(id => swarm.tasks[id] ?? [])
  const clean = findClean(swarm, service, tasks)
  if (clean !== undefined) return keepClean(world, swarm, update, clean, tasks)

  const [first] = tasks
  // Somebody was here in the meantime, and what has been put there is of the new spec.
  if (first === undefined || (slot.isLive && !tasks.some(isLive)) || hasNewcomer(swarm, slot, first)) return 'done'
  replace(world, swarm, service, update, plan, first, tasks.filter(isLive))
  return 'waits'
}

/** Swarm does not look for those when the slot's own task had ended for good, and for a while has two tasks there. */
function hasNewcomer(swarm: Swarm, slot: DirtySlot, first: Task): boolean {
  return tasksOfSlot(swarm, slotKey(first)).some(task => isLive(task) && !slot.tasks.includes(task.id))
}

/** One that is to run is better than one that waits to. */
function findClean(swarm: Swarm, service: Service, tasks: readonly Task[]): Task | undefined {
  const clean = tasks.filter(task => !isTaskDirty(service, task, swarm.nodes[task.nodeId]))
  return clean.find(task => task.desired === 'running') ?? clean.findLast(task => task.desired === 'ready')
}

/** The others go. A clean task that waits is started when they have gone, and any delay of its own is forgotten. */
function keepClean(world: World, swarm: Swarm, update: Update, clean: Task, tasks: readonly Task[]): 'done' | 'waits' {
  transact(world, swarm, transaction => {
    const others = tasks.filter(task => task.id !== clean.id && isLive(task))
    for (const task of others) transaction.updateTask(task.id, { desired: 'shutdown' })
    if (clean.desired === 'ready') startLater(world, swarm, clean.id, { delayMs: 0, waitFor: lastRunning(others) })
  })
  if (swarm.tasks[clean.id]?.desired !== 'ready') return 'done'
  update.awaited[clean.id] = 'start'
  return 'waits'
}

function replace(
  world: World,
  swarm: Swarm,
  service: Service,
  update: Update,
  { order }: UpdatePlan,
  first: Task,
  live: readonly Task[],
): void {
  transact(world, swarm, transaction => {
    const isStopFirst = order === 'stop-first'
    const taskId = createTask(world, transaction, service, placeOf(first), isStopFirst ? 'ready' : 'running')
    update.made[taskId] = { old: isStopFirst ? [] : live.map(({ id }) => id), ranAt: null, hasFailed: false }
    update.awaited[taskId] = 'running'
    if (!isStopFirst) return
    for (const task of live) transaction.updateTask(task.id, { desired: 'shutdown' })
    startLater(world, swarm, taskId, { delayMs: 0, waitFor: lastRunning(live) })
  })
}

/** Of several tasks that are told to stop, the last is the one that is waited for. */
function lastRunning(tasks: readonly Task[]): string | null {
  const last = tasks.at(-1)
  return last === undefined || isTerminal(last) ? null : last.id
}
