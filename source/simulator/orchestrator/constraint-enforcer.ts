import { matchesConstraints } from '../scheduler/constraints.ts'
import { hasClaims } from '../scheduler/generic-resources.ts'
import type { Node } from '../world/node.ts'
import { type Change, type Transaction, tasksOfNode, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

/**
 * Rejects tasks whose node has changed so that it no longer meets their service's constraints, or has shrunk below
 * what they reserve. Paused and drained nodes are left alone. In Swarm a new leader looks at all nodes besides; here it
 * looks at them too, since it begins by writing of each that it does not know how it is.
 *
 * Source: moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go
 */
export function enforceConstraints(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const nodes = new Set<string>()
  for (const change of changes) {
    if (change.of === 'node' && change.before !== null && change.after !== null) nodes.add(change.after.id)
  }
  for (const id of nodes) enforceOn(world, swarm, id)
}

function enforceOn(world: World, swarm: Swarm, nodeId: string): void {
  const node = swarm.nodes[nodeId]
  if (node?.spec.availability !== 'active') return
  const rejected = findNoncompliant(swarm, node)
  if (rejected.length > 0) transact(world, swarm, transaction => reject(world, transaction, rejected))
}

/** Oldest first: what was there before has the better claim on what is left. */
function findNoncompliant(swarm: Swarm, node: Node): readonly Task[] {
  const left = { nanoCpus: node.description.nanoCpus, memoryBytes: node.description.memoryBytes }
  const rejected: Task[] = []
  for (const task of tasksOfNode(swarm, node.id)) {
    if (!isLive(task) || isTerminal(task)) continue
    const { NanoCPUs: nanoCpus = 0, MemoryBytes: memoryBytes = 0 } = task.spec.Resources?.Reservations ?? {}
    const fits = nanoCpus <= left.nanoCpus && memoryBytes <= left.memoryBytes
    if (!fits || !matchesConstraints(constraintsOf(swarm, task), node) || !hasClaims(node, task.claims ?? [])) {
      rejected.push(task)
      continue
    }
    left.nanoCpus -= nanoCpus
    left.memoryBytes -= memoryBytes
  }
  return rejected
}

function reject(world: World, transaction: Transaction, tasks: readonly Task[]): void {
  for (const task of tasks) {
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
