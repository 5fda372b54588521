import { assertNever } from '../../rules/assert-never.ts'
import { tellOfNetwork } from '../agent/local-events.ts'
import { findNetwork as findStored } from '../control-api/find.ts'
import { removeNetwork } from '../control-api/network.ts'
import { type Answer, granted, type Refusal, refused } from '../control-api/refusal.ts'
import type { Swarm } from '../world/swarm.ts'
import { askLeader } from './ask-leader.ts'
import { type Call, json, type Result, readBoolean, resultOf } from './call.ts'
import { filterNetworks, NETWORK_FILTERS } from './filter-networks.ts'
import { type Filters, readFilters } from './filters.ts'
import { isReserved, localNetworks, networksInUse } from './local-networks.ts'
import { type RenderedNetwork, renderGlobal, renderInUse, renderLocal } from './render-network.ts'
import { checkManager } from './situation.ts'

/* Source: moby/moby api/server/router/network/network_routes.go */

/** The networks of the swarm first, where the engine is a manager, then its own and those it has brought up. */
export function listNetworks(call: Call): Result {
  const filters = readFilters(call, NETWORK_FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const asked = askSwarm(call, 'read')
  if (asked.kind === 'wait') return asked
  const global = asked.swarm === null ? granted([]) : filterNetworks(globalNetworks(call, asked.swarm), filters.value)
  const local = filterNetworks(ownNetworks(call, false), filters.value)
  if (!local.ok) return resultOf(local, json)
  const shown = global.ok ? global.value : []
  const rest = local.value.filter(({ Id }) => !shown.some(other => other.Id === Id))
  return json([...shown, ...rest])
}

/** A network that is in use here is shown as this engine sees it, whatever the swarm says. */
export function inspectNetwork(call: Call): Result {
  const verbose = readBoolean(call, 'verbose')
  if (!verbose.ok) return resultOf(verbose, json)
  const scope = call.query.get('scope') ?? ''
  const filters: Filters = scope === '' ? {} : { scope: [scope] }
  const asked = askSwarm(call, 'read')
  if (asked.kind === 'wait') return asked
  return resultOf(findNetwork(call, asked.swarm, filters), json)
}

export function deleteNetwork(call: Call): Result {
  const { world, machine } = call
  const seen = askSwarm(call, 'read')
  if (seen.kind === 'wait') return seen
  const found = findNetwork(call, seen.swarm, {})
  if (!found.ok) return resultOf(found, json)
  const { Id: id, Name: name, Scope: scope } = found.value
  if (scope === 'swarm') {
    const manager = checkManager(world, machine)
    if (!manager.ok) return resultOf(manager, json)
    const asked = askSwarm(call, 'write')
    if (asked.kind === 'wait') return asked
    if (asked.refusal !== null) return resultOf({ ok: false, refusal: asked.refusal }, json)
    const network = asked.swarm?.networks[id]
    if (network === undefined || asked.swarm === null) return resultOf(refused(404, `network ${id} not found`), json)
    return resultOf(removeNetwork(world, asked.swarm, network), () => NO_CONTENT)
  }
  if (isReserved(name)) return resultOf(refused(403, `${name} is a pre-defined network and cannot be removed`), json)
  const own = machine.networks?.[id]
  if (own === undefined) {
    const endpoints = 'network docker_gwbridge has active endpoints (name:"gateway_ingress-sbox" id:"ingress-sbox")'
    return resultOf(refused(403, `error while removing network: ${endpoints}`), json)
  }
  delete machine.networks?.[id]
  tellOfNetwork(world, machine, own, 'destroy')
  return NO_CONTENT
}

const NO_CONTENT: Result = { kind: 'empty', status: 204 }

/** `refusal`: why there is no swarm to a manager; null to who is none. */
type Told = { readonly kind: 'told'; readonly swarm: Swarm | null; readonly refusal: Refusal | null }

/** Who is no manager, or has no leader to ask, speaks for itself alone. */
export function askSwarm(call: Call, access: 'read' | 'write'): Told | (Result & { kind: 'wait' }) {
  if (!checkManager(call.world, call.machine).ok) return { kind: 'told', swarm: null, refusal: null }
  const asked = askLeader(call, access)
  switch (asked.kind) {
    case 'wait':
      return asked
    case 'answered':
      return { kind: 'told', swarm: asked.swarm, refusal: null }
    case 'refused':
      return { kind: 'told', swarm: null, refusal: asked.refusal }
    default:
      return assertNever(asked)
  }
}

function globalNetworks({ world }: Call, swarm: Swarm): readonly RenderedNetwork[] {
  return Object.values(swarm.networks)
    .filter(({ isPredefined }) => !isPredefined)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(network => renderGlobal(world, network))
}

/** `isDetailed`: with the containers in them. */
function ownNetworks({ world, machine }: Call, isDetailed: boolean): readonly RenderedNetwork[] {
  const inUse = networksInUse(world, machine).map(({ swarm, network }) => renderInUse(world, machine, swarm, network))
  return [
    ...localNetworks(machine).map(network => renderLocal(world, network)),
    ...inUse.map(network => (isDetailed ? network : { ...network, Containers: {} })),
  ]
}

/**
 * By its whole ID, else by its name, else by the beginning of an ID; what this engine has of its own goes first. The
 * swarm's stand-ins for an engine's networks are found by their IDs, and by name for who asks for the swarm's.
 */
function findNetwork(call: Call, swarm: Swarm | null, filters: Filters): Answer<RenderedNetwork> {
  const { id: term, world } = call
  const own = readList(filterNetworks(ownNetworks(call, true), filters))
  const whole = own.find(({ Id }) => Id === term)
  if (whole !== undefined) return granted(whole)
  const stored = swarm === null ? null : findStored(swarm, term)
  if (stored?.ok && (stored.value.id.startsWith(term) || filters.scope?.[0] === 'swarm')) {
    return granted(own.find(({ Id }) => Id === stored.value.id) ?? renderGlobal(world, stored.value))
  }
  const global = readList(filterNetworks(swarm === null ? [] : globalNetworks(call, swarm), filters))
  const all = [...own, ...global.filter(({ Id }) => !own.some(one => one.Id === Id))]
  const byName = all.filter(({ Name }) => Name === term)
  const byId = all.filter(({ Id }) => Id.startsWith(term))
  const [found] = byName.length > 0 ? byName : byId
  if (found === undefined) return refused(404, `network ${term} not found`)
  if (byName.length === 1 || (byName.length === 0 && byId.length === 1)) return granted(found)
  const count = byName.length > 0 ? `${byName.length} matches found based on name` : null
  return refused(400, `network ${term} is ambiguous (${count ?? `${byId.length} matches found based on ID prefix`})`)
}

function readList(answer: Answer<readonly RenderedNetwork[]>): readonly RenderedNetwork[] {
  return answer.ok ? answer.value : []
}
