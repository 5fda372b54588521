import type { Network } from './network.ts'
import { drawId, type RandomState } from './random.ts'

const VERSION = 6

/**
 * The networks that every swarm begins with: the one that published ports go through, and stand-ins for those that an
 * engine has of its own. Source: moby/swarmkit manager/manager.go (newIngressNetwork, newPredefinedNetwork)
 */
export function firstNetworks(random: RandomState, ingressId: string, at: number): Record<string, Network> {
  const networks = [
    newNetwork(ingressId, 'ingress', at, { isIngress: true }),
    ...['bridge', 'host'].map(name =>
      newNetwork(drawId(random), name, at, { driver: name, isPredefined: true, state: { options: {}, pools: [] } }),
    ),
  ]
  return Object.fromEntries(networks.map(network => [network.id, network]))
}

function newNetwork(id: string, name: string, at: number, own: Partial<Network>): Network {
  return {
    id,
    version: VERSION,
    createdAt: at,
    updatedAt: at,
    name,
    labels: {},
    driver: '',
    driverOptions: {},
    ipam: null,
    isIngress: false,
    isInternal: false,
    isAttachable: false,
    isIpv6: false,
    isPredefined: false,
    state: null,
    ...own,
  }
}
