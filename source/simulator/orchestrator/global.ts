import { matchesConstraints } from '../scheduler/constraints.ts'
import { isInvalid, type Node } from '../world/node.ts'
import { isGlobal, type Service } from '../world/service.ts'
import { type Change, type Transaction, tasksOfNode, tasksOfService, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { isTaskDirty } from './is-task-dirty.ts'
import { createTask } from './new-task.ts'
import { restart } from './restart.ts'
import { type RunnableSlot, readSlots, updatableTasks } from './slot.ts'
import { supervise } from './updater.ts'

/**
 * Keeps one task of each global service on every eligible node. A node here is what a slot is to a replicated service.
 *
 * Source: moby/swarmkit manager/orchestrator/global/global.go
 */
export function orchestrateGlobal(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const services = new Set<string>()
  const nodes = new Set<string>()
  const ended = new Set<string>()

  for (const change of changes) {
    if (change.of === 'service' && change.after !== null && isGlobal(change.after)) services.add(change.after.id)
    else if (change.of === 'node') nodes.add((change.after ?? change.before)?.id ?? '')
    else if (change.of === 'task' && change.after !== null && isMissing(change.after)) ended.add(change.after.id)
  }

  for (const id of services) reconcileGlobal(world, swarm, swarm.services[id])
  for (const id of nodes) reconcileNode(world, swarm, id)
  if (ended.size > 0) replaceEnded(world, swarm, ended)
}

/** A task of a global service that has ended though it is meant to be there. */
function isMissing(task: Task): boolean {
  return task.isBound && task.jobIteration === null && isLive(task) && isTerminal(task)
}

export function reconcileGlobal(world: World, swarm: Swarm, service: Service | undefined): void {
  if (service === undefined || !isGlobal(service)) return
  const { runnable } = readSlots(swarm, service)
  const slotByNode = new Map(runnable.map(slot => [slot.tasks[0]?.nodeId ?? '', slot]))
  const toUpdate: RunnableSlot[] = []

  transact(world, swarm, transaction => {
    for (const task of tasksOfService(swarm, service.id)) {
      if (isInvalid(swarm.nodes[task.nodeId])) shutDown(transaction, [task])
    }
    for (const node of Object.values(swarm.nodes)) {
      if (isInvalid(node)) continue
      const slot = slotByNode.get(node.id)
      if (!meetsConstraints(service, node)) shutDown(transaction, slot?.tasks ?? [])
      else if (node.spec.availability === 'pause') continue
      else if (slot === undefined) createTask(world, transaction, service, { kind: 'node', nodeId: node.id }, 'running')
      else toUpdate.push(slot)
    }
  })
  if (toUpdate.length > 0) supervise(world, swarm, service, toUpdate)
}

function reconcileNode(world: World, swarm: Swarm, nodeId: string): void {
  const node = swarm.nodes[nodeId]
  const services = Object.values(swarm.services).filter(isGlobal)
  if (services.length === 0) return
  transact(world, swarm, transaction => {
    if (node === undefined || isInvalid(node)) {
      const tasks = tasksOfNode(swarm, nodeId).filter(task => isOfGlobal(swarm, task))
      if (node !== undefined) shutDown(transaction, tasks)
      else for (const task of tasks) transaction.removeTask(task.id)
      return
    }
    if (node.spec.availability === 'pause') return
    const tasksByService = Map.groupBy(tasksOfNode(swarm, nodeId), task => task.serviceId)
    for (const service of services) {
      if (!meetsConstraints(service, node)) continue
      fillNode(world, swarm, transaction, service, node, tasksByService.get(service.id) ?? [])
    }
  })
}

/** Not a rolling update: what is outdated is shut down, and the new task starts beside it. */
function fillNode(
  world: World,
  swarm: Swarm,
  transaction: Transaction,
  service: Service,
  node: Node,
  history: readonly Task[],
): void {
  const tasks = updatableTasks(swarm, service, history)
  const [, ...duplicates] = tasks.filter(task => !isTaskDirty(service, task, node))
  const dirty = tasks.filter(task => isTaskDirty(service, task, node))
  if (dirty.length === tasks.length) {
    createTask(world, transaction, service, { kind: 'node', nodeId: node.id }, 'running')
  }
  shutDown(transaction, [...dirty, ...duplicates])
}

/** On a node that may keep it, by the restart policy; elsewhere it is only let go. */
export function replaceEnded(world: World, swarm: Swarm, ids: Iterable<string>): void {
  transact(world, swarm, transaction => {
    for (const id of ids) {
      const task = swarm.tasks[id]
      const node = swarm.nodes[task?.nodeId ?? '']
      const service = swarm.services[task?.serviceId ?? '']
      if (task === undefined || !isLive(task) || service === undefined || node === undefined) continue
      const mayStay = node.spec.availability === 'active' && !isInvalid(node) && meetsConstraints(service, node)
      if (mayStay) restart(world, swarm, transaction, task)
      else shutDown(transaction, [task])
    }
  })
}

function isOfGlobal(swarm: Swarm, task: Task): boolean {
  const service = swarm.services[task.serviceId]
  return service !== undefined && isGlobal(service)
}

function shutDown(transaction: Transaction, tasks: readonly Task[]): void {
  for (const task of tasks) {
    if (isLive(task)) transaction.updateTask(task.id, { desired: 'shutdown' })
  }
}

function meetsConstraints(service: Service, node: Node): boolean {
  return matchesConstraints(service.spec.TaskTemplate?.Placement?.Constraints ?? [], node)
}
