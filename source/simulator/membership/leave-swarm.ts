import { retireAgent } from '../agent/machine-power.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { canCommit, isInTouch, leadingMachine } from '../raft/can-commit.ts'
import { isReachable } from '../raft/reachability.ts'
import { reviewRaft } from '../raft/review-raft.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

const WARNING = 'You are attempting to leave the swarm on a node that is participating as a manager. '
const CLOSING =
  'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.'

/**
 * Takes a machine out of its swarm, or says why it should stay. Its containers go with it; its entry remains in the
 * swarm and so does its place in the raft, until somebody removes them: nobody there is told that it has left. A swarm
 * that nobody is in any more is gone.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Leave), daemon/cluster/utils.go
 */
export function leaveSwarm(world: World, machine: Machine, isForced: boolean): Answer<null> {
  const { membership } = machine
  if (machine.joining !== undefined) {
    delete machine.joining
    return granted(null)
  }
  const swarm = swarmOf(world, machine)
  if (membership === null || swarm === undefined) return refused(503, 'This node is not part of a swarm')
  const objection = isForced ? null : objectionTo(world, swarm, machine)
  if (objection !== null) return refused(503, objection)

  retireAgent(world, machine)
  machine.membership = null
  if (swarm.raft.leader === membership.nodeId) swarm.raft.leader = ''
  if (isDeserted(world, swarm)) delete world.swarms[swarm.key]
  else reviewRaft(world, swarm)
  return granted(null)
}

/** Has everybody left? Those that are off have not. */
export function isDeserted(world: World, swarm: Swarm): boolean {
  return !Object.values(world.machines).some(({ membership }) => membership?.swarm === swarm.key)
}

function objectionTo(world: World, swarm: Swarm, { membership }: Machine): string | null {
  if (membership?.state === 'locked') {
    return 'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.'
  }
  if (membership?.manager == null) return null
  if (!membership.manager.isReady) return `${WARNING}Doing so may lose the consensus of your cluster. ${CLOSING}`
  const leader = leadingMachine(world, swarm)
  const isHeard = leader !== undefined && isInTouch(world, swarm, leader, membership.nodeId)
  return `${WARNING}${isHeard && canCommit(world, swarm) ? countManagers(world, swarm) : CLOSING}`
}

function countManagers(world: World, swarm: Swarm): string {
  const members = Object.keys(swarm.raft.members)
  const reachable = members.filter(id => isReachable(world, swarm, id)).length
  const unreachable = members.length - reachable
  if (reachable - 2 > unreachable) return CLOSING
  if (reachable === 1 && unreachable === 0) {
    return 'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. '
  }
  const loss = `Removing this node leaves ${reachable - 1} managers out of ${members.length}.`
  return `${loss} Without a Raft quorum your swarm will be inaccessible. ${CLOSING}`
}
