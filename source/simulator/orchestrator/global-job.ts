import { matchesConstraints } from '../scheduler/constraints.ts'
import { isInvalid, type Node } from '../world/node.ts'
import type { Service } from '../world/service.ts'
import { tasksOfService, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { createTask } from './new-task.ts'
import { restart } from './restart.ts'

/**
 * Starts one task on every node that is active, ready and meets the constraints. What an earlier iteration has left is
 * removed, ended or not.
 *
 * Source: moby/swarmkit manager/orchestrator/jobs/global/reconciler.go
 */
export function reconcileGlobalJob(world: World, swarm: Swarm, service: Service): void {
  const constraints = service.spec.TaskTemplate?.Placement?.Constraints ?? []
  const nodes = Object.values(swarm.nodes).filter(node => matchesConstraints(constraints, node))
  const tasks = tasksOfService(swarm, service.id)
  const outdated = tasks.filter(task => task.jobIteration !== service.job?.iteration)
  const current = tasks.filter(task => task.jobIteration === service.job?.iteration && isLive(task))
  const taskByNode = new Map(current.map(task => [task.nodeId, task.id]))

  transact(world, swarm, transaction => {
    for (const node of nodes) {
      if (!isCandidate(node) || taskByNode.has(node.id)) continue
      createTask(world, transaction, service, { kind: 'node', nodeId: node.id }, 'complete')
    }
    for (const task of current) {
      if (isTerminal(task) && task.status.state !== 'complete') restart(world, swarm, transaction, task)
    }
    for (const task of outdated) {
      if (task.desired !== 'remove') transaction.updateTask(task.id, { desired: 'remove' })
    }
    for (const node of nodes.filter(isInvalid)) {
      const task = swarm.tasks[taskByNode.get(node.id) ?? '']
      if (task !== undefined && (!isLive(task) || !isTerminal(task))) {
        transaction.updateTask(task.id, { desired: 'shutdown' })
      }
    }
  })
}

function isCandidate(node: Node): boolean {
  return node.spec.availability === 'active' && node.status.state === 'ready'
}
