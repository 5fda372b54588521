import { machineOfNode } from '../world/machine.ts'
import type { Node } from '../world/node.ts'
import type { Change } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { tellOfNetwork } from './local-events.ts'

/**
 * An engine has an overlay network of its own for each that its node is attached to, and says when it comes and goes.
 *
 * Source: moby/moby daemon/cluster/executor/container/executor.go (Configure)
 * Leaves out: how long that takes, which no task waits for.
 */
export function followNetworks(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'node' || change.after === null) continue
    const before = attachmentsOf(change.before)
    const after = attachmentsOf(change.after)
    if (before === after) continue
    const machine = machineOfNode(world, swarm, change.after.id)
    if (machine === undefined || machine.power !== 'on') continue
    const tell = (networkId: string, action: 'create' | 'destroy') => {
      const network = swarm.networks[networkId]
      if (network !== undefined) tellOfNetwork(world, machine, { ...network, driver: 'overlay' }, action)
    }
    for (const { networkId } of after) {
      if (!before.some(other => other.networkId === networkId)) tell(networkId, 'create')
    }
    for (const { networkId } of before) {
      if (!after.some(other => other.networkId === networkId)) tell(networkId, 'destroy')
    }
  }
}

/** An engine learns what it is attached to when its agent registers for the first time. */
function attachmentsOf(node: Node | null): NonNullable<Node['attachments']> {
  return node === null || node.description.hostname === '' ? NONE : (node.attachments ?? NONE)
}

const NONE: NonNullable<Node['attachments']> = []
