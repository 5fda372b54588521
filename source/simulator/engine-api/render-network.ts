import type { Machine } from '../world/machine.ts'
import type { LocalNetwork, Network, Pool } from '../world/network.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { hexIdOf, shortHexIdOf } from './local-networks.ts'
import { formatTime } from './time.ts'

/* Source: moby/moby daemon/network.go, daemon/cluster/convert/network.go (BasicNetworkFromGRPC) */

export type RenderedNetwork = ReturnType<typeof renderLocal>

/** As the swarm sees it: nobody says who is in it. */
export function renderGlobal(world: World, network: Network): RenderedNetwork {
  const { state, ipam } = network
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(world, network.createdAt),
    Scope: 'swarm',
    Driver: state === null ? '' : network.driver || 'overlay',
    EnableIPv4: false,
    EnableIPv6: network.isIpv6,
    IPAM: {
      Driver: state === null ? '' : (ipam?.driver ?? 'default'),
      Options: ipam?.options ?? null,
      Config: state === null ? null : state.pools.map(renderPool),
    },
    Internal: network.isInternal,
    Attachable: network.isAttachable,
    Ingress: network.isIngress,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: null,
    Options: state?.options ?? null,
    Labels: Object.keys(network.labels).length === 0 ? null : network.labels,
    Peers: undefined,
  }
}

/** As an engine sees it that has brought it up: with its own containers, and the engines that it knows are in it too. */
export function renderInUse(world: World, machine: Machine, swarm: Swarm, network: Network): RenderedNetwork {
  const peers = Object.values(swarm.nodes).filter(({ attachments = [] }) =>
    attachments.some(({ networkId }) => networkId === network.id),
  )
  return {
    ...renderGlobal(world, network),
    EnableIPv4: true,
    Containers: renderMembers(machine, swarm, network),
    Labels: network.labels,
    Peers: peers.map(({ id, status }) => ({ Name: shortHexIdOf(id), IP: status.address })),
  }
}

export function renderLocal(world: World, network: LocalNetwork) {
  const { pools } = network
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(world, network.createdAt),
    Scope: 'local',
    Driver: network.driver,
    EnableIPv4: true,
    EnableIPv6: network.isIpv6,
    IPAM: {
      Driver: 'default',
      Options: null as Readonly<Record<string, string>> | null,
      Config: pools.length === 0 ? null : pools.map(renderPool),
    },
    Internal: network.isInternal,
    Attachable: network.isAttachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: {} as Readonly<Record<string, Member>> | null,
    Options: network.options as Readonly<Record<string, string>> | null,
    Labels: network.labels as Readonly<Record<string, string>> | null,
    Peers: undefined as readonly { readonly Name: string; readonly IP: string }[] | undefined,
  }
}

type Member = ReturnType<typeof renderMember>

/** Containers that run here, and the endpoint through which this node balances load. */
function renderMembers(machine: Machine, swarm: Swarm, network: Network): Readonly<Record<string, Member>> {
  const members: [string, Member][] = []
  for (const { id, name, taskId, state } of Object.values(machine.containers)) {
    const attachment = swarm.tasks[taskId]?.networks?.find(({ networkId }) => networkId === network.id)
    const [address] = attachment?.addresses ?? []
    if (state === 'running' && address !== undefined)
      members.push([id, renderMember(`${id} ${network.id}`, name, address)])
  }
  const node = swarm.nodes[machine.membership?.nodeId ?? '']
  const own = node?.attachments?.find(({ networkId }) => networkId === network.id)?.addresses[0]
  if (own !== undefined) {
    const key = network.isIngress ? 'ingress-sbox' : `lb-${network.name}`
    members.push([key, renderMember(`${node?.id} ${network.id}`, `${network.name}-endpoint`, own)])
  }
  return Object.fromEntries(members)
}

function renderMember(identity: string, name: string, address: string) {
  const [ip = ''] = address.split('/')
  const octets = ip.split('.').map(octet => Number(octet).toString(16).padStart(2, '0'))
  return {
    Name: name,
    EndpointID: hexIdOf(identity),
    MacAddress: ['02', '42', ...octets].join(':'),
    IPv4Address: address,
    IPv6Address: '',
  }
}

function renderPool({ subnet, range, gateway }: Pool) {
  return { Subnet: subnet, ...(range !== '' && { IPRange: range }), ...(gateway !== '' && { Gateway: gateway }) }
}
