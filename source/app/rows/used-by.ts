import { isTerminal } from '../../rules/task-state.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import type { Network } from '../../swarm/network.ts'
import type { Service } from '../../swarm/service.ts'
import { keepBy } from './keep-by.ts'

/** The names of the services whose tasks are attached to a network, in their usual order. */
export function usersOfNetwork({ id, name, isIngress }: Network, cluster: Cluster): readonly string[] {
  if (isIngress) return publishingServices(cluster)
  const users = usersByNetwork(cluster)
  return distinct([...(users.get(id) ?? []), ...(users.get(name) ?? [])])
}

export const usersOfSecret = (id: string, cluster: Cluster): readonly string[] => usersBySecret(cluster).get(id) ?? NONE

export const usersOfConfig = (id: string, cluster: Cluster): readonly string[] => usersByConfig(cluster).get(id) ?? NONE

/** The services that mount a volume in a task on the node whose engine answers: elsewhere the name is another volume's. */
export const usersOfVolume = (name: string, cluster: Cluster): readonly string[] =>
  usersByVolume(cluster).get(name) ?? NONE

const NONE: readonly string[] = []

const publishingServices = keepBy((cluster: Cluster) =>
  cluster.services
    .filter(({ service }) => service.ports.some(({ mode }) => mode === 'ingress'))
    .map(({ service }) => service.name),
)

const usersByNetwork = keepUsers(({ networks }) => networks)
const usersBySecret = keepUsers(({ secrets }) => secrets.map(({ id }) => id))
const usersByConfig = keepUsers(({ configs }) => configs.map(({ id }) => id))

const usersByVolume = keepBy((cluster: Cluster) => {
  const self = cluster.nodeById.get(cluster.snapshot.self.nodeId)
  const here = new Set(self?.tasks.filter(({ state }) => !isTerminal(state)).map(({ serviceId }) => serviceId))
  return groupUsers(cluster, ({ id, mounts }) =>
    here.has(id) ? mounts.filter(({ type }) => type === 'volume').map(({ source }) => source) : [],
  )
})

type Users = ReadonlyMap<string, readonly string[]>

function keepUsers(usesOf: (service: Service) => readonly string[]): (cluster: Cluster) => Users {
  return keepBy((cluster: Cluster) => groupUsers(cluster, usesOf))
}

function groupUsers(cluster: Cluster, usesOf: (service: Service) => readonly string[]): Users {
  const users = new Map<string, string[]>()
  for (const { service } of cluster.services) {
    for (const used of distinct(usesOf(service))) {
      users.set(used, [...(users.get(used) ?? []), service.name])
    }
  }
  return users
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)]
