import { compareNaturally } from '../rules/natural-order.ts'
import { holdsResources, isLive } from '../rules/task-state.ts'
import type { ClusterNode } from './cluster.ts'
import { nameNodes } from './name-nodes.ts'
import type { Node, Resources } from './node.ts'
import type { Snapshot } from './snapshot.ts'
import type { Task } from './task.ts'

/** The nodes in `docker node ls` order, each with its tasks in `docker node ps` order. */
export function joinNodes(snapshot: Snapshot): readonly ClusterNode[] {
  const names = nameNodes(snapshot.nodes)
  const tasksByNode = Map.groupBy(snapshot.tasks, task => task.nodeId)
  const serviceNames = new Map(snapshot.services.map(service => [service.id, service.name]))
  const order = byNameThenNewest(serviceNames)
  return snapshot.nodes
    .map(node =>
      joinNode(node, names.get(node.id) ?? node.id, tasksByNode.get(node.id)?.toSorted(order) ?? [], snapshot),
    )
    .toSorted((a, b) => compareNaturally(a.node.hostname, b.node.hostname))
}

function joinNode(node: Node, name: string, tasks: readonly Task[], snapshot: Snapshot): ClusterNode {
  const reserved = reservedBy(tasks)
  return {
    node,
    name,
    isSelf: node.id === snapshot.self.nodeId,
    tasks,
    running: tasks.filter(task => task.state === 'running' && isLive(task.desired)).length,
    reserved,
    reservedShare: shareOf(reserved, node.capacity),
  }
}

/** On one node the tasks of a global service, which have no slot, all bear one name. */
const byNameThenNewest = (serviceNames: ReadonlyMap<string, string>) => (a: Task, b: Task) =>
  (a.serviceId === b.serviceId ? 0 : compareNaturally(nameIn(serviceNames, a), nameIn(serviceNames, b))) ||
  a.slot - b.slot ||
  b.createdAt - a.createdAt

const nameIn = (serviceNames: ReadonlyMap<string, string>, task: Task) =>
  `${serviceNames.get(task.serviceId) || task.serviceId}.`

/**
 * What the scheduler takes for used: the reservations of tasks that have a node and have not ended, those told to stop
 * among them. Source: moby/swarmkit manager/scheduler/nodeinfo.go.
 */
function reservedBy(tasks: readonly Task[]): Resources {
  let nanoCpus = 0
  let memoryBytes = 0
  for (const { state, reservation } of tasks) {
    if (!holdsResources(state)) continue
    nanoCpus += reservation.nanoCpus
    memoryBytes += reservation.memoryBytes
  }
  return { nanoCpus, memoryBytes }
}

function shareOf(reserved: Resources, capacity: Resources): number | null {
  const shares = [
    capacity.nanoCpus > 0 ? reserved.nanoCpus / capacity.nanoCpus : 0,
    capacity.memoryBytes > 0 ? reserved.memoryBytes / capacity.memoryBytes : 0,
  ]
  return capacity.nanoCpus > 0 || capacity.memoryBytes > 0 ? Math.max(...shares) : null
}
