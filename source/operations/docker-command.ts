import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { maskSetting } from '../swarm/masking.ts'
import type { NodeAvailability } from '../swarm/node.ts'
import type { LabelChange, Operation, OperationOf } from './operation.ts'
import { quoteForShell } from './quote-for-shell.ts'

/**
 * The same thing for a shell, as one would paste it: `docker node update --availability drain w1`. A node stands with
 * its hostname where that names it and nothing else, otherwise with its ID. What a label tells of a secret is left out.
 */
export function dockerCommand(operation: Operation, cluster: Cluster): string {
  switch (operation.kind) {
    case 'drain':
      return availabilityCommand('drain', operation, cluster)
    case 'activate':
      return availabilityCommand('active', operation, cluster)
    case 'pause':
      return availabilityCommand('pause', operation, cluster)
    case 'promote':
      return `docker node promote ${nodeWord(operation.nodeId, cluster)}`
    case 'demote':
      return `docker node demote ${nodeWord(operation.nodeId, cluster)}`
    case 'remove-node':
      return removeNodeCommand(operation, cluster)
    case 'label-node':
      return `docker node update ${labelOptions(operation)}${nodeWord(operation.nodeId, cluster)}`
    case 'force-update':
      return `docker service update --force ${serviceWord(operation.serviceId, cluster)}`
    case 'scale':
      return `docker service scale ${serviceWord(operation.serviceId, cluster)}=${operation.replicas}`
    case 'change-image':
      return `docker service update --no-resolve-image --image ${quoteForShell(operation.image)} ${serviceWord(operation.serviceId, cluster)}`
    case 'roll-back':
      return `docker service rollback ${serviceWord(operation.serviceId, cluster)}`
    case 'resume-update':
      return `docker service update ${serviceWord(operation.serviceId, cluster)}`
    case 'remove-service':
      return `docker service rm ${serviceWord(operation.serviceId, cluster)}`
    case 'label-service':
      return `docker service update ${labelOptions(operation)}${serviceWord(operation.serviceId, cluster)}`
    case 'remove-stack':
      return `docker stack rm ${quoteForShell(operation.stack)}`
    case 'set-history-limit':
      return `docker swarm update --task-history-limit ${operation.limit}`
    default:
      return assertNever(operation)
  }
}

function availabilityCommand(
  availability: NodeAvailability,
  { nodeId, labels }: OperationOf<'drain' | 'activate' | 'pause'>,
  cluster: Cluster,
): string {
  const options = labels === undefined ? '' : labelOptions(labels)
  return `docker node update --availability ${availability} ${options}${nodeWord(nodeId, cluster)}`
}

function removeNodeCommand({ nodeId, isForced }: OperationOf<'remove-node'>, cluster: Cluster): string {
  const word = nodeWord(nodeId, cluster)
  const { role, manager = null } = cluster.nodeById.get(nodeId)?.node ?? {}
  const demotion = role === 'manager' && manager !== null ? `docker node demote ${word} && ` : ''
  return `${demotion}docker node rm ${isForced ? '--force ' : ''}${word}`
}

/** Each with a blank behind it. */
function labelOptions({ set, unset }: LabelChange): string {
  const added = Object.entries(set).map(([name, value]) => ['--label-add', `${name}=${maskSetting(name, value)}`])
  const removed = unset.map(name => ['--label-rm', name])
  return [...added, ...removed].map(([option, word = '']) => `${option} ${quoteForShell(word)} `).join('')
}

/** Names of services are unique and of harmless letters in a real swarm; what answers us may be something else. */
export function serviceWord(serviceId: string, cluster: Cluster): string {
  return argument(cluster.serviceById.get(serviceId)?.service.name ?? '', serviceId)
}

export function nodeWord(nodeId: string, cluster: Cluster): string {
  const hostname = cluster.nodeById.get(nodeId)?.node.hostname ?? ''
  const others = cluster.nodes.filter(({ node }) => node.id !== nodeId)
  const isAmbiguous = others.some(({ node }) => node.hostname === hostname || node.id === hostname)
  return argument(isAmbiguous ? '' : hostname, nodeId)
}

/** A name the CLI would take for an option, or that a person cannot see or type, gives way to the ID. */
function argument(name: string, id: string): string {
  return /^[ -~]+$/.test(name) && !name.startsWith('-') ? quoteForShell(name) : quoteForShell(id)
}
