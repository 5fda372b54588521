import { machineOfNode } from '../world/machine.ts'
import type { Change } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { receiveTask } from './agent.ts'

const BATCH_MS = 100
const BATCH_SIZE = 100

/*
 * Source: moby/swarmkit manager/dispatcher/{dispatcher,assignments}.go
 * Leaves out for now: sessions, secrets and configs.
 */

/** Notes whose agents have to hear something; they will 100 ms after the last such change. */
export function noteForAgents(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const { assignments } = swarm.leader.dispatcher
  for (const change of changes) {
    if (change.of !== 'task' || !concernsAgent(change)) continue
    const task = change.after ?? change.before
    if (task === null || task.nodeId === '' || task.status.state === 'pending' || task.status.state === 'new') continue
    const batch = assignments[task.nodeId]
    if (batch === undefined) {
      assignments[task.nodeId] = { tasks: { [task.id]: true }, due: world.now + BATCH_MS }
      setLeaderTimer(world, swarm, BATCH_MS, { kind: 'assign', nodeId: task.nodeId })
      continue
    }
    batch.tasks[task.id] = true
    if (Object.keys(batch.tasks).length < BATCH_SIZE) batch.due = world.now + BATCH_MS
  }
}

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
  if (machine === undefined) return
  for (const taskId of Object.keys(batch.tasks)) receiveTask(world, machine, taskId, swarm.tasks[taskId] ?? null)
}

/** A mere report does not: the agent knows what it said. Tasks bound to a node have it before they are assigned. */
function concernsAgent({ before, after }: Change & { readonly of: 'task' }): boolean {
  if (before === null || after === null) return true
  return before.desired !== after.desired || (after.status.state === 'assigned' && before.status.state === 'pending')
}
