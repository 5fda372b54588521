import { counted } from '../rules/counted.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { stackOf } from '../swarm/stack.ts'
import { danger, guess, info, warning } from './consequence.ts'
import type { Consequence, OperationOf } from './operation.ts'
import { named } from './phrases.ts'
import { demoteConsequences } from './role-consequences.ts'

/**
 * What a node that is removed does not hear. Where its tasks go instead is the plan's.
 * Source: moby/swarmkit manager/controlapi/node.go (RemoveNode, orphanNodeTasks)
 */
export function removeNodeConsequences(
  { isForced }: OperationOf<'remove-node'>,
  entry: ClusterNode,
  cluster: Cluster,
): readonly Consequence[] {
  const { node, name } = entry
  const isMember = cluster.quorum.members.some(({ nodeId }) => nodeId === node.id)
  return [
    danger(`${name} goes out of the swarm for good: to come back it has to leave and join anew`),
    ...(isForced && node.state === 'ready'
      ? [danger(`${name} is Ready: docker swarm leave on it comes first; forced out, it does not hear of it`)]
      : []),
    ...(isMember ? [info(`${name} is demoted first`), ...demoteConsequences(entry, cluster)] : []),
    ...explainLabels(entry),
  ]
}

function explainLabels({ node, name }: ClusterNode): readonly Consequence[] {
  const labels = Object.keys(node.labels)
  return labels.length === 0 ? [] : [warning(`the labels of ${name} go with it: ${named(labels)}`)]
}

export function removeServiceConsequences(entry: ClusterService): readonly Consequence[] {
  const { service } = entry
  return [
    danger(`${service.name} is gone for good, with its settings: nothing can be rolled back`),
    ...explainTasks([entry]),
    ...explainPorts([entry]),
    ...(stackOf(service) === '' ? [] : [info(`the rest of its stack ${stackOf(service)} stays`)]),
    ...explainVolumes([entry]),
  ]
}

/** What bears the stack's label; what is in use elsewhere the engine refuses to remove, and that is told. */
export function removeStackConsequences(
  { stack, name }: OperationOf<'remove-stack'>,
  cluster: Cluster,
): readonly Consequence[] {
  const services = cluster.services.filter(({ service }) => stackOf(service) === stack)
  return [
    danger(`all of the stack ${name} is gone for good: its services, secrets, configs and networks`),
    info(
      `${counted(services.length, 'service')} removed: ${named(services.map(({ service }) => service.name)) || 'none'}`,
    ),
    ...explainTasks(services),
    ...explainPorts(services),
    ...explainVolumes(services),
  ]
}

function explainTasks(services: readonly ClusterService[]): readonly Consequence[] {
  const running = services.reduce((sum, { running }) => sum + running, 0)
  return [guess(running === 0 ? info('no task of it runs') : danger(`${counted(running, 'running task')} stopped`))]
}

function explainPorts(services: readonly ClusterService[]): readonly Consequence[] {
  const ports = services.flatMap(({ service }) => service.ports).filter(({ published }) => published > 0)
  if (ports.length === 0) return []
  return [info(`nothing answers any more at ${named(ports.map(({ published }) => `:${published}`))}`)]
}

function explainVolumes(services: readonly ClusterService[]): readonly Consequence[] {
  const volumes = services
    .flatMap(({ service }) => service.mounts)
    .filter(({ type, source }) => type === 'volume' && source !== '')
  if (volumes.length === 0) return []
  return [info(`volumes stay on their nodes: ${named(volumes.map(({ source }) => source))}`)]
}
