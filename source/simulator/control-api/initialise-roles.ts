import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const FIRST_LOOK_MS = 100

/** A new leader looks at once for nodes whose role is not what it should be, and for members that are no nodes any more. */
export function initialiseRoles(world: World, swarm: Swarm): void {
  const lost = Object.keys(swarm.raft.members).filter(nodeId => swarm.nodes[nodeId] === undefined)
  const wrong = Object.values(swarm.nodes).filter(node => node.role !== node.spec.role)
  for (const nodeId of [...lost, ...wrong.map(node => node.id)])
    setLeaderTimer(world, swarm, FIRST_LOOK_MS, { kind: 'role', nodeId })
}
