import { drawId } from '../world/random.ts'
import type { Service } from '../world/service.ts'
import type { Transaction } from '../world/store.ts'
import type { DesiredState } from '../world/task.ts'
import type { World } from '../world/world.ts'

/** Where a task belongs: into a slot, whatever the node, or onto a node, which is then its slot. */
export type Place =
  | { readonly kind: 'slot'; readonly number: number }
  | { readonly kind: 'node'; readonly nodeId: string }

/**
 * Creates a task from the service's template as it is now, and says its ID.
 *
 * Source: moby/swarmkit manager/orchestrator/task.go (NewTask)
 * Leaves out the cluster's default log driver, which no API shows.
 */
export function createTask(
  world: World,
  transaction: Transaction,
  service: Service,
  place: Place,
  desired: DesiredState,
): string {
  const id = drawId(world.random)
  const { Runtime: _, ...spec } = service.spec.TaskTemplate ?? {}
  transaction.createTask({
    id,
    serviceId: service.id,
    serviceName: service.spec.Name ?? '',
    serviceLabels: service.spec.Labels ?? {},
    slot: place.kind === 'slot' ? place.number : 0,
    isBound: place.kind === 'node',
    nodeId: place.kind === 'node' ? place.nodeId : '',
    spec,
    specVersion: service.specVersion,
    endpointSpec: service.spec.EndpointSpec ?? null,
    ...(service.registryAuth !== undefined && { registryAuth: service.registryAuth }),
    desired,
    status: { at: world.now, state: 'new', message: 'created', error: '', container: null, ports: [] },
    jobIteration: service.job?.iteration ?? null,
    appliedAt: null,
  })
  return id
}

/** Where a task's successor belongs. */
export function placeOf(task: { readonly slot: number; readonly isBound: boolean; readonly nodeId: string }): Place {
  return task.isBound ? { kind: 'node', nodeId: task.nodeId } : { kind: 'slot', number: task.slot }
}
