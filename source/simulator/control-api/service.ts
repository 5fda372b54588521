import type { ApiServiceSpec } from '../../api/service.ts'
import { drawId } from '../world/random.ts'
import { isGlobal, type Service } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { findService } from './find.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'
import { convertServiceSpec, drawName } from './service-spec.ts'
import { checkConflicts, checkServiceSpec } from './validate-service.ts'

/*
 * Source: moby/swarmkit manager/controlapi/service.go, moby/moby daemon/cluster/{services,convert/service}.go
 * Leaves out for now: jobs, networks, secrets and configs.
 */

/** Creates a service and says its ID. */
export function createService(world: World, swarm: Swarm, body: ApiServiceSpec): Answer<string> {
  const spec = convertServiceSpec(body.Name ? body : { ...body, Name: drawName(world.random) })
  const check = checkServiceSpec(spec)
  if (!check.ok) return check
  const conflicts = checkConflicts(swarm, spec, '')
  if (!conflicts.ok) return conflicts

  const id = drawId(world.random)
  transact(world, swarm, transaction =>
    transaction.createService({
      id,
      spec,
      specVersion: 0,
      previous: null,
      updateStatus: null,
      job: null,
      ports: [],
      virtualIps: [],
    }),
  )
  return granted(id)
}

/** Replaces a service's spec, or with `isRollback` puts the previous one back, whatever the body says. */
export function updateService(
  world: World,
  swarm: Swarm,
  text: string,
  version: number,
  body: ApiServiceSpec,
  isRollback: boolean,
): Answer<null> {
  const found = findService(swarm, text)
  if (!found.ok) return found
  const service = found.value
  const spec = convertServiceSpec(body)
  const check = checkServiceSpec(spec)
  if (!check.ok) return check
  const conflicts = checkConflicts(swarm, spec, service.id)
  if (!conflicts.ok) return conflicts
  if (spec.Name !== service.spec.Name) return refusedBySwarm('Unimplemented', 'renaming services is not supported')
  if ((spec.Mode?.Global !== undefined) !== isGlobal(service)) {
    return refusedBySwarm('Unimplemented', 'service mode change is not allowed')
  }
  if (service.version !== version) return refusedBySwarm('Unknown', 'update out of sequence')
  if (isRollback) return rollBack(world, swarm, service)

  transact(world, swarm, transaction =>
    transaction.updateService(service.id, {
      spec,
      specVersion: version,
      previous: { spec: service.spec, specVersion: service.specVersion },
      updateStatus: null,
    }),
  )
  return granted(null)
}

/** The service is gone at once; its tasks stop and go after it. */
export function removeService(world: World, swarm: Swarm, text: string): Answer<null> {
  const found = findService(swarm, text)
  if (!found.ok) return found
  transact(world, swarm, transaction => transaction.removeService(found.value.id))
  return granted(null)
}

/** What is abandoned becomes the previous spec, so that a second rollback goes forward again. */
function rollBack(world: World, swarm: Swarm, service: Service): Answer<null> {
  const { previous } = service
  if (previous === null) {
    return refusedBySwarm('FailedPrecondition', `service ${service.id} does not have a previous spec`)
  }
  transact(world, swarm, transaction =>
    transaction.updateService(service.id, {
      spec: previous.spec,
      specVersion: previous.specVersion,
      previous: { spec: service.spec, specVersion: service.specVersion },
      updateStatus: {
        state: 'rollback_started',
        startedAt: world.now,
        completedAt: null,
        message: 'manually requested rollback',
      },
    }),
  )
  return granted(null)
}
