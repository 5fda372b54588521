import { type Machine, swarmOf } from '../world/machine.ts'
import type { LocalNetwork, Network } from '../world/network.ts'
import { drawContainerId, drawText, seedRandom } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

const BRIDGE = {
  'com.docker.network.bridge.default_bridge': 'true',
  'com.docker.network.bridge.enable_icc': 'true',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
  'com.docker.network.bridge.name': 'docker0',
  'com.docker.network.driver.mtu': '1500',
}
const GWBRIDGE = {
  'com.docker.network.bridge.enable_icc': 'false',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
  'com.docker.network.bridge.name': 'docker_gwbridge',
}

/** Names that an engine keeps for itself. Source: moby/moby daemon/network/network_mode_unix.go (IsPredefined) */
export function isReserved(name: string): boolean {
  return ['bridge', 'host', 'none', 'default'].includes(name)
}

/** The networks that an engine has of its own: those it began with, and those that people have made. */
export function localNetworks(machine: Machine): readonly LocalNetwork[] {
  return [
    firstNetwork(machine, 'bridge', 'bridge', BRIDGE, '172.17.0'),
    firstNetwork(machine, 'host', 'host', {}, null),
    firstNetwork(machine, 'none', 'null', {}, null),
    ...(machine.membership === null ? [] : [firstNetwork(machine, 'docker_gwbridge', 'bridge', GWBRIDGE, '172.18.0')]),
    ...Object.values(machine.networks ?? {}),
  ]
}

/** The networks of the swarm that a machine's engine has brought up, since its node is attached to them. */
export function networksInUse(world: World, machine: Machine): readonly { swarm: Swarm; network: Network }[] {
  const swarm = swarmOf(world, machine)
  const attachments = swarm?.nodes[machine.membership?.nodeId ?? '']?.attachments ?? []
  if (swarm === undefined) return []
  return attachments.flatMap(({ networkId }) => {
    const network = swarm.networks[networkId]
    return network === undefined ? [] : [{ swarm, network }]
  })
}

/** A name of 64 hexadecimal digits that is always the same for the same thing. */
export function hexIdOf(text: string): string {
  return drawContainerId(seedRandom(hash(text)))
}

export function shortHexIdOf(text: string): string {
  return drawText(seedRandom(hash(text)), '0123456789abcdef', 12)
}

/** FNV-1a. Good enough to tell things apart, and no more. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}

function firstNetwork(
  machine: Machine,
  name: string,
  driver: string,
  options: Readonly<Record<string, string>>,
  prefix: string | null,
): LocalNetwork {
  return {
    id: hexIdOf(`${machine.engineId} ${name}`),
    createdAt: 0,
    name,
    driver,
    labels: {},
    options,
    pools: prefix === null ? [] : [{ subnet: `${prefix}.0/16`, range: '', gateway: `${prefix}.1` }],
    isInternal: false,
    isAttachable: false,
    isIpv6: false,
  }
}
