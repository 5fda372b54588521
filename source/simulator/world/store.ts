import type { Config, Network, Secret } from './network.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Cluster, Swarm } from './swarm.ts'
import { slotKey, type Task } from './task.ts'
import type { ClusterVolume } from './volume.ts'
import type { World } from './world.ts'

/** What the store holds, by the name that changes carry. */
export type Stored = {
  readonly node: Node
  readonly service: Service
  readonly task: Task
  readonly network: Network
  readonly secret: Secret
  readonly config: Config
  readonly volume: ClusterVolume
}
export type Kind = keyof Stored

/** One write, as those who react to it see it. `before` is null for a creation, `after` for a removal. */
export type Change =
  | { [K in Kind]: { readonly of: K; readonly before: Stored[K] | null; readonly after: Stored[K] | null } }[Kind]
  | { readonly of: 'cluster'; readonly before: Cluster; readonly after: Cluster }

/** What the store adds by itself. */
type Meta = 'version' | 'createdAt' | 'updatedAt'

/** Writes that become true together. What is not there is not updated and not removed, without a word. */
export type Transaction = {
  readonly create: <K extends Kind>(kind: K, object: Omit<Stored[K], Meta>) => void
  readonly update: <K extends Kind>(kind: K, id: string, fields: Partial<Stored[K]>) => void
  readonly remove: (kind: Kind, id: string) => void
  readonly updateCluster: (fields: Partial<Cluster>) => void
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
 * written together share the index that was current before; the transaction then advances it. Only a leader with a
 * majority gets here: whoever asks without one is made to wait before (`raft/`).
 *
 * Source: moby/swarmkit manager/state/store/memory.go (touchMeta), manager/state/raft/raft.go (GetVersion)
 */
export function transact(world: World, swarm: Swarm, write: (transaction: Transaction) => void): void {
  const count = swarm.changes.length
  const born = { version: swarm.index, createdAt: world.now, updatedAt: world.now }
  const touched = { version: swarm.index, updatedAt: world.now }

  const create = <K extends Kind>(kind: K, fields: Omit<Stored[K], Meta>) => {
    const after = { ...fields, ...born } as unknown as Stored[K]
    shelf(swarm, kind)[after.id] = after
    if (kind === 'task') index(swarm, after as Task)
    note(swarm, kind, null, after)
  }
  const update = <K extends Kind>(kind: K, id: string, fields: Partial<Stored[K]>) => {
    const objects = shelf(swarm, kind)
    const before = objects[id]
    if (before === undefined) return
    const after = { ...before, ...fields, ...touched }
    objects[id] = after
    if (kind === 'task') reindex(swarm, before as Task, after as Task)
    note(swarm, kind, before, after)
  }
  const remove = (kind: Kind, id: string) => {
    const objects = shelf(swarm, kind)
    const before = objects[id]
    if (before === undefined) return
    delete objects[id]
    if (kind === 'task') unindex(swarm, before as Task)
    note(swarm, kind, before, null)
  }

  write({
    create,
    update,
    remove,
    updateCluster: fields => {
      const before = swarm.cluster
      swarm.cluster = { ...before, ...fields, ...touched }
      swarm.changes.push({ of: 'cluster', before, after: swarm.cluster })
    },
    createNode: node => create('node', node),
    updateNode: (id, fields) => update('node', id, fields),
    createService: service => create('service', service),
    updateService: (id, fields) => update('service', id, fields),
    removeService: id => remove('service', id),
    createTask: task => create('task', task),
    updateTask: (id, fields) => update('task', id, fields),
    removeTask: id => remove('task', id),
  })

  if (swarm.changes.length > count) swarm.index++
}

function shelf<K extends Kind>(swarm: Swarm, kind: K): Record<string, Stored[K]> {
  const shelves: { readonly [S in Kind]: Record<string, Stored[S]> } = {
    node: swarm.nodes,
    service: swarm.services,
    task: swarm.tasks,
    network: swarm.networks,
    secret: swarm.secrets,
    config: swarm.configs,
    volume: swarm.volumes,
  }
  return shelves[kind] as Record<string, Stored[K]>
}

function note<K extends Kind>(swarm: Swarm, of: K, before: Stored[K] | null, after: Stored[K] | null): void {
  swarm.changes.push({ of, before, after } as unknown as Change)
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

function reindex(swarm: Swarm, before: Task, after: Task): void {
  if (before.nodeId === after.nodeId) return
  leave(swarm.tasksByNode, before.nodeId, after.id)
  enter(swarm.tasksByNode, after.nodeId, after.id)
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
