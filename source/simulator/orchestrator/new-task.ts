import { drawId } from '../world/random.ts'
import type { Service } from '../world/service.ts'
import type { Transaction } from '../world/store.ts'
import type { DesiredState } from '../world/task.ts'
import type { World } from '../world/world.ts'

/**
 * Creates a task from the service's template as it is now, and says its ID. A replicated task has a slot and no node
 * yet, a global one a node and slot 0.
 *
 * Source: moby/swarmkit manager/orchestrator/task.go (NewTask)
 * Leaves out for now: the cluster's default log driver, jobs.
 */
export function createTask(
  world: World,
  transaction: Transaction,
  service: Service,
  place: { readonly slot: number; readonly nodeId: string },
  desired: DesiredState,
): string {
  const id = drawId(world.random)
  const { Runtime: _, ...spec } = service.spec.TaskTemplate ?? {}
  transaction.createTask({
    id,
    serviceId: service.id,
    serviceName: service.spec.Name ?? '',
    serviceLabels: service.spec.Labels ?? {},
    slot: place.slot,
    nodeId: place.nodeId,
    spec,
    specVersion: service.specVersion,
    endpointSpec: service.spec.EndpointSpec ?? null,
    desired,
    status: { at: world.now, state: 'new', message: 'created', error: '', container: null, ports: [] },
    jobIteration: service.job?.iteration ?? null,
    appliedAt: null,
  })
  return id
}
