import { adoptTask, receiveTask } from '../../source/simulator/agent/agent.ts'
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
  for (const { membership } of Object.values(world.machines)) {
    if (membership?.swarm === swarm.key) membership.session = swarm.raft.term
  }
  swarm.leader = newLeaderMemory()
  swarm.changes = []
  initialiseComponents(world, swarm)
}

/** The agent has what its node's tasks have: containers that run, run. */
export function resumeAgents(world: World, machine: Machine, only?: Task): void {
  const swarm = swarmOf(world, machine)
  if (swarm === undefined) return
  const tasks = only === undefined ? tasksOfNode(swarm, machine.membership?.nodeId ?? '') : [only]
  for (const task of tasks) {
    const isNew = machine.tasks[task.id] === undefined
    if (isNew && !holdsResources(task)) continue
    if (isNew) adoptTask(world, machine, task)
    else receiveTask(world, machine, task.id, task)
  }
}
