import type { Service, UpdateStatus } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

/*
 * What an update says of itself. It says nothing any more once the service has been changed since it began.
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (startUpdate, completeUpdate, pauseUpdate, rollbackUpdate)
 */

export function markUpdating(world: World, swarm: Swarm, serviceId: string): void {
  const service = swarm.services[serviceId]
  if (service === undefined || service.updateStatus !== null) return
  mark(world, swarm, service, {
    state: 'updating',
    startedAt: world.now,
    completedAt: null,
    message: 'update in progress',
  })
}

/** Also ends a rollback, which is recognised by its own state. */
export function markCompleted(world: World, swarm: Swarm, serviceId: string): void {
  const service = swarm.services[serviceId]
  if (service === undefined || service.updateStatus === null) return
  const { state, startedAt } = service.updateStatus
  const isRollback = state === 'rollback_started'
  mark(world, swarm, service, {
    state: isRollback ? 'rollback_completed' : 'completed',
    startedAt,
    completedAt: world.now,
    message: isRollback ? 'rollback completed' : 'update completed',
  })
}

export function markPaused(world: World, swarm: Swarm, serviceId: string, message: string): void {
  const service = swarm.services[serviceId]
  if (service === undefined || service.updateStatus === null) return
  const isRollback = service.updateStatus.state === 'rollback_started'
  mark(world, swarm, service, {
    ...service.updateStatus,
    state: isRollback ? 'rollback_paused' : 'paused',
    message,
  })
}

/** Back to the previous spec, which is then gone. Without one the update stays as it is. */
export function rollBack(world: World, swarm: Swarm, serviceId: string, message: string): void {
  const service = swarm.services[serviceId]
  if (service === undefined || service.updateStatus === null || service.previous === null) return
  const { previous, updateStatus } = service
  transact(world, swarm, transaction =>
    transaction.updateService(serviceId, {
      spec: previous.spec,
      specVersion: previous.specVersion,
      previous: null,
      updateStatus: { ...updateStatus, state: 'rollback_started', message },
    }),
  )
}

function mark(world: World, swarm: Swarm, service: Service, updateStatus: UpdateStatus): void {
  transact(world, swarm, transaction => transaction.updateService(service.id, { updateStatus }))
}
