import { linkBetween } from '../world/link.ts'
import { type Machine, machineOfNode, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { canCommit, runsManager } from './can-commit.ts'

/** A manager that has known of no leader for longer refuses calls at once. */
const LEADERLESS_MS = 10_000

export type Contact =
  /** The store that the leader answers from; `leader`: its node ID. It may be one that has no majority any more. */
  | { readonly kind: 'leader'; readonly swarm: Swarm; readonly leader: string; readonly canWrite: boolean }
  /** There is none, or one that refuses connections: worth trying again. */
  | { readonly kind: 'none' }
  /** There has been none for too long. */
  | { readonly kind: 'given-up' }
  /** What is sent to it vanishes. */
  | { readonly kind: 'silent' }

/**
 * What comes of asking the leader through this manager, as far as the manager knows who that is.
 *
 * Source: moby/swarmkit manager/state/raft/raft.go (LeaderConn), protobuf/plugin/raftproxy/raftproxy.go
 */
export function reachLeader(world: World, machine: Machine): Contact {
  const swarm = swarmOf(world, machine)
  const { nodeId, manager } = machine.membership ?? {}
  if (swarm === undefined || nodeId === undefined || manager == null) return { kind: 'none' }
  if (manager.leader === '') {
    const since = manager.leaderlessSince ?? world.now
    return world.now - since > LEADERLESS_MS ? { kind: 'given-up' } : { kind: 'none' }
  }
  if (manager.leader === nodeId) return answeredBy(world, swarm, machine, nodeId)

  const leader = machineOfNode(world, swarm, manager.leader)
  if (leader === undefined) return { kind: 'none' }
  const link = linkBetween(machine, leader)
  if (link === 'silent') return { kind: 'silent' }
  if (link === 'refused' || !runsManager(leader)) return { kind: 'none' }
  return answeredBy(world, swarm, leader, manager.leader)
}

function answeredBy(world: World, swarm: Swarm, leader: Machine, nodeId: string): Contact {
  const manager = leader.membership?.manager
  if (manager?.leader !== nodeId) return { kind: 'none' }
  if (manager.stale !== null) return { kind: 'leader', swarm: manager.stale, leader: nodeId, canWrite: false }
  return { kind: 'leader', swarm, leader: nodeId, canWrite: canCommit(world, swarm) }
}
