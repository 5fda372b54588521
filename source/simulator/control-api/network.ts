import type { Ipam, Network } from '../world/network.ts'
import { drawId } from '../world/random.ts'
import { isIngress } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'
import { checkName } from './validate-service.ts'

/* Source: moby/swarmkit manager/controlapi/network.go, moby/moby libnetwork/cnmallocator/drivers_*.go */

const PREDEFINED_LABEL = 'com.docker.swarm.predefined'

export type NetworkSpec = Pick<
  Network,
  'name' | 'labels' | 'driver' | 'driverOptions' | 'isIngress' | 'isInternal' | 'isAttachable' | 'isIpv6'
> & { readonly ipam: Ipam | null }

/** Creates a network of the swarm and says its ID. Its subnet comes later, from the allocator. */
export function createNetwork(world: World, swarm: Swarm, spec: NetworkSpec): Answer<string> {
  const problem = checkSpec(spec)
  if (problem !== null) return refusedBySwarm('InvalidArgument', problem)
  if (Object.hasOwn(spec.labels, PREDEFINED_LABEL)) {
    const reason = 'is for internally created predefined networks and cannot be applied by users'
    return refusedBySwarm('PermissionDenied', `label ${PREDEFINED_LABEL} ${reason}`)
  }
  const ingress = Object.values(swarm.networks).find(network => network.isIngress)
  if (spec.isIngress && ingress !== undefined) {
    return refusedBySwarm('AlreadyExists', `ingress network (${ingress.id}) is already present`)
  }
  if (Object.values(swarm.networks).some(({ name }) => name.toLowerCase() === spec.name.toLowerCase())) {
    return refusedBySwarm('Unknown', 'name conflicts with an existing object')
  }
  const id = drawId(world.random)
  transact(world, swarm, transaction =>
    transaction.create('network', { ...spec, id, isPredefined: false, state: null }),
  )
  if (spec.isIngress) transact(world, swarm, transaction => transaction.updateCluster({ ingressNetworkId: id }))
  return granted(id)
}

/** One that a service or a task is in stays. */
export function removeNetwork(world: World, swarm: Swarm, network: Network): Answer<null> {
  const problem = network.isIngress ? findIngressUser(swarm) : findUser(swarm, network)
  if (network.isPredefined) {
    const text = `network ${network.id} (${network.name}) is a swarm predefined network and cannot be removed`
    return refusedBySwarm('FailedPrecondition', text)
  }
  if (problem !== null) return refusedBySwarm('FailedPrecondition', problem)
  transact(world, swarm, transaction => transaction.remove('network', network.id))
  return granted(null)
}

function findIngressUser(swarm: Swarm): string | null {
  const user = Object.values(swarm.services).find(({ spec }) => (spec.EndpointSpec?.Ports ?? []).some(isIngress))
  return user === undefined ? null : `ingress network cannot be removed because service ${user.id} depends on it`
}

function findUser(swarm: Swarm, { id }: Network): string | null {
  const service = Object.values(swarm.services).find(({ spec }) =>
    (spec.TaskTemplate?.Networks ?? []).some(({ Target }) => Target === id),
  )
  if (service !== undefined) return `network ${id} is in use by service ${service.id}`
  const task = Object.values(swarm.tasks).find(
    one => isLive(one) && !isTerminal(one) && (one.spec.Networks ?? []).some(({ Target }) => Target === id),
  )
  return task === undefined ? null : `network ${id} is in use by task ${task.id}`
}

function checkSpec(spec: NetworkSpec): string | null {
  if (spec.isAttachable && spec.isIngress) return 'ingress network cannot be attachable'
  if (spec.name === '') return 'meta: name must be provided'
  return checkName(spec.name)
}
