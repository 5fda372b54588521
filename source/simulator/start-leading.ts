import { initialiseRoles } from './control-api/initialise-roles.ts'
import { markNodesUnknown } from './dispatcher/node-state.ts'
import { initialiseComponents } from './initialise-components.ts'
import { reviewRaft } from './raft/review-raft.ts'
import { machineOfNode } from './world/machine.ts'
import { newLeaderMemory } from './world/new-swarm.ts'
import type { Swarm } from './world/swarm.ts'
import type { World } from './world/world.ts'

/**
 * A manager becomes the leader: a new term begins, everything its predecessor kept in mind is forgotten, no node is
 * known to be well until its agent has registered, and the components work out from the store where they stand. Only
 * between two steps of the world, when nobody has to react to a write any more.
 *
 * Source: moby/swarmkit manager/manager.go (becomeLeader)
 */
export function startLeading(world: World, swarm: Swarm, nodeId: string): void {
  const { raft } = swarm
  keepWhatIsShown(world, swarm)
  const term = machineOfNode(world, swarm, nodeId)?.membership?.manager?.term ?? 0
  raft.term = Math.max(raft.term + 1, term)
  raft.leader = nodeId
  raft.leaderSince = world.now
  swarm.leader = newLeaderMemory()
  markNodesUnknown(world, swarm)
  initialiseComponents(world, swarm)
  initialiseRoles(world, swarm)
  reviewRaft(world, swarm)
  // Whom the campaign did not reach is known to be unreachable from the beginning.
  for (const id of Object.keys(raft.unreachableFrom)) raft.unreachableFrom[id] = world.now
}

/**
 * A former leader that is cut off goes on showing the store as it is now, until it steps down. Objects are replaced
 * and never changed, so the lists of them are all that has to be copied.
 */
function keepWhatIsShown(world: World, swarm: Swarm): void {
  const { raft } = swarm
  const manager = machineOfNode(world, swarm, raft.leader)?.membership?.manager
  if (manager?.leader !== raft.leader || manager.stepDownDue === null) return
  manager.stale = {
    ...swarm,
    nodes: { ...swarm.nodes },
    services: { ...swarm.services },
    tasks: { ...swarm.tasks },
    networks: { ...swarm.networks },
    secrets: { ...swarm.secrets },
    configs: { ...swarm.configs },
    volumes: { ...swarm.volumes },
    tasksByService: copyLists(swarm.tasksByService),
    tasksByNode: copyLists(swarm.tasksByNode),
    tasksBySlot: copyLists(swarm.tasksBySlot),
    raft: { ...raft, members: { ...raft.members }, unreachableFrom: { ...raft.unreachableFrom } },
    leader: newLeaderMemory(),
    changes: [],
    feed: [],
  }
}

type Lists = Swarm['tasksByNode']

function copyLists(lists: Lists): Lists {
  return Object.fromEntries(Object.entries(lists).map(([key, ids]) => [key, { ...ids }]))
}
