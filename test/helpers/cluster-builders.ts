import type { ApiReading } from '../../source/api/info.ts'
import type { Cluster, ClusterNode, ClusterService } from '../../source/swarm/cluster.ts'
import { joinCluster } from '../../source/swarm/join-cluster.ts'
import { readSnapshot } from '../../source/swarm/read-snapshot.ts'
import { apiManager, apiNode, apiReading, apiService, apiTasks } from './api-builders.ts'

/** The cluster that these wire objects make: `clusterOf({nodes: […], services: […], tasks: […]})`. */
export const clusterOf = (words: Partial<ApiReading> = {}): Cluster => joinCluster(readSnapshot(apiReading(words)))

/** Five nodes, three of them managers, all well: m1 leads, m2, m3, w1, w2; service api has three replicas that run. */
export const wellReading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true, address: '10.0.0.1' }),
    apiManager('m2', { address: '10.0.0.2' }),
    apiManager('m3', { address: '10.0.0.3' }),
    apiNode({ name: 'w1', address: '10.0.0.4' }),
    apiNode({ name: 'w2', address: '10.0.0.5' }),
  ],
  services: [apiService({ name: 'api', replicas: 3, status: [3, 3] })],
  tasks: apiTasks('api', ['m1', 'w1', 'w2']),
}

export function nodeNamed(cluster: Cluster, name: string): ClusterNode {
  return found(
    cluster.nodes.find(node => node.name === name),
    name,
  )
}

export function serviceNamed(cluster: Cluster, name: string): ClusterService {
  return found(
    cluster.services.find(({ service }) => service.name === name),
    name,
  )
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`There is no ${name} in this cluster`)
  return value
}
