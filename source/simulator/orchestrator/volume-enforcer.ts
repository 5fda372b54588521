import { type Change, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal } from '../world/task.ts'
import type { World } from '../world/world.ts'

/**
 * Rejects tasks whose cluster volume is being drained.
 * Source: moby/swarmkit manager/orchestrator/volumeenforcer/volume_enforcer.go
 */
export function enforceVolumes(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.of !== 'volume' || change.after?.availability !== 'drain') continue
    const { id } = change.after
    transact(world, swarm, transaction => {
      for (const task of Object.values(swarm.tasks)) {
        if (!isLive(task) || isTerminal(task) || !task.volumes?.some(volume => volume.id === id)) continue
        const error = 'attached to volume which is being drained'
        const message = 'task rejected by volume enforcer'
        transaction.updateTask(task.id, {
          status: { ...task.status, at: world.now, state: 'rejected', message, error },
        })
      }
    })
  }
}
