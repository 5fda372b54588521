import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Operation } from './operation.ts'
import { quoteForShell } from './quote-for-shell.ts'

/**
 * The same thing for a shell, as one would paste it: `docker node update --availability drain w1`. A node stands with
 * its hostname where that names it and nothing else, otherwise with its ID.
 */
export function dockerCommand(operation: Operation, cluster: Cluster): string {
  switch (operation.kind) {
    case 'drain':
      return `docker node update --availability drain ${nodeWord(operation.nodeId, cluster)}`
    case 'activate':
      return `docker node update --availability active ${nodeWord(operation.nodeId, cluster)}`
    case 'pause':
      return `docker node update --availability pause ${nodeWord(operation.nodeId, cluster)}`
    case 'promote':
      return `docker node promote ${nodeWord(operation.nodeId, cluster)}`
    case 'demote':
      return `docker node demote ${nodeWord(operation.nodeId, cluster)}`
    case 'force-update':
      return `docker service update --force ${serviceWord(operation.serviceId, cluster)}`
    default:
      return assertNever(operation)
  }
}

/** Names of services are unique and of harmless letters in a real swarm; what answers us may be something else. */
function serviceWord(serviceId: string, cluster: Cluster): string {
  return argument(cluster.serviceById.get(serviceId)?.service.name ?? '', serviceId)
}

function nodeWord(nodeId: string, cluster: Cluster): string {
  const hostname = cluster.nodeById.get(nodeId)?.node.hostname ?? ''
  const others = cluster.nodes.filter(({ node }) => node.id !== nodeId)
  const isAmbiguous = others.some(({ node }) => node.hostname === hostname || node.id === hostname)
  return argument(isAmbiguous ? '' : hostname, nodeId)
}

/** A name the CLI would take for an option, or that a person cannot see or type, gives way to the ID. */
function argument(name: string, id: string): string {
  return /^[ -~]+$/.test(name) && !name.startsWith('-') ? quoteForShell(name) : quoteForShell(id)
}
