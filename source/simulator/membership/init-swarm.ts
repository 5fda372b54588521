import { startLeading } from '../start-leading.ts'
import { type Machine, newManagerPart } from '../world/machine.ts'
import { newSwarm } from '../world/new-swarm.ts'
import type { NodeAvailability } from '../world/node.ts'
import type { Cluster, Swarm } from '../world/swarm.ts'
import { newUnlockKey } from '../world/unlock-key.ts'
import type { World } from '../world/world.ts'
import { raftAddress } from './addresses.ts'
import { armRenewal } from './certificates.ts'
import { newNode } from './new-node.ts'

export type InitOptions = {
  readonly availability?: NodeAvailability
  /** The machine's own address, when left out. */
  readonly advertiseAddress?: string
  readonly managerPort?: number
  readonly isLocked?: boolean
  readonly cluster?: Partial<Pick<Cluster, 'spec' | 'defaultAddressPool' | 'subnetSize' | 'dataPathPort'>>
}

/**
 * Makes a machine the first and only manager of a new swarm; its agent registers a moment later. The machine must be on
 * and in no swarm.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Init), moby/swarmkit manager/manager.go (defaultClusterObject)
 */
export function initSwarm(world: World, machine: Machine, options: InitOptions = {}): Swarm {
  const swarm = newSwarm(world.random, `s${world.swarmSerial++}`, world.now, world.epochMs)
  world.swarms[swarm.key] = swarm
  swarm.cluster = {
    ...swarm.cluster,
    ...options.cluster,
    unlockKey: options.isLocked === true ? newUnlockKey(world.random) : '',
  }
  const nodeId = newNode(world, swarm, 'manager', options.availability ?? 'active')
  machine.membership = {
    swarm: swarm.key,
    nodeId,
    state: 'active',
    manager: newManagerPart({ leader: nodeId }),
    session: null,
    ...(options.advertiseAddress !== undefined && { advertiseAddress: options.advertiseAddress }),
    ...(options.managerPort !== undefined && { managerPort: options.managerPort }),
  }
  swarm.raft.members[nodeId] = { address: raftAddress(machine) }
  // Its first node is there before anybody listens.
  swarm.changes = []
  startLeading(world, swarm, nodeId)
  armRenewal(world, swarm, machine)
  return swarm
}
