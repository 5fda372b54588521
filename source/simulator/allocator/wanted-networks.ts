import type { ApiTaskSpec } from '../../api/task.ts'
import type { Network } from '../world/network.ts'
import { isIngress, type Service } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'

/** The networks that a service's tasks have to be in, the one of its published ports first. */
export function wantedNetworks(swarm: Swarm, service: Service | undefined, template: ApiTaskSpec): readonly Network[] {
  const ingress = service !== undefined && publishesPorts(service) ? findIngress(swarm) : undefined
  const asked = (template.Networks ?? []).map(({ Target = '' }) => swarm.networks[Target])
  return [ingress, ...asked].filter(network => network !== undefined)
}

/** Does any of its ports go through the ingress network? */
function publishesPorts(service: Service): boolean {
  return (service.spec.EndpointSpec?.Ports ?? []).some(isIngress)
}

export function findIngress(swarm: Swarm): Network | undefined {
  return Object.values(swarm.networks).find(({ isIngress }) => isIngress)
}
