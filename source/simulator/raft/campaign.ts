import { majorityOf } from '../../rules/quorum.ts'
import { startLeading } from '../start-leading.ts'
import { type Machine, type ManagerPart, machineOfNode, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { awaitLeader, loseLeader } from './await-leader.ts'
import { isInTouch, runsManager } from './can-commit.ts'

/**
 * A manager's patience has ended: it asks all members that it reaches for their votes, and leads if a majority of all
 * members gives theirs. Votes are told at once.
 *
 * Source: etcd-io/raft raft.go (campaign, Step), moby/swarmkit manager/state/raft/raft.go
 */
export function campaign(world: World, machine: Machine): void {
  const manager = machine.membership?.manager
  const swarm = swarmOf(world, machine)
  if (manager == null || swarm === undefined || manager.electionDue !== world.now || !runsManager(machine)) return
  manager.term++
  loseLeader(world, manager)
  awaitLeader(world, machine, manager, world.now)
  const nodeId = machine.membership?.nodeId ?? ''
  const members = Object.keys(swarm.raft.members)
  if (!members.includes(nodeId)) return
  const votes = members.filter(id => id === nodeId || grantsVote(world, swarm, machine, manager, id))
  if (votes.length >= majorityOf(members.length)) startLeading(world, swarm, nodeId)
}

/**
 * Who hears from a leader lets nobody campaign, and who leads does not either. A vote goes to the first who asks in a
 * term, if nothing is missing in its log that the voter knows of.
 */
function grantsVote(world: World, swarm: Swarm, from: Machine, candidate: ManagerPart, nodeId: string): boolean {
  const voter = machineOfNode(world, swarm, nodeId)
  const manager = voter?.membership?.manager
  if (voter === undefined || manager == null || !isInTouch(world, swarm, from, nodeId)) return false
  if (manager.electionDue === null || manager.electionDue === world.now || manager.term >= candidate.term) return false
  manager.term = candidate.term
  loseLeader(world, manager)
  awaitLeader(world, voter, manager, world.now)
  return logEnd(swarm, candidate) >= logEnd(swarm, manager)
}

function logEnd(swarm: Swarm, manager: ManagerPart): number {
  return manager.logEnd ?? swarm.index
}
