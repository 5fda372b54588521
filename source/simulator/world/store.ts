import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Cluster, Swarm } from './swarm.ts'
import { slotKey, type Task } from './task.ts'
import type { World } from './world.ts'

/** One write, as those who react to it see it. `before` is null for a creation, `after` for a removal. */
export type Change =
  | { readonly of: 'node'; readonly before: Node | null; readonly after: Node | null }
  | { readonly of: 'service'; readonly before: Service | null; readonly after: Service | null }
  | { readonly of: 'task'; readonly before: Task | null; readonly after: Task | null }
  | { readonly of: 'cluster'; readonly before: Cluster; readonly after: Cluster }

/** What the store adds by itself. */
type Meta = 'version' | 'createdAt' | 'updatedAt'

export type Transaction = {
  readonly createNode: (node: Omit<Node, Meta>) => void
  readonly updateNode: (id: string, fields: Partial<Node>) => void
  readonly createService: (service: Omit<Service, Meta>) => void
  readonly updateService: (id: string, fields: Partial<Service>) => void
  readonly removeService: (id: string) => void
  readonly createTask: (task: Omit<Task, Meta>) => void
  readonly updateTask: (id: string, fields: Partial<Task>) => void
  readonly removeTask: (id: string) => void
}

/**
 * The replicated store: objects are replaced, never changed, and each write is noted for those who react. Objects
 * written together share the index that was current before; the transaction then advances it.
 *
 * Source: moby/swarmkit manager/state/store/memory.go (touchMeta), manager/state/raft/raft.go (GetVersion)
 * Leaves out for now: proposing to the raft, hence every refusal and wait that comes of it.
 */
export function transact(world: World, write: (transaction: Transaction) => void): void {
  const { swarm } = world
  const count = world.changes.length
  const born = { version: swarm.index, createdAt: world.now, updatedAt: world.now }
  const touched = { version: swarm.index, updatedAt: world.now }

  write({
    createNode: fields => {
      const after = { ...fields, ...born }
      swarm.nodes[after.id] = after
      world.changes.push({ of: 'node', before: null, after })
    },
    updateNode: (id, fields) => {
      const before = swarm.nodes[id]
      if (before === undefined) return
      const after = { ...before, ...fields, ...touched }
      swarm.nodes[id] = after
      world.changes.push({ of: 'node', before, after })
    },
    createService: fields => {
      const after = { ...fields, ...born }
      swarm.services[after.id] = after
      world.changes.push({ of: 'service', before: null, after })
    },
    updateService: (id, fields) => {
      const before = swarm.services[id]
      if (before === undefined) return
      const after = { ...before, ...fields, ...touched }
      swarm.services[id] = after
      world.changes.push({ of: 'service', before, after })
    },
    removeService: id => {
      const before = swarm.services[id]
      if (before === undefined) return
      delete swarm.services[id]
      world.changes.push({ of: 'service', before, after: null })
    },
    createTask: fields => {
      const after = { ...fields, ...born }
      swarm.tasks[after.id] = after
      index(swarm, after)
      world.changes.push({ of: 'task', before: null, after })
    },
    updateTask: (id, fields) => {
      const before = swarm.tasks[id]
      if (before === undefined) return
      const after = { ...before, ...fields, ...touched }
      swarm.tasks[id] = after
      if (before.nodeId !== after.nodeId) {
        leave(swarm.tasksByNode, before.nodeId, id)
        enter(swarm.tasksByNode, after.nodeId, id)
      }
      world.changes.push({ of: 'task', before, after })
    },
    removeTask: id => {
      const before = swarm.tasks[id]
      if (before === undefined) return
      delete swarm.tasks[id]
      unindex(swarm, before)
      world.changes.push({ of: 'task', before, after: null })
    },
  })

  if (world.changes.length > count) swarm.index++
}

export function tasksOfService(swarm: Swarm, serviceId: string): Task[] {
  return pick(swarm, swarm.tasksByService[serviceId])
}

export function tasksOfNode(swarm: Swarm, nodeId: string): Task[] {
  return pick(swarm, swarm.tasksByNode[nodeId])
}

/** The whole history of a slot, current task included. */
export function tasksOfSlot(swarm: Swarm, slot: string): Task[] {
  return pick(swarm, swarm.tasksBySlot[slot])
}

function pick(swarm: Swarm, ids: Record<string, true> | undefined): Task[] {
  const tasks: Task[] = []
  for (const id in ids) {
    const task = swarm.tasks[id]
    if (task !== undefined) tasks.push(task)
  }
  return tasks
}

function index(swarm: Swarm, task: Task): void {
  enter(swarm.tasksByService, task.serviceId, task.id)
  enter(swarm.tasksBySlot, slotKey(task), task.id)
  if (task.nodeId !== '') enter(swarm.tasksByNode, task.nodeId, task.id)
}

function unindex(swarm: Swarm, task: Task): void {
  leave(swarm.tasksByService, task.serviceId, task.id)
  leave(swarm.tasksBySlot, slotKey(task), task.id)
  if (task.nodeId !== '') leave(swarm.tasksByNode, task.nodeId, task.id)
}

function enter(lists: Record<string, Record<string, true>>, key: string, id: string): void {
  const list = lists[key] ?? {}
  lists[key] = list
  list[id] = true
}

function leave(lists: Record<string, Record<string, true>>, key: string, id: string): void {
  const list = lists[key]
  if (list === undefined) return
  delete list[id]
  for (const _ in list) return
  delete lists[key]
}
