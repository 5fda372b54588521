import { reviewRaft } from '../raft/review-raft.ts'
import { type Machine, newManagerPart } from '../world/machine.ts'
import type { NodeAvailability, NodeRole } from '../world/node.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { armRenewal } from './certificates.ts'
import { newNode } from './new-node.ts'

/** Its agent has registered by then. */
const RAFT_JOIN_MS = 200

export type JoinOptions = {
  readonly availability?: NodeAvailability
  readonly advertiseAddress?: string
  readonly managerPort?: number
}

/**
 * Takes a machine into a swarm whose leader can write, under a new node ID whatever it was before. Its agent registers a
 * moment later; a manager joins the raft then. The machine must be on and in no swarm.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Join), moby/swarmkit node/node.go
 */
export function joinSwarm(
  world: World,
  swarm: Swarm,
  machine: Machine,
  role: NodeRole,
  options: JoinOptions = {},
): string {
  const nodeId = newNode(world, swarm, role, options.availability ?? 'active')
  machine.membership = {
    swarm: swarm.key,
    nodeId,
    state: 'active',
    manager: role === 'manager' ? newManagerPart({ isReady: false }) : null,
    session: null,
    ...(options.advertiseAddress !== undefined && { advertiseAddress: options.advertiseAddress }),
    ...(options.managerPort !== undefined && { managerPort: options.managerPort }),
  }
  if (role === 'manager') setTimer(world, RAFT_JOIN_MS, { kind: 'raft-join', machine: machine.name, nodeId })
  reviewRaft(world, swarm)
  armRenewal(world, swarm, machine)
  return nodeId
}
