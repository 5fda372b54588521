import type { ApiPort } from '../../api/service.ts'
import { isIngress, type Service } from '../world/service.ts'
import { type Change, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { isSameSpec } from './is-same-spec.ts'

const DYNAMIC_PORTS_FROM = 30_000

/**
 * Gives ingress ports and their virtual address to services, then lets new tasks go on to the scheduler.
 *
 * Source: moby/swarmkit manager/allocator/{network,portallocator}.go
 * Leaves out for now: overlay networks and their addresses, running out of either.
 */
export function allocate(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const services = new Set<string>()
  const tasks = new Set<string>()
  for (const change of changes) {
    if (change.of === 'service' && change.after !== null) services.add(change.after.id)
    if (change.of === 'task' && change.before === null && change.after !== null) tasks.add(change.after.id)
  }
  for (const id of services) allocateService(world, swarm, swarm.services[id])
  transact(world, swarm, transaction => {
    for (const id of tasks) {
      const task = swarm.tasks[id]
      if (task?.status.state !== 'new') continue
      const status = { ...task.status, at: world.now, state: 'pending', message: 'pending task scheduling' } as const
      transaction.updateTask(id, { status })
    }
  })
}

function allocateService(world: World, swarm: Swarm, service: Service | undefined): void {
  if (service === undefined) return
  const wanted = service.spec.EndpointSpec?.Ports ?? []
  const ports = wanted.map(port => withNumber(swarm, service, port))
  const needsAddress = ports.some(isIngress)
  if (isSameSpec(ports, service.ports) && needsAddress === service.virtualIps.length > 0) return
  const networkId = swarm.cluster.ingressNetworkId
  const virtualIps = needsAddress ? [{ networkId, address: `10.0.0.${3 + countAddresses(swarm)}/24` }] : []
  transact(world, swarm, transaction => {
    const kept = service.virtualIps.length > 0 && needsAddress ? service.virtualIps : virtualIps
    transaction.updateService(service.id, { ports, virtualIps: kept })
  })
}

/** Keeps the number that this port of the service had, else takes the lowest one that is free. */
function withNumber(swarm: Swarm, service: Service, port: ApiPort): ApiPort {
  if (!isIngress(port) || (port.PublishedPort ?? 0) !== 0) return port
  const had = service.ports.find(other => other.TargetPort === port.TargetPort && other.Protocol === port.Protocol)
  if (had !== undefined) return { ...port, PublishedPort: had.PublishedPort ?? 0 }
  const taken = new Set(Object.values(swarm.services).flatMap(other => other.ports.map(p => p.PublishedPort)))
  let number = DYNAMIC_PORTS_FROM
  while (taken.has(number)) number++
  return { ...port, PublishedPort: number }
}

function countAddresses(swarm: Swarm): number {
  return Object.values(swarm.services).reduce((sum, service) => sum + service.virtualIps.length, 0)
}
