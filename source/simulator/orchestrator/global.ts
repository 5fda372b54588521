import { matchesConstraints } from '../scheduler/constraints.ts'
import { isInvalid, type Node } from '../world/node.ts'
import { isGlobal, type Service } from '../world/service.ts'
import { type Change, type Transaction, tasksOfNode, tasksOfService, tasksOfSlot, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { isTaskDirty } from './is-task-dirty.ts'
import { createTask } from './new-task.ts'
import { restart } from './restart.ts'
import { readSlots, updatableTasks } from './slot.ts'
import { supervise } from './updater.ts'

/**
 * Keeps one task of each global service on every eligible node. A node here is what a slot is to a replicated service.
 *
 * Source: moby/swarmkit manager/orchestrator/global/global.go
 * Leaves out for now: nodes that are deleted, what a new leader does when it starts.
 */
export function orchestrateGlobal(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const services = new Set<string>()
  const nodes = new Set<string>()
  const ended = new Set<string>()

  for (const change of changes) {
    if (change.of === 'service' && change.after !== null && isGlobal(change.after)) services.add(change.after.id)
    if (change.of === 'node' && change.after !== null) nodes.add(change.after.id)
    if (change.of === 'task' && change.after !== null && change.after.slot === 0 && isTerminal(change.after)) {
      if (isLive(change.after)) ended.add(change.after.id)
    }
  }

  for (const id of services) {
    const service = swarm.services[id]
    if (service !== undefined) reconcileService(world, swarm, service)
  }
  for (const id of nodes) {
    const node = swarm.nodes[id]
    if (node !== undefined) transact(world, swarm, transaction => reconcileNode(world, swarm, transaction, node))
  }
  transact(world, swarm, transaction => {
    for (const id of ended) replaceEnded(world, swarm, transaction, swarm.tasks[id])
  })
}

function reconcileService(world: World, swarm: Swarm, service: Service): void {
  const { runnable } = readSlots(swarm, service)
  const slotByNode = new Map(runnable.map(slot => [slot.tasks[0]?.nodeId ?? '', slot]))
  const toUpdate: (typeof runnable)[number][] = []

  transact(world, swarm, transaction => {
    for (const task of tasksOfService(swarm, service.id)) {
      if (isInvalid(swarm.nodes[task.nodeId])) shutDown(transaction, [task])
    }
    for (const node of Object.values(swarm.nodes)) {
      if (isInvalid(node)) continue
      const slot = slotByNode.get(node.id)
      if (!meetsConstraints(service, node)) shutDown(transaction, slot?.tasks ?? [])
      else if (node.spec.availability === 'pause') continue
      else if (slot === undefined) createTask(world, transaction, service, { slot: 0, nodeId: node.id }, 'running')
      else toUpdate.push(slot)
    }
  })
  supervise(world, swarm, service, toUpdate)
}

function reconcileNode(world: World, swarm: Swarm, transaction: Transaction, node: Node): void {
  if (isInvalid(node)) {
    shutDown(
      transaction,
      tasksOfNode(swarm, node.id).filter(task => task.slot === 0),
    )
    return
  }
  if (node.spec.availability === 'pause') return
  for (const service of Object.values(swarm.services)) {
    if (isGlobal(service) && meetsConstraints(service, node)) fillNode(world, swarm, transaction, service, node)
  }
}

/** Not a rolling update: what is outdated is shut down, and the new task starts beside it. */
function fillNode(world: World, swarm: Swarm, transaction: Transaction, service: Service, node: Node): void {
  const tasks = updatableTasks(swarm, service, tasksOfSlot(swarm, `${service.id}.${node.id}`))
  const [, ...duplicates] = tasks.filter(task => !isTaskDirty(service, task, node))
  const dirty = tasks.filter(task => isTaskDirty(service, task, node))
  shutDown(transaction, [...dirty, ...duplicates])
  if (dirty.length === tasks.length) {
    createTask(world, transaction, service, { slot: 0, nodeId: node.id }, 'running')
  }
}

function replaceEnded(world: World, swarm: Swarm, transaction: Transaction, task: Task | undefined): void {
  if (task === undefined || !isLive(task)) return
  const node = swarm.nodes[task.nodeId]
  const service = swarm.services[task.serviceId]
  const mayStay =
    node?.spec.availability === 'active' && service !== undefined && !isInvalid(node) && meetsConstraints(service, node)
  if (mayStay) restart(world, swarm, transaction, task)
  else shutDown(transaction, [task])
}

function shutDown(transaction: Transaction, tasks: readonly Task[]): void {
  for (const task of tasks) {
    if (isLive(task)) transaction.updateTask(task.id, { desired: 'shutdown' })
  }
}

function meetsConstraints(service: Service, node: Node): boolean {
  return matchesConstraints(service.spec.TaskTemplate?.Placement?.Constraints ?? [], node)
}
