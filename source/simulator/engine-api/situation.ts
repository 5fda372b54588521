import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/** How an engine stands to the swarm, which decides what its API answers. */
export type Situation = 'inactive' | 'worker' | 'preparing' | 'manager'

/**
 * Source: moby/moby daemon/cluster/{cluster,errors}.go
 * Leaves out for now: elections, a lost quorum, locked and restarting engines.
 */
export function situationOf(world: World, machine: Machine): Situation {
  const swarm = swarmOf(world, machine)
  const node = swarm?.nodes[machine.membership?.nodeId ?? '']
  if (swarm === undefined || node === undefined) return 'inactive'
  if (swarm.raft.members[node.id] !== undefined) return 'manager'
  return node.role === 'manager' && node.spec.role === 'manager' ? 'preparing' : 'worker'
}

/** The cluster's endpoints are answered by managers alone. */
export function checkManager(world: World, machine: Machine): Answer<Swarm> {
  const situation = situationOf(world, machine)
  const swarm = swarmOf(world, machine)
  if (situation === 'manager' && swarm !== undefined) return granted(swarm)
  return refused(503, `This node is not a swarm manager. ${ADVICE[situation === 'manager' ? 'inactive' : situation]}`)
}

/** The `Swarm` header of `/_ping`. */
export function swarmHeader(world: World, machine: Machine): string {
  const situation = situationOf(world, machine)
  if (situation === 'inactive') return 'inactive'
  return situation === 'worker' ? 'active/worker' : 'active/manager'
}

const ADVICE: Readonly<Record<Exclude<Situation, 'manager'>, string>> = {
  inactive: 'Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  worker:
    "Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.",
  preparing: 'Manager is being prepared or has trouble connecting to the cluster.',
}
