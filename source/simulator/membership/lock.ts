import { startSwarmPart } from '../boot.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import { isUnlockKey } from '../world/unlock-key.ts'
import type { World } from '../world/world.ts'

/**
 * Gives a locked manager the key. Whether it is locked has been asked before.
 *
 * Source: moby/moby daemon/cluster/swarm.go (UnlockSwarm)
 */
export function unlockSwarm(world: World, machine: Machine, key: string): Answer<null> {
  const swarm = swarmOf(world, machine)
  if (!isUnlockKey(key)) return refused(400, 'invalid key string')
  if (swarm === undefined || machine.membership === null || key !== swarm.cluster.unlockKey) {
    return refused(401, 'swarm could not be unlocked: invalid key provided')
  }
  startSwarmPart(world, swarm, machine)
  return granted(null)
}
