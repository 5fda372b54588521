import { isInvalid } from '../world/node.ts'
import { isGlobal, replicasOf, type Service } from '../world/service.ts'
import { type Change, type Transaction, tasksOfNode, tasksOfService, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { createTask } from './new-task.ts'
import { needsRestart, restart } from './restart.ts'
import { hasRunningTask, type RunnableSlot, readSlots } from './slot.ts'
import { supervise } from './updater.ts'

/**
 * Keeps each replicated service at its number of replicas: restarts first, then reconciliations.
 *
 * Source: moby/swarmkit manager/orchestrator/replicated/{replicated,services,slot,tasks}.go
 * Where Swarm leaves the order of slots to chance, it is ascending here.
 * Leaves out for now: what a new leader does when it starts (taskinit).
 */
export function orchestrateReplicated(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const tasks = new Set<string>()
  const services = new Set<string>()
  const removed = new Set<string>()

  for (const change of changes) {
    if (change.of === 'service') {
      if (change.after !== null) services.add(change.after.id)
      else if (change.before !== null) removed.add(change.before.id)
    } else if (change.of === 'task') {
      if (change.after !== null && isLive(change.after)) tasks.add(change.after.id)
      if (change.after === null && change.before !== null && isLive(change.before))
        services.add(change.before.serviceId)
    } else if (change.of === 'node' && change.after !== null && isInvalid(change.after)) {
      for (const task of tasksOfNode(swarm, change.after.id).toSorted(compareByPlace)) tasks.add(task.id)
    }
  }

  if (removed.size > 0) transact(world, swarm, transaction => removeTasks(swarm, transaction, removed))
  transact(world, swarm, transaction => {
    for (const id of tasks) restartIfNeeded(world, swarm, transaction, swarm.tasks[id])
  })
  for (const id of services) {
    const service = swarm.services[id]
    if (service !== undefined && !isGlobal(service)) reconcile(world, swarm, service)
  }
}

/** A removed service's tasks are told to stop and go, whatever the mode. */
function removeTasks(swarm: Swarm, transaction: Transaction, serviceIds: ReadonlySet<string>): void {
  for (const serviceId of serviceIds) {
    delete swarm.leader.updates[serviceId]
    for (const task of tasksOfService(swarm, serviceId)) transaction.updateTask(task.id, { desired: 'remove' })
  }
}

function restartIfNeeded(world: World, swarm: Swarm, transaction: Transaction, task: Task | undefined): void {
  if (task === undefined || task.slot === 0 || !isLive(task) || !needsRestart(swarm, task)) return
  restart(world, swarm, transaction, task)
}

function reconcile(world: World, swarm: Swarm, service: Service): void {
  const { runnable, dead } = readSlots(swarm, service)
  const wanted = replicasOf(service)
  const ascending = runnable.toSorted((one, other) => one.number - other.number)

  if (wanted < runnable.length) {
    const kept = inOrderOfKeeping(ascending)
    transact(world, swarm, transaction => {
      removeDead(transaction, dead)
      for (const slot of kept.slice(wanted)) {
        for (const task of slot.tasks) transaction.updateTask(task.id, { desired: 'remove' })
      }
    })
    supervise(world, swarm, service, kept.slice(0, wanted))
    return
  }

  transact(world, swarm, transaction => {
    const used = new Set(runnable.map(slot => slot.number))
    const filled = new Set<number>()
    for (let number = 1; used.size < wanted; number++) {
      if (used.has(number)) continue
      used.add(number)
      filled.add(number)
      createTask(world, transaction, service, { slot: number, nodeId: '' }, 'running')
    }
    removeDead(
      transaction,
      dead.filter(slot => !filled.has(slot.number)),
    )
  })
  supervise(world, swarm, service, ascending)
}

function removeDead(transaction: Transaction, dead: readonly RunnableSlot[]): void {
  for (const slot of dead) {
    for (const task of slot.tasks) transaction.removeTask(task.id)
  }
}

/**
 * Which slots a scale-down keeps, first the ones kept longest: one copy of each node before any second copy, running
 * ones before others, low numbers before high; slots in the middle of an update or without a node go first.
 */
function inOrderOfKeeping(ascending: readonly RunnableSlot[]): readonly RunnableSlot[] {
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

/** Two infinities are equal, which a difference would not say. */
function compareNumbers(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1
}

function compareByPlace(one: Task, other: Task): number {
  if (one.serviceId !== other.serviceId) return one.serviceId < other.serviceId ? -1 : 1
  return one.slot - other.slot || one.createdAt - other.createdAt
}
