import { compareNaturally } from '../rules/natural-order.ts'
import { assessQuorum } from './assess-quorum.ts'
import type { Cluster, ClusterNode, ClusterService } from './cluster.ts'
import { findTroubles, verdictOf } from './find-troubles.ts'
import { joinNodes } from './join-nodes.ts'
import { joinService } from './join-service.ts'
import type { Places } from './join-slot.ts'
import { isJob } from './service-mode.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Joins a snapshot up: who runs what, how many of how many, and what is wrong. Linear in the number of tasks.
 * `zoneLabel`: the node label that says where a node stands; `''`: the usual ones are tried.
 */
export function joinCluster(snapshot: Snapshot, { zoneLabel = '' }: { readonly zoneLabel?: string } = {}): Cluster {
  const nodes = joinNodes(snapshot)
  const nodeById = new Map(nodes.map(node => [node.node.id, node]))
  const services = joinServices(snapshot, placesAmong(nodes, nodeById))
  const quorum = assessQuorum(nodes, zoneLabel)
  const troubles = findTroubles({ nodes, services, quorum, nodeById })
  const lasting = services.filter(({ service }) => !isJob(service))
  return {
    snapshot,
    nodes,
    services,
    quorum,
    troubles,
    verdict: verdictOf(troubles),
    nodeById,
    serviceById: new Map(services.map(service => [service.service.id, service])),
    running: sum(lasting.map(({ running }) => running)),
    desired: sum(lasting.map(({ desired }) => desired)),
  }
}

function joinServices(snapshot: Snapshot, places: Places): readonly ClusterService[] {
  const tasksByService = Map.groupBy(snapshot.tasks, task => task.serviceId)
  return snapshot.services
    .map(service => joinService(service, tasksByService.get(service.id) ?? [], places))
    .toSorted((a, b) => compareNaturally(a.service.name, b.service.name))
}

/** The API does not tell since when a node is down; it has been so at least since it was last written. */
const placesAmong = (nodes: readonly ClusterNode[], nodeById: ReadonlyMap<string, ClusterNode>): Places => ({
  nodes,
  downSince: nodeId => {
    const node = nodeById.get(nodeId)?.node
    if (node === undefined) return 0
    return node.state === 'down' ? node.updatedAt : null
  },
})

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
