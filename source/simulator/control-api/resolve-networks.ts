import type { ApiServiceSpec } from '../../api/service.ts'
import type { Swarm } from '../world/swarm.ts'
import { findNetwork } from './find.ts'
import { type Answer, granted, refused } from './refusal.ts'

/**
 * Puts the ID of each network in the place of what it was called by. `localNetworks`: those of the asked engine alone,
 * which are of no use to a service.
 *
 * Source: moby/moby daemon/cluster/networks.go (populateNetworkID)
 */
export function resolveNetworks(
  swarm: Swarm,
  spec: ApiServiceSpec,
  localNetworks: readonly string[],
): Answer<ApiServiceSpec> {
  const networks: NonNullable<NonNullable<ApiServiceSpec['TaskTemplate']>['Networks']>[number][] = []
  for (const attachment of spec.TaskTemplate?.Networks ?? []) {
    const found = findNetwork(swarm, attachment.Target ?? '')
    if (!found.ok) return explain(found, attachment.Target ?? '', localNetworks)
    networks.push({ ...attachment, Target: found.value.id })
  }
  if (networks.length === 0) return granted(spec)
  return granted({ ...spec, TaskTemplate: { ...spec.TaskTemplate, Networks: networks } })
}

function explain(found: Answer<never> & { readonly ok: false }, name: string, localNetworks: readonly string[]) {
  if (found.refusal.status !== 500 || !localNetworks.includes(name)) return found
  if (name === 'none') {
    return refused(404, `could not find the corresponding predefined swarm network: ${found.refusal.message}`)
  }
  const advice = 'Only networks scoped to the swarm can be used, such as those created with the overlay driver.'
  return refused(403, `The network ${name} cannot be used with services. ${advice}`)
}
