import { isInvalid } from '../world/node.ts'
import { isReplicated, replicasOf, type Service } from '../world/service.ts'
import { type Change, type Transaction, tasksOfNode, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { createTask } from './new-task.ts'
import { needsRestart, restart } from './restart.ts'
import { type RunnableSlot, readSlots } from './slot.ts'
import { inOrderOfKeeping } from './slot-order.ts'
import { supervise } from './updater.ts'

/**
 * Keeps each replicated service at its number of replicas: restarts first, then reconciliations.
 *
 * Source: moby/swarmkit manager/orchestrator/replicated/{replicated,services,slot,tasks}.go
 * Where Swarm leaves the order of slots to chance, it is ascending here.
 */
export function orchestrateReplicated(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const tasks = new Set<string>()
  const services = new Set<string>()

  for (const change of changes) {
    if (change.of === 'service' && change.after !== null) services.add(change.after.id)
    else if (change.of === 'task') {
      const task = change.after ?? change.before
      if (task === null || task.isBound || task.jobIteration !== null || !isLive(task)) continue
      if (change.after === null) services.add(task.serviceId)
      else tasks.add(task.id)
    } else if (change.of === 'node' && (change.after === null || isInvalid(change.after))) {
      for (const task of tasksOfNode(swarm, change.before?.id ?? '').toSorted(compareByPlace)) tasks.add(task.id)
    }
  }

  if (tasks.size > 0) restartTasks(world, swarm, tasks)
  for (const id of services) reconcile(world, swarm, swarm.services[id])
}

/** Those that are meant to be there and are not, or not for long. */
export function restartTasks(world: World, swarm: Swarm, ids: Iterable<string>): void {
  transact(world, swarm, transaction => {
    for (const id of ids) {
      const task = swarm.tasks[id]
      const service = swarm.services[task?.serviceId ?? '']
      if (task === undefined || service === undefined || !isReplicated(service) || !isLive(task)) continue
      if (needsRestart(swarm, task)) restart(world, swarm, transaction, task)
    }
  })
}

export function reconcile(world: World, swarm: Swarm, service: Service | undefined): void {
  if (service === undefined || !isReplicated(service)) return
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

  if (wanted > runnable.length || dead.length > 0) {
    transact(world, swarm, transaction => {
      const filled = fillSlots(world, transaction, service, runnable, wanted)
      removeDead(
        transaction,
        dead.filter(slot => !filled.has(slot.number)),
      )
    })
  }
  supervise(world, swarm, service, ascending)
}

/** Puts a task into the lowest slots that are free, until there are enough; says which. */
function fillSlots(
  world: World,
  transaction: Transaction,
  service: Service,
  runnable: readonly RunnableSlot[],
  wanted: number,
): ReadonlySet<number> {
  const used = new Set(runnable.map(slot => slot.number))
  const filled = new Set<number>()
  for (let number = 1; used.size + filled.size < wanted; number++) {
    if (used.has(number)) continue
    filled.add(number)
    createTask(world, transaction, service, { kind: 'slot', number }, 'running')
  }
  return filled
}

/** The tasks of slots that count no more go at once, whatever their containers still do. */
function removeDead(transaction: Transaction, dead: readonly RunnableSlot[]): void {
  for (const slot of dead) {
    for (const task of slot.tasks) transaction.removeTask(task.id)
  }
}

function compareByPlace(one: Task, other: Task): number {
  if (one.serviceId !== other.serviceId) return one.serviceId < other.serviceId ? -1 : 1
  return one.slot - other.slot || one.createdAt - other.createdAt
}
