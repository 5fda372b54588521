import type { ApiNodeSpec } from '../../api/node.ts'
import type { NodeAvailability, NodeRole, NodeSpec } from '../world/node.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { findNode } from './find.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'
import { guardDemotion } from './role-manager.ts'

/**
 * Replaces a node's spec. `version` must be that of the node as it is now.
 *
 * Source: moby/swarmkit manager/controlapi/node.go (UpdateNode), moby/moby daemon/cluster/{nodes,convert/node}.go
 */
export function updateNode(world: World, swarm: Swarm, text: string, version: number, body: ApiNodeSpec): Answer<null> {
  const spec = convertSpec(body)
  if (!spec.ok) return spec
  const found = findNode(swarm, text)
  if (!found.ok) return found
  const node = found.value

  if (node.spec.role === 'manager' && spec.value.role === 'worker') {
    const guard = guardDemotion(swarm, node)
    if (!guard.ok) return guard
  }
  if (node.version !== version) return refusedBySwarm('Unknown', 'update out of sequence')
  transact(world, swarm, transaction => transaction.updateNode(node.id, { spec: spec.value }))
  return granted(null)
}

/** Role and availability are required, in whichever letter case. */
function convertSpec(body: ApiNodeSpec): Answer<NodeSpec> {
  const role = ROLES[(body.Role ?? '').toLowerCase()]
  if (role === undefined) return refused(400, `invalid Role: ${JSON.stringify(body.Role ?? '')}`)
  const availability = AVAILABILITIES[(body.Availability ?? '').toLowerCase()]
  if (availability === undefined) {
    return refused(400, `invalid Availability: ${JSON.stringify(body.Availability ?? '')}`)
  }
  return granted({ name: body.Name ?? '', labels: body.Labels ?? {}, role, availability })
}

const ROLES: Readonly<Record<string, NodeRole>> = { manager: 'manager', worker: 'worker' }
const AVAILABILITIES: Readonly<Record<string, NodeAvailability>> = { active: 'active', pause: 'pause', drain: 'drain' }
