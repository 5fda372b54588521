import { tellOfNetwork } from '../agent/local-events.ts'
import { contains, formatSubnet, parseAddress, parseSubnet } from '../allocator/subnet.ts'
import { createNetwork } from '../control-api/network.ts'
import { refused } from '../control-api/refusal.ts'
import type { LocalNetwork, Pool } from '../world/network.ts'
import { PLUGINS_BY_KIND } from '../world/plugins.ts'
import { drawContainerId } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import { type Call, json, type Result, readBody, resultOf } from './call.ts'
import { isReserved, localNetworks } from './local-networks.ts'
import { askSwarm } from './networks.ts'
import { networkCreateShape } from './object-shapes.ts'
import { checkManager, NOT_IN_SWARM } from './situation.ts'

const FIRST_LOCAL_SUBNET = 19

/**
 * An overlay is made by the swarm, anything else by this engine for itself.
 * Source: moby/moby api/server/router/network/network_routes.go (postNetworkCreate), daemon/network.go (createNetwork),
 * libnetwork/controller.go (NewNetwork)
 */
export function postNetworkCreate(call: Call): Result {
  const body = readBody(call, 'CreateRequest', networkCreateShape)
  if (!body.ok) return resultOf(body, json)
  const seen = askSwarm(call, 'read')
  if (seen.kind === 'wait') return seen
  const refusal = findRefusal(call, body.value, seen.swarm)
  if (refusal !== null) return refusal
  return isSwarmWide(body.value) ? createInSwarm(call, body.value) : createHere(call, body.value)
}

type CreateRequest = NonNullable<ReturnType<typeof networkCreateShape>>

function isSwarmWide({ Driver: driver, Scope: scope, ConfigOnly }: CreateRequest): boolean {
  return !ConfigOnly && (driver === 'overlay' || scope === 'swarm')
}

/** In the order in which an engine asks. */
function findRefusal({ world, machine }: Call, request: CreateRequest, swarm: Swarm | null): Result | null {
  const { Name: name = '', Driver: driver = 'bridge', Scope: scope = '', Ingress } = request
  const isTaken = `network with name ${name} already exists`
  if (Object.values(swarm?.networks ?? {}).some(network => network.name === name)) return refuse(409, isTaken)
  if (isReserved(name)) return refuse(403, `operation is not permitted on predefined ${name} network `)
  if (driver === 'overlay' && !checkManager(world, machine).ok) return refuse(403, NOT_IN_SWARM)
  const problems = poolsOf(request).flatMap(checkPool)
  if (problems.length > 0) return refuse(400, `invalid network config:\n${problems.join('\n')}`)
  if (name.trim() === '') return refuse(400, 'invalid name: name is empty')
  if (localNetworks(machine).some(network => network.name === name)) return refuse(409, isTaken)
  if (!PLUGINS_BY_KIND.Network.includes(driver)) {
    return refuse(404, `could not find plugin ${driver} in v1 plugin registry: plugin not found`)
  }
  if (driver === 'host' || driver === 'null') return refuse(403, `only one instance of "${driver}" network is allowed`)
  if (scope === 'local' && driver === 'overlay') {
    return refuse(403, 'cannot downgrade network scope for overlay networks')
  }
  return Ingress && driver !== 'overlay' ? refuse(403, 'Ingress network can only be global scope network') : null
}

function createInSwarm(call: Call, request: CreateRequest): Result {
  const asked = askSwarm(call, 'write')
  if (asked.kind === 'wait') return asked
  if (asked.refusal !== null) return resultOf({ ok: false, refusal: asked.refusal }, json)
  if (asked.swarm === null) return refuse(403, call.machine.membership === null ? NOT_ACTIVE : ON_WORKER)
  const { EnableIPv4, IPAM, Options = {}, Ingress = false } = request
  if (EnableIPv4 === false) return refuse(400, 'IPv4 cannot be disabled in a Swarm scoped network')
  const pools = poolsOf(request)
  const ipam = IPAM === undefined ? null : { driver: IPAM.Driver ?? 'default', options: IPAM.Options ?? null, pools }
  const spec = { ...sharedParts(request), driverOptions: Options, isIngress: Ingress, ipam }
  return resultOf(createNetwork(call.world, asked.swarm, spec), created)
}

