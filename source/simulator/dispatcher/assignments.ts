import { stateRank } from '../../rules/task-state.ts'
import { receiveAll, receiveTask } from '../agent/agent.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import { type Change, tasksOfNode } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { hasSession } from './agent-contact.ts'

const BATCH_MS = 100
const BATCH_SIZE = 100

/*
 * Source: moby/swarmkit manager/dispatcher/{dispatcher,assignments}.go
 * Leaves out: that secrets and configs travel along.
 */

/** Notes whose agents have to hear something; they will 100 ms after the last such change. */
export function noteForAgents(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { assignments } = swarm.leader.dispatcher
  for (const change of changes) {
    if (change.of !== 'task' || !concernsAgent(change)) continue
    const task = change.after ?? change.before
    if (task === null || task.nodeId === '' || stateRank(task.status.state) < stateRank('assigned')) continue
    const batch = assignments[task.nodeId]
    if (batch === undefined) {
      assignments[task.nodeId] = { tasks: { [task.id]: true }, changes: 1, due: world.now + BATCH_MS }
      setLeaderTimer(world, swarm, BATCH_MS, { kind: 'assign', nodeId: task.nodeId })
      continue
    }
    batch.tasks[task.id] = true
    batch.changes++
    if (batch.changes < BATCH_SIZE) batch.due = world.now + BATCH_MS
  }
}

/** Tells an agent what has changed. One without a session will be told everything when it has one again. */
export function sendAssignments(world: World, swarm: Swarm, nodeId: string): void {
  const { assignments } = swarm.leader.dispatcher
  const batch = assignments[nodeId]
  if (batch === undefined) return
  if (world.now < batch.due) {
    setLeaderTimer(world, swarm, batch.due - world.now, { kind: 'assign', nodeId })
    return
  }
  delete assignments[nodeId]
  const machine = machineOfNode(world, swarm, nodeId)
  if (machine === undefined || !hasSession(world, swarm, machine)) return
  for (const taskId of Object.keys(batch.tasks)) receiveTask(world, machine, taskId, swarm.tasks[taskId] ?? null)
}

/** Tells an agent that begins a session all that it has to do; what it does besides is no longer wanted. */
export function sendAllAssignments(world: World, swarm: Swarm, machine: Machine): void {
  const nodeId = machine.membership?.nodeId ?? ''
  delete swarm.leader.dispatcher.assignments[nodeId]
  const tasks = tasksOfNode(swarm, nodeId)
  receiveAll(
    world,
    machine,
    tasks.filter(({ status }) => stateRank(status.state) >= stateRank('assigned')),
  )
}

/** A mere report does not: the agent knows what it said. Tasks bound to a node have it before they are assigned. */
function concernsAgent({ before, after }: Change & { readonly of: 'task' }): boolean {
  if (before === null || after === null) return true
  return before.desired !== after.desired || (after.status.state === 'assigned' && before.status.state === 'pending')
}
