import { assertNever } from '../../rules/assert-never.ts'
import type { Service } from '../world/service.ts'
import type { Change } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { reconcileGlobalJob } from './global-job.ts'
import { reconcileReplicatedJob } from './replicated-job.ts'

/**
 * Runs jobs. It looks at a job when its service is written or when a task of it has ended, and at nothing else: nodes
 * that come, go or are drained are not its business.
 *
 * Source: moby/swarmkit manager/orchestrator/jobs/orchestrator.go
 */
export function orchestrateJobs(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const services = new Set<string>()
  for (const change of changes) {
    if (change.of === 'service' && change.after !== null) services.add(change.after.id)
    else if (change.of === 'task' && change.before !== null && change.after !== null && isDue(change.after)) {
      services.add(change.after.serviceId)
    }
  }
  for (const id of services) reconcileJob(world, swarm, swarm.services[id])
}

export function reconcileJob(world: World, swarm: Swarm, service: Service | undefined): void {
  if (service === undefined) return
  const kind = kindOf(service)
  switch (kind) {
    case 'none':
      return
    case 'replicated':
      reconcileReplicatedJob(world, swarm, service)
      return
    case 'global':
      reconcileGlobalJob(world, swarm, service)
      return
    default:
      assertNever(kind)
  }
}

function kindOf({ spec }: Service): 'none' | 'replicated' | 'global' {
  if (spec.Mode?.ReplicatedJob !== undefined) return 'replicated'
  return spec.Mode?.GlobalJob === undefined ? 'none' : 'global'
}

function isDue(task: Task): boolean {
  return task.jobIteration !== null && isTerminal(task) && isLive(task)
}