const ON_WORKER =
  'Cannot create a multi-host network from a worker node. Please create the network from a manager node.'
const NOT_ACTIVE = 'cannot create a swarm scoped network when swarm is not active'

function createHere({ world, machine }: Call, request: CreateRequest): Result {
  const pools = poolsOf(request)
  const network: LocalNetwork = {
    ...sharedParts(request),
    id: drawContainerId(world.random),
    createdAt: world.now,
    options: request.Options ?? {},
    pools: pools.length > 0 ? pools : [nextPool(localNetworks(machine))],
  }
  machine.networks = { ...machine.networks, [network.id]: network }
  tellOfNetwork(world, machine, network, 'create')
  return created(network.id)
}

function sharedParts({ Name, Driver, Labels, Internal, Attachable, EnableIPv6 }: CreateRequest) {
  return {
    name: Name ?? '',
    driver: Driver ?? 'bridge',
    labels: Labels ?? {},
    isInternal: Internal ?? false,
    isAttachable: Attachable ?? false,
    isIpv6: EnableIPv6 ?? false,
  }
}

function poolsOf({ IPAM }: CreateRequest): readonly Pool[] {
  return (IPAM?.Config ?? []).map(({ Subnet = '', IPRange = '', Gateway = '' }) => ({
    subnet: Subnet,
    range: IPRange,
    gateway: Gateway,
  }))
}

function created(id: string): Result {
  return json({ Id: id, Warning: '' }, 201)
}

function refuse(status: number, message: string): Result {
  return resultOf(refused(status, message), json)
}

/** What is not IPv4 is taken as it is. Source: moby/moby api/types/network/ipam.go (ValidateIPAM) */
function checkPool({ subnet, range, gateway }: Pool): readonly string[] {
  const parsed = parseSubnet(subnet)
  if (parsed === null) {
    const looksLikeIpv6 = /^[0-9a-fA-F:]+:[0-9a-fA-F:]*\/\d{1,3}$/.test(subnet)
    return looksLikeIpv6 ? [] : [`invalid subnet ${subnet}: invalid CIDR block notation`]
  }
  const problems: string[] = []
  const masked = formatSubnet(parsed)
  if (masked !== subnet) problems.push(`invalid subnet ${subnet}: it should be ${masked}`)
  const within = parseSubnet(range)
  if (range !== '' && within === null) problems.push(`invalid ip-range ${range}: invalid CIDR block notation`)
  if (within !== null) {
    const formatted = formatSubnet(within)
    if (within.bits < parsed.bits) {
      problems.push(`invalid ip-range ${range}: CIDR block is bigger than its parent subnet ${subnet}`)
    }
    if (formatted !== range) problems.push(`invalid ip-range ${range}: it should be ${formatted}`)
    if (!contains(parsed, within.base)) {
      problems.push(`invalid ip-range ${range}: parent subnet ${subnet} doesn't contain ip-range`)
    }
  }
  const address = parseAddress(gateway)
  if (gateway !== '' && address === null) problems.push(`invalid gateway ${gateway}: invalid address`)
  if (address !== null && !contains(parsed, address)) {
    problems.push(`invalid gateway ${gateway}: parent subnet ${subnet} doesn't contain this address`)
  }
  return problems
}

function nextPool(networks: readonly LocalNetwork[]): Pool {
  const taken = new Set(networks.flatMap(({ pools }) => pools.map(({ subnet }) => subnet)))
  for (let second = FIRST_LOCAL_SUBNET; second < 32; second++) {
    const subnet = `172.${second}.0.0/16`
    if (!taken.has(subnet)) return { subnet, range: '', gateway: `172.${second}.0.1` }
  }
  const third = taken.size % 256
  return { subnet: `192.168.${third}.0/24`, range: '', gateway: `192.168.${third}.1` }
}
