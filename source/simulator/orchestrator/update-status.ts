import type { Service, UpdateStatus } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'

export function markUpdating(world: World, swarm: Swarm, service: Service): void {
  mark(world, swarm, service, {
    state: 'updating',
    startedAt: world.now,
    completedAt: null,
    message: 'update in progress',
  })
}

/** Also ends a rollback, which is recognised by its own state. */
export function markCompleted(world: World, swarm: Swarm, service: Service): void {
  const isRollback = service.updateStatus?.state === 'rollback_started'
  mark(world, swarm, service, {
    state: isRollback ? 'rollback_completed' : 'completed',
    startedAt: service.updateStatus?.startedAt ?? null,
    completedAt: world.now,
    message: isRollback ? 'rollback completed' : 'update completed',
  })
}

export function markPaused(world: World, swarm: Swarm, service: Service, message: string): void {
  const isRollback = service.updateStatus?.state === 'rollback_started'
  mark(world, swarm, service, {
    state: isRollback ? 'rollback_paused' : 'paused',
    startedAt: service.updateStatus?.startedAt ?? null,
    completedAt: null,
    message,
  })
}

function mark(world: World, swarm: Swarm, service: Service, updateStatus: UpdateStatus): void {
  transact(world, swarm, transaction => transaction.updateService(service.id, { updateStatus }))
}
