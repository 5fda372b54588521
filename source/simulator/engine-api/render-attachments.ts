import type { Attachment, Network, Pool } from '../world/network.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { formatTime } from './time.ts'

/**
 * A task's place in its networks, each with the whole network in it; one that has been deleted since is left out.
 * Source: moby/moby daemon/cluster/convert/network.go (networkAttachmentFromGRPC, networkFromGRPC)
 */
export function renderAttachments(world: World, swarm: Swarm, attachments: readonly Attachment[]) {
  return attachments.flatMap(({ networkId, addresses }) => {
    const network = swarm.networks[networkId]
    if (network === undefined) return []
    return [{ Network: renderNetwork(world, network), ...(addresses.length > 0 && { Addresses: addresses }) }]
  })
}

function renderNetwork(world: World, network: Network) {
  const { driver, driverOptions, state, ipam } = network
  const hasOptions = Object.keys(driverOptions).length > 0
  return {
    ID: network.id,
    Version: { Index: network.version },
    CreatedAt: formatTime(world, network.createdAt),
    UpdatedAt: formatTime(world, network.updatedAt),
    Spec: {
      Name: network.name,
      Labels: network.labels,
      DriverConfiguration: { ...(driver !== '' && { Name: driver }), ...(hasOptions && { Options: driverOptions }) },
      ...(network.isIpv6 && { IPv6Enabled: true }),
      ...(network.isInternal && { Internal: true }),
      ...(network.isAttachable && { Attachable: true }),
      ...(network.isIngress && { Ingress: true }),
      IPAMOptions: {
        Driver: network.isIngress || network.isPredefined ? {} : { Name: ipam?.driver ?? 'default' },
        ...((ipam?.pools ?? []).length > 0 && { Configs: ipam?.pools.map(renderPool) }),
      },
      Scope: 'swarm',
    },
    DriverState: { Name: driver === '' ? 'overlay' : driver, ...(state !== null && { Options: state.options }) },
    ...(state !== null &&
      state.pools.length > 0 && {
        IPAMOptions: { Driver: { Name: ipam?.driver ?? 'default' }, Configs: state.pools.map(renderPool) },
      }),
  }
}

function renderPool({ subnet, range, gateway }: Pool) {
  return { Subnet: subnet, ...(range !== '' && { Range: range }), ...(gateway !== '' && { Gateway: gateway }) }
}
