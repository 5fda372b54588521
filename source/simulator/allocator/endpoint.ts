import { isSameSpec } from '../orchestrator/is-same-spec.ts'
import type { Service } from '../world/service.ts'
import type { AllocatorMemory, Swarm } from '../world/swarm.ts'
import { giveAddressBack, takeAddress } from './address-book.ts'
import { bookOf } from './memory.ts'
import { numberPorts } from './ports.ts'
import { wantedNetworks } from './wanted-networks.ts'

export type Endpoint = Pick<Service, 'ports' | 'virtualIps'>

/**
 * Has a service what it needs from the allocator: numbers for its ports, and an address in each of its networks unless
 * clients are to find its tasks by name? Its tasks wait until it has.
 */
export function isEndpointReady(swarm: Swarm, service: Service): boolean {
  const ports = service.spec.EndpointSpec?.Ports ?? []
  const wanted = addressedNetworks(swarm, service)
  return (
    ports.length === service.ports.length &&
    ports.every((port, index) =>
      isSameSpec({ ...service.ports[index], PublishedPort: 0 }, { ...port, PublishedPort: 0 }),
    ) &&
    ports.every(
      ({ PublishedPort = 0 }, index) => PublishedPort === 0 || service.ports[index]?.PublishedPort === PublishedPort,
    ) &&
    wanted.length === service.virtualIps.length &&
    wanted.every(id => service.virtualIps.some(({ networkId }) => networkId === id))
  )
}

/** What is to be written to the service, or null when that cannot be had now. Addresses of networks it left are freed. */
export function allocateEndpoint(swarm: Swarm, memory: AllocatorMemory, service: Service): Endpoint | null {
  const wanted = addressedNetworks(swarm, service)
  const ports = numberPorts(swarm, service)
  if (ports === null || wanted.some(id => swarm.networks[id]?.state === null)) return null
  const kept = service.virtualIps.filter(({ networkId }) => wanted.includes(networkId))
  const added: { networkId: string; address: string }[] = []
  for (const networkId of wanted) {
    const network = swarm.networks[networkId]
    if (network === undefined || kept.some(vip => vip.networkId === networkId)) continue
    const address = takeAddress(bookOf(memory, networkId), network)
    if (address === null) {
      releaseAddresses(swarm, memory, added)
      return null
    }
    added.push({ networkId, address })
  }
  releaseAddresses(
    swarm,
    memory,
    service.virtualIps.filter(vip => !kept.includes(vip)),
  )
  return { ports, virtualIps: [...kept, ...added] }
}

export function releaseAddresses(swarm: Swarm, memory: AllocatorMemory, virtualIps: Service['virtualIps']): void {
  for (const { networkId, address } of virtualIps) {
    const network = swarm.networks[networkId]
    if (network !== undefined) giveAddressBack(bookOf(memory, networkId), network, address)
  }
}

function addressedNetworks(swarm: Swarm, service: Service): readonly string[] {
  if (service.spec.EndpointSpec?.Mode === 'dnsrr') return []
  const networks = wantedNetworks(swarm, service, service.spec.TaskTemplate ?? {})
  return [...new Set(networks.filter(({ isPredefined }) => !isPredefined).map(({ id }) => id))]
}
