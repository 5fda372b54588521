import { adoptTask, receiveTask } from '../../source/simulator/agent/agent.ts'
import { sendReports } from '../../source/simulator/dispatcher/reports.ts'
import { initialiseComponents } from '../../source/simulator/initialise-components.ts'
import { type Machine, swarmOf } from '../../source/simulator/world/machine.ts'
import { newLeaderMemory } from '../../source/simulator/world/new-swarm.ts'
import { tasksOfNode } from '../../source/simulator/world/store.ts'
import type { Swarm } from '../../source/simulator/world/swarm.ts'
import { holdsResources, type Task } from '../../source/simulator/world/task.ts'
import type { World } from '../../source/simulator/world/world.ts'

/**
 * A new leader starts on the store as it is. Unlike after a real election the nodes keep their states: the components
 * are what the cases are about, and they are run alone there.
 */
export function startLeader(world: World, swarm: Swarm): void {
  swarm.raft.term++
  swarm.leader = newLeaderMemory()
  swarm.changes = []
  initialiseComponents(world, swarm)
  for (const machine of Object.values(world.machines)) if (!machine.isCut) resumeAgent(world, machine)
}

/** The agent is told of all tasks of its node, and says what nobody may have heard. */
export function resumeAgent(world: World, machine: Machine): void {
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || machine.membership === null) return
  machine.membership.session = swarm.raft.term
  for (const task of tasksOfNode(swarm, machine.membership.nodeId)) giveTask(world, machine, task)
  for (const id of Object.keys(machine.tasks)) {
    if (swarm.tasks[id] === undefined) receiveTask(world, machine, id, null)
  }
  sendReports(world, swarm, machine)
}

/** The agent has what its node's tasks have: containers that run, run. What is starting never says that it has started. */
export function giveTask(world: World, machine: Machine, task: Task): void {
  if (machine.tasks[task.id] !== undefined) receiveTask(world, machine, task.id, task)
  else if (holdsResources(task) && task.status.state !== 'starting') adoptTask(world, machine, task)
}
