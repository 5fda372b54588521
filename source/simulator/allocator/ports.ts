import type { ApiPort } from '../../api/service.ts'
import { isIngress, type Service } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'

const FIRST_DYNAMIC = 30_000
const LAST_DYNAMIC = 32_767
const HIGHEST = 65_535

/**
 * The service's ports with their numbers: the one asked for, the one this port of the service had, else the lowest one
 * that is free. Null when there is none to give.
 *
 * Source: moby/swarmkit manager/allocator/portallocator.go
 */
export function numberPorts(swarm: Swarm, service: Service): readonly ApiPort[] | null {
  const ports: ApiPort[] = []
  const taken = new Set<string>()
  for (const port of service.spec.EndpointSpec?.Ports ?? []) {
    const number = isIngress(port) ? chooseNumber(swarm, service, port, taken) : (port.PublishedPort ?? 0)
    if (number === null) return null
    if (isIngress(port)) taken.add(keyOf(port, number))
    ports.push(number === 0 ? port : { ...port, PublishedPort: number })
  }
  return ports
}

function chooseNumber(swarm: Swarm, service: Service, port: ApiPort, taken: ReadonlySet<string>): number | null {
  const asked = port.PublishedPort ?? 0
  if (asked !== 0) return asked <= HIGHEST ? asked : null
  const had = service.ports.find(
    other => isIngress(other) && other.TargetPort === port.TargetPort && other.Protocol === port.Protocol,
  )?.PublishedPort
  if (had !== undefined && !taken.has(keyOf(port, had))) return had

  const others = new Set(
    Object.values(swarm.services)
      .flatMap(other => other.ports.filter(isIngress))
      .map(held => keyOf(held, held.PublishedPort ?? 0)),
  )
  for (let number = FIRST_DYNAMIC; number <= LAST_DYNAMIC; number++) {
    if (!taken.has(keyOf(port, number)) && !others.has(keyOf(port, number))) return number
  }
  return null
}

/** The same number may be published over TCP and over UDP. */
function keyOf({ Protocol = 'tcp' }: ApiPort, number: number): string {
  return `${Protocol} ${number}`
}
