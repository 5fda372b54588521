import { holdsResources, isLive } from '../rules/task-state.ts'
import type { ClusterNode } from '../swarm/cluster.ts'
import type { Service } from '../swarm/service.ts'

/**
 * How many more tasks of a service these nodes take, all of which take one at least; infinity where nothing limits it.
 * Reckoned for this service alone, by what it reserves, its limit a node and its ports of the host.
 * Source: moby/swarmkit manager/scheduler/filter.go
 */
export function countRoom(service: Service, nodes: readonly ClusterNode[]): number {
  return nodes.reduce((sum, node) => sum + roomOn(node, service), 0)
}

function roomOn({ node, reserved, tasks }: ClusterNode, service: Service): number {
  const { reservation, maxReplicasPerNode, ports, id } = service
  const own = tasks.filter(
    ({ serviceId, state, desired }) => serviceId === id && holdsResources(state) && isLive(desired),
  )
  return Math.min(
    timesIn(node.capacity.nanoCpus - reserved.nanoCpus, reservation.nanoCpus),
    timesIn(node.capacity.memoryBytes - reserved.memoryBytes, reservation.memoryBytes),
    maxReplicasPerNode === 0 ? Number.POSITIVE_INFINITY : maxReplicasPerNode - own.length,
    ports.some(({ mode, published }) => mode === 'host' && published > 0) ? 1 : Number.POSITIVE_INFINITY,
  )
}

const timesIn = (free: number, wanted: number): number =>
  wanted === 0 ? Number.POSITIVE_INFINITY : Math.floor(free / wanted)
