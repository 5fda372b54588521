import { type Change, transact } from '../world/store.ts'
import type { AllocatorMemory, Swarm } from '../world/swarm.ts'
import { isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { attachNode, attachTask, release } from './attachments.ts'
import { allocateEndpoint, isEndpointReady, releaseAddresses } from './endpoint.ts'
import { readMemory } from './memory.ts'
import { newNetworkState } from './network-state.ts'

/*
 * Gives subnets to networks, addresses and port numbers to services, addresses to tasks and nodes, and lets tasks that
 * have what they need go on to the scheduler.
 *
 * Source: moby/swarmkit manager/allocator/{allocator,network,portallocator}.go
 * Leaves out: retrying every five minutes; whatever is freed or made is a reason to retry.
 */

/** Begins anew from the store, as a new leader does, and gives what is wanting. */
export function initialiseAllocator(world: World, swarm: Swarm): void {
  const memory = readMemory(swarm)
  swarm.leader.allocator = memory
  const ids = { services: new Set(Object.keys(swarm.services)), nodes: new Set(Object.keys(swarm.nodes)) }
  supply(world, swarm, memory, ids)
}

export function allocate(world: World, swarm: Swarm, changes: readonly Change[]): void {
  if (swarm.leader.allocator === null) {
    initialiseAllocator(world, swarm)
    return
  }
  const memory = swarm.leader.allocator
  const services = new Set<string>()
  const nodes = new Set<string>()
  let isConcerned = false

  for (const { of, before, after } of changes) {
    switch (of) {
      case 'network':
        isConcerned = true
        if (after === null && before !== null) forget(swarm, memory, before.id, nodes)
        break
      case 'service':
        isConcerned = true
        if (after !== null) services.add(after.id)
        else if (before !== null) releaseAddresses(swarm, memory, before.virtualIps)
        break
      case 'node':
        if (after === null && before !== null) release(swarm, memory, before.attachments ?? [])
        else if (after !== null && needsVisit(before, after)) {
          isConcerned = true
          nodes.add(after.id)
        }
        break
      case 'task':
        if (noteTask(swarm, memory, before, after, nodes)) isConcerned = true
        break
      default:
        break
    }
  }
  if (isConcerned) supply(world, swarm, memory, { services, nodes })
}

/** Nodes that were in it leave it. */
function forget(swarm: Swarm, memory: AllocatorMemory, networkId: string, nodes: Set<string>): void {
  delete memory.books[networkId]
  for (const { id, attachments = [] } of Object.values(swarm.nodes)) {
    if (attachments.some(attachment => attachment.networkId === networkId)) nodes.add(id)
  }
}

/** A node is looked at when it is new and when a person has changed it. */
function needsVisit(
  before: { readonly spec: unknown } | null,
  after: { readonly spec: unknown; readonly attachments?: unknown },
): boolean {
  return before === null || before.spec !== after.spec || after.attachments === undefined
}

/** Says whether there is anything to do, be it for others that wait. */
function noteTask(
  swarm: Swarm,
  memory: AllocatorMemory,
  before: Task | null,
  after: Task | null,
  nodes: Set<string>,
): boolean {
  if (after !== null && before === null && after.status.state === 'new') {
    memory.waiting[after.id] = true
    return true
  }
  const task = after ?? before
  if (task === null) return false
  if (after === null || isTerminal(after)) delete memory.waiting[task.id]
  if ((task.networks ?? []).length === 0) return false
  const isOver = before !== null && !isTerminal(before) && (after === null || isTerminal(after))
  if (isOver) release(swarm, memory, task.networks ?? [])
  const isPlaced = after !== null && (before?.nodeId !== after.nodeId || before.networks !== after.networks)
  if ((isOver || isPlaced) && task.nodeId !== '') nodes.add(task.nodeId)
  return isOver || isPlaced
}

type Ids = { readonly services: Set<string>; readonly nodes: Set<string> }

function supply(world: World, swarm: Swarm, memory: AllocatorMemory, { services, nodes }: Ids): void {
  transact(world, swarm, transaction => {
    for (const network of Object.values(swarm.networks)) {
      if (network.state !== null) continue
      const state = newNetworkState(swarm, network, memory.lastVxlan + 1)
      if (state === null) continue
      memory.lastVxlan++
      transaction.update('network', network.id, { state })
    }
  })
  transact(world, swarm, transaction => {
    for (const service of concerned(swarm, memory, services)) {
      if (isEndpointReady(swarm, service)) continue
      const endpoint = allocateEndpoint(swarm, memory, service)
      if (endpoint !== null) transaction.updateService(service.id, endpoint)
    }
  })
  transact(world, swarm, transaction => {
    for (const id of nodes) {
      const node = swarm.nodes[id]
      const attachments = node === undefined ? null : attachNode(swarm, memory, node)
      if (attachments !== null) transaction.updateNode(id, { attachments })
    }
  })
  const full = new Set<string>()
  transact(world, swarm, transaction => {
    for (const id in memory.waiting) {
      const task = swarm.tasks[id]
      if (task?.status.state !== 'new') {
        delete memory.waiting[id]
        continue
      }
      const service = swarm.services[task.serviceId]
      if (service !== undefined && !isEndpointReady(swarm, service)) continue
      const networks = attachTask(swarm, memory, task, full)
      if (networks === null) continue
      delete memory.waiting[id]
      const status = { ...task.status, at: world.now, state: 'pending', message: 'pending task scheduling' } as const
      transaction.updateTask(id, { status, ...(networks.length > 0 && { networks }) })
    }
  })
}

/** Those that have changed, and those whose tasks wait. */
function concerned(swarm: Swarm, memory: AllocatorMemory, ids: ReadonlySet<string>) {
  const all = new Set(ids)
  for (const id in memory.waiting) all.add(swarm.tasks[id]?.serviceId ?? '')
  return [...all].map(id => swarm.services[id]).filter(service => service !== undefined)
}
