import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/** Did the leader's last raft message to this member go through, as far as the leader has noticed? */
export function isReachable(world: World, { raft }: Swarm, nodeId: string): boolean {
  const from = raft.unreachableFrom[nodeId]
  return raft.members[nodeId] !== undefined && (from === undefined || from > world.now)
}
