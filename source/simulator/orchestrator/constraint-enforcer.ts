import { matchesConstraints } from '../scheduler/constraints.ts'
import type { Node } from '../world/node.ts'
import { type Change, type Transaction, tasksOfNode, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

/**
 * Rejects tasks whose node has changed so that it no longer meets their service's constraints. Paused and drained
 * nodes are left alone.
 *
 * Source: moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go
 * Leaves out for now: nodes that shrink.
 */
export function enforceConstraints(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const nodes = new Set<string>()
  for (const change of changes) {
    if (change.of === 'node' && change.before !== null && change.after !== null) nodes.add(change.after.id)
  }
  for (const id of nodes) {
    const node = swarm.nodes[id]
    if (node?.spec.availability === 'active')
      transact(world, swarm, transaction => enforce(world, swarm, transaction, node))
  }
}

function enforce(world: World, swarm: Swarm, transaction: Transaction, node: Node): void {
  for (const task of tasksOfNode(swarm, node.id)) {
    if (!isLive(task) || isTerminal(task) || matchesConstraints(constraintsOf(swarm, task), node)) continue
    transaction.updateTask(task.id, {
      status: {
        ...task.status,
        at: world.now,
        state: 'rejected',
        message: 'task rejected by constraint enforcer',
        error: 'assigned node no longer meets constraints',
      },
    })
  }
}

/** Those of the service as it is now; of the task itself when the service is gone. */
function constraintsOf(swarm: Swarm, task: Task): readonly string[] {
  const service = swarm.services[task.serviceId]
  const spec = service === undefined ? task.spec : service.spec.TaskTemplate
  return spec?.Placement?.Constraints ?? []
}
