import type { ApiCluster } from '../../api/info.ts'
import { renewCertificate } from '../membership/follow-role.ts'
import { newJoinToken } from '../world/join-token.ts'
import { drawBase36 } from '../world/random.ts'
import { transact } from '../world/store.ts'
import type { Cluster, Swarm } from '../world/swarm.ts'
import { newTrustRoot, type TrustRoot } from '../world/trust-root.ts'
import { newUnlockKey } from '../world/unlock-key.ts'
import type { World } from '../world/world.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'
import { EMPTY_CLUSTER_SPEC, layOver } from './swarm-spec.ts'

export type Rotation = { readonly workerToken: boolean; readonly managerToken: boolean; readonly unlockKey: boolean }

/**
 * Replaces the cluster's spec: what the body leaves out is stored as zero. Tokens that are rotated are void at once,
 * members remain. Locking draws a key, unlocking forgets it.
 *
 * Source: moby/swarmkit manager/controlapi/cluster.go (UpdateCluster)
 * Leaves out: that the nodes' certificates move to a new root one by one; here they all have it at once.
 */
export function updateSwarm(
  world: World,
  swarm: Swarm,
  version: number,
  body: ApiCluster['Spec'],
  rotation: Rotation,
): Answer<null> {
  const spec = layOver(EMPTY_CLUSTER_SPEC, body)
  if (!spec.ok) return spec
  const { cluster } = swarm
  if (cluster.version !== version) return refusedBySwarm('Unknown', 'update out of sequence')

  const hasNewRoot = (spec.value.CAConfig?.ForceRotate ?? 0) > (cluster.spec.CAConfig?.ForceRotate ?? 0)
  const trustRoot = hasNewRoot
    ? newTrustRoot(drawBase36(world.random, 50), world.epochMs + world.now)
    : cluster.trustRoot
  transact(world, swarm, transaction =>
    transaction.updateCluster({
      spec: spec.value,
      trustRoot,
      joinTokens: {
        worker: rotateToken(world, trustRoot, cluster.joinTokens.worker, rotation.workerToken || hasNewRoot),
        manager: rotateToken(world, trustRoot, cluster.joinTokens.manager, rotation.managerToken || hasNewRoot),
      },
      unlockKey: chooseUnlockKey(world, cluster, spec.value.EncryptionConfig?.AutoLockManagers, rotation.unlockKey),
    }),
  )
  if (hasNewRoot) for (const nodeId of Object.keys(swarm.nodes)) renewCertificate(world, swarm, nodeId)
  return granted(null)
}

function rotateToken(world: World, root: TrustRoot, token: string, isRotated: boolean): string {
  return isRotated ? newJoinToken(world.random, root) : token
}

function chooseUnlockKey(world: World, { unlockKey }: Cluster, isLocked = false, isRotated: boolean): string {
  if (!isLocked) return ''
  return unlockKey === '' || isRotated ? newUnlockKey(world.random) : unlockKey
}
