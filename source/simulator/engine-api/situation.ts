import { assertNever } from '../../rules/assert-never.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/** How an engine stands to the swarm, which decides what its API answers. */
type Situation = 'inactive' | 'locked' | 'worker' | 'preparing' | 'stopping' | 'manager'

/**
 * The cluster's endpoints are answered by managers alone; whether there is a leader to ask is another matter.
 *
 * Source: moby/moby daemon/cluster/cluster.go (errNoManager), daemon/cluster/errors.go
 */
export function checkManager(world: World, machine: Machine): Answer<Swarm> {
  const swarm = swarmOf(world, machine)
  const situation = situationOf(swarm, machine)
  switch (situation) {
    case 'inactive':
      return refused(503, NOT_IN_SWARM)
    case 'worker':
      return refused(503, NO_MANAGER)
    case 'preparing':
      return refused(503, `${NOT_MANAGING} Manager is being prepared or has trouble connecting to the cluster.`)
    case 'locked':
      return refused(503, LOCKED)
    case 'stopping':
      return refused(503, STOPPING)
    case 'manager':
      return swarm === undefined ? refused(503, STOPPING) : granted(swarm)
    default:
      return assertNever(situation)
  }
}

/** The `Swarm` header of `/_ping`. */
export function swarmHeader({ membership, joining }: Machine): string {
  if (membership === null) return joining === undefined ? 'inactive' : 'pending'
  if (membership.state !== 'active') return membership.state
  return membership.manager === null ? 'active/worker' : 'active/manager'
}

/** Can its manager part be asked for anything? One that is locked, or still being prepared, cannot. */
export function isControlled({ membership }: Machine): boolean {
  return membership?.manager?.isReady === true && membership.state !== 'locked'
}

const NOT_MANAGING = 'This node is not a swarm manager.'

export const NOT_IN_SWARM = `${NOT_MANAGING} Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.`

export const NO_MANAGER = `${NOT_MANAGING} Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.`

export const LOCKED =
  'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.'

const SOCKET = 'dial unix /var/run/docker/swarm/control.sock: connect: no such file or directory'
const STOPPING = `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: ${SOCKET}"`

function situationOf(swarm: Swarm | undefined, { membership, joining }: Machine): Situation {
  if (membership === null || swarm === undefined) return joining === undefined ? 'inactive' : 'worker'
  const { manager, nodeId, state } = membership
  if (state === 'locked') return 'locked'
  if (manager === null) return 'worker'
  if (!manager.isReady) return 'preparing'
  // One that the raft has left behind looks for a leader until it has understood; one that was demoted knows at once.
  const isMember = swarm.raft.members[nodeId] !== undefined || membership.isExpelled === true
  return isMember || swarm.nodes[nodeId] === undefined ? 'manager' : 'stopping'
}
