import type { Network, NetworkState, Pool } from '../world/network.ts'
import type { Swarm } from '../world/swarm.ts'
import { formatAddress, formatSubnet, overlap, parseAddress, parseSubnet, type Subnet, sizeOf } from './subnet.ts'

const DEFAULT_POOLS = ['10.0.0.0/8']
const VXLAN_OPTION = 'com.docker.network.driver.overlay.vxlanid_list'

/**
 * What the allocator gives a new network: a subnet from the swarm's own pools where none was asked for, the lowest that
 * is free; its gateway; a number on the wire. Null when no subnet is left.
 *
 * Source: moby/moby libnetwork/cnmallocator/networkallocator.go (Allocate, allocateDriverState, allocatePools)
 */
export function newNetworkState(swarm: Swarm, network: Network, vxlan: number): NetworkState | null {
  const asked = network.ipam?.pools ?? []
  const pools: Pool[] = []
  for (const { subnet, range, gateway } of asked.length > 0 ? asked : [{ subnet: '', range: '', gateway: '' }]) {
    const chosen = subnet === '' ? findSubnet(swarm) : subnet
    if (chosen === null) return null
    pools.push({ subnet: chosen, range, gateway: gateway === '' ? firstAddress(chosen) : gateway })
  }
  return { options: { ...network.driverOptions, [VXLAN_OPTION]: String(vxlan) }, pools }
}

function findSubnet(swarm: Swarm): string | null {
  const { defaultAddressPool, subnetSize } = swarm.cluster
  const taken = Object.values(swarm.networks)
    .flatMap(({ state }) => state?.pools ?? [])
    .map(({ subnet }) => parseSubnet(subnet))
    .filter(subnet => subnet !== null)
  for (const text of defaultAddressPool.length > 0 ? defaultAddressPool : DEFAULT_POOLS) {
    const pool = parseSubnet(text)
    if (pool === null) continue
    const found = findFree(pool, Math.max(subnetSize, pool.bits), taken)
    if (found !== null) return formatSubnet(found)
  }
  return null
}

/** There is at most one more candidate to look at than there are subnets in the way. */
function findFree(pool: Subnet, bits: number, taken: readonly Subnet[]): Subnet | null {
  const step = sizeOf({ bits })
  for (let base = pool.base; base < pool.base + sizeOf(pool); ) {
    const candidate = { base, bits }
    const obstacle = taken.find(other => overlap(candidate, other))
    if (obstacle === undefined) return candidate
    base = Math.max(base + step, obstacle.base + sizeOf(obstacle))
  }
  return null
}

function firstAddress(subnet: string): string {
  const parsed = parseSubnet(subnet)
  if (parsed !== null) return formatAddress(parsed.base + 1)
  const [prefix = ''] = subnet.split('/')
  return parseAddress(prefix) === null && prefix.endsWith('::') ? `${prefix}1` : ''
}
