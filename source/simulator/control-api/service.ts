import type { ApiServiceSpec } from '../../api/service.ts'
import { drawId } from '../world/random.ts'
import { isJob, type Service } from '../world/service.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { checkModeChange, checkObjects, checkPorts } from './check-surroundings.ts'
import { drawName } from './draw-name.ts'
import { findService } from './find.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'
import { resolveNetworks } from './resolve-networks.ts'
import { convertServiceSpec } from './service-spec.ts'
import { checkServiceSpec } from './validate-service.ts'

/*
 * Source: moby/swarmkit manager/controlapi/service.go, moby/moby daemon/cluster/{services,convert/service}.go
 */

/** What decides besides the spec. */
export type ServiceOptions = {
  /** Names of networks that the asked engine has of its own: services cannot use them, and are told so. */
  readonly localNetworks?: readonly string[]
  /** Credentials to pull the image with; `''` for none. */
  readonly registryAuth?: string
}

export type UpdateOptions = ServiceOptions & {
  /** `previous` puts the previous spec back, whatever else the body says. */
  readonly rollback?: string
  /** Which spec's registry credentials are kept, unless the call has brought its own. */
  readonly registryAuthFrom?: string
}

/** Creates a service and says its ID. */
export function createService(
  world: World,
  swarm: Swarm,
  body: ApiServiceSpec,
  { localNetworks = [], registryAuth = '' }: ServiceOptions = {},
): Answer<string> {
  const prepared = prepareSpec(swarm, body, localNetworks)
  if (!prepared.ok) return prepared
  const refusal = findRefusal(
    () => checkServiceSpec(prepared.value),
    () => checkPorts(swarm, prepared.value, ''),
    () => checkObjects(swarm, prepared.value),
    () => checkNamesake(swarm, prepared.value.Name ?? ''),
  )
  if (refusal !== null) return refusal

  const spec = prepared.value.Name === '' ? { ...prepared.value, Name: newName(world, swarm) } : prepared.value
  const id = drawId(world.random)
  transact(world, swarm, transaction =>
    transaction.createService({
      id,
      spec,
      specVersion: 0,
      previous: null,
      updateStatus: null,
      ...(registryAuth !== '' && { registryAuth }),
      job: isJob({ spec }) ? { iteration: 0, lastExecution: world.now } : null,
      ports: [],
      virtualIps: [],
    }),
  )
  return granted(id)
}

/** Replaces a service's spec, or puts the previous one back. `version` must be that of the service as it is now. */
export function updateService(
  world: World,
  swarm: Swarm,
  text: string,
  version: number,
  body: ApiServiceSpec,
  options: UpdateOptions,
): Answer<null> {
  const prepared = prepareSpec(swarm, body, options.localNetworks ?? [])
  if (!prepared.ok) return prepared
  const spec = prepared.value
  const found = findService(swarm, text)
  if (!found.ok) return found
  const service = found.value
  const isRollback = options.rollback === 'previous'
  const refusal = findRefusal(
    () => checkOptions(service, options),
    () => checkServiceSpec(spec),
    () => checkPorts(swarm, spec, service.id),
    () => checkObjects(swarm, spec),
    () => checkModeChange(service, spec),
    () => checkPrevious(service, isRollback),
    () => checkVersion(service, version),
  )
  if (refusal !== null) return refusal

  transact(world, swarm, transaction =>
    transaction.updateService(service.id, {
      ...(isRollback ? rollBack(world, service) : replaceSpec(service, spec, version)),
      ...(options.registryAuth && { registryAuth: options.registryAuth }),
      ...(service.job !== null && { job: { iteration: service.job.iteration + 1, lastExecution: world.now } }),
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

/** Networks are found before anything else is looked at. */
function prepareSpec(swarm: Swarm, body: ApiServiceSpec, localNetworks: readonly string[]): Answer<ApiServiceSpec> {
  const resolved = resolveNetworks(swarm, body, localNetworks)
  return resolved.ok ? convertServiceSpec(resolved.value) : resolved
}

type Check = () => Answer<null>

/** The first that refuses. */
function findRefusal(...checks: readonly Check[]): (Answer<never> & { readonly ok: false }) | null {
  for (const check of checks) {
    const answer = check()
    if (!answer.ok) return answer
  }
  return null
}

function checkOptions(service: Service, options: UpdateOptions): Answer<null> {
  const { rollback = '', registryAuthFrom = '', registryAuth = '' } = options
  const hasRegistryAuth = registryAuth !== ''
  if (!hasRegistryAuth && registryAuthFrom === 'previous-spec' && service.previous === null) {
    return refused(500, 'service does not have a previous spec')
  }
  if (!hasRegistryAuth && !['', 'spec', 'previous-spec'].includes(registryAuthFrom)) {
    return refused(500, 'unsupported registryAuthFrom value')
  }
  if (['', 'none', 'previous'].includes(rollback)) return granted(null)
  return refused(500, `unrecognized rollback option ${rollback}`)
}

function checkNamesake(swarm: Swarm, name: string): Answer<null> {
  if (name === '' || !isTaken(swarm, name)) return granted(null)
  return refusedBySwarm('AlreadyExists', `name conflicts with an existing object: service ${name} already exists`)
}

function checkPrevious({ id, previous }: Service, isRollback: boolean): Answer<null> {
  if (!isRollback || previous !== null) return granted(null)
  return refusedBySwarm('FailedPrecondition', `service ${id} does not have a previous spec`)
}

function checkVersion(service: Service, version: number): Answer<null> {
  return service.version === version ? granted(null) : refusedBySwarm('Unknown', 'update out of sequence')
}

function newName(world: World, swarm: Swarm): string {
  let name = drawName(world.random)
  while (isTaken(swarm, name)) name = drawName(world.random)
  return name
}

function isTaken(swarm: Swarm, name: string): boolean {
  const wanted = name.toLowerCase()
  return Object.values(swarm.services).some(({ spec }) => spec.Name?.toLowerCase() === wanted)
}

function replaceSpec(service: Service, spec: ApiServiceSpec, version: number): Partial<Service> {
  return {
    spec,
    specVersion: version,
    previous: { spec: service.spec, specVersion: service.specVersion },
    updateStatus: null,
  }
}

/** What is abandoned becomes the previous spec, so that a second rollback goes forward again. */
function rollBack(world: World, { spec, specVersion, previous }: Service): Partial<Service> {
  return {
    ...previous,
    previous: { spec, specVersion },
    updateStatus: {
      state: 'rollback_started',
      startedAt: world.now,
      completedAt: null,
      message: 'manually requested rollback',
    },
  }
}
