import type { ApiPort, ApiServiceSpec } from '../../api/service.ts'
import { isSameSpec } from '../orchestrator/is-same-spec.ts'
import { isIngress, type Service } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Parts } from './convert-container.ts'
import { type Answer, granted, refusedBySwarm } from './refusal.ts'

/* What else there is may be against a service. Source: moby/swarmkit manager/controlapi/service.go */

/**
 * An ingress port is held by one service, and by no other on its machines either; ports of machines may be shared.
 * `ownId`: the service that is updated, `''` for a new one. An endpoint that stays as it is is not looked at.
 */
export function checkPorts(swarm: Swarm, spec: ApiServiceSpec, ownId: string): Answer<null> {
  for (const { Target = '' } of spec.TaskTemplate?.Networks ?? []) {
    const network = swarm.networks[Target]
    if (network?.isIngress !== true) continue
    const text = `Service cannot be explicitly attached to the ingress network ${JSON.stringify(network.name)}`
    return refusedBySwarm('InvalidArgument', text)
  }
  const present = swarm.services[ownId]
  if (present !== undefined && isSameSpec(spec.EndpointSpec, present.spec.EndpointSpec)) return granted(null)

  const wanted = new Map((spec.EndpointSpec?.Ports ?? []).filter(isNumbered).map(port => [keyOf(port), port]))
  if (wanted.size === 0) return granted(null)
  const hasIngressPort = new Set([...wanted].filter(([, port]) => isIngress(port)).map(([key]) => key))
  for (const other of Object.values(swarm.services)) {
    if (other.id === ownId) continue
    for (const port of [...(other.spec.EndpointSpec?.Ports ?? []), ...other.ports].filter(isNumbered)) {
      if (!wanted.has(keyOf(port)) || (!isIngress(port) && !hasIngressPort.has(keyOf(port)))) continue
      const kind = isIngress(port) ? 'an ingress port' : 'a host-published port'
      const holder = `service '${other.spec.Name}' (${other.id})`
      return refusedBySwarm('InvalidArgument', `port '${port.PublishedPort}' is already in use by ${holder} as ${kind}`)
    }
  }
  return granted(null)
}

/** Secrets and configs must be there, and be called as the service calls them. */
export function checkObjects(swarm: Swarm, spec: ApiServiceSpec): Answer<null> {
  const { Secrets = [], Configs = [] } = (spec.TaskTemplate?.ContainerSpec ?? {}) as Parts
  const secrets = Secrets.filter(({ SecretID = '', SecretName }) => own(swarm.secrets, SecretID)?.name !== SecretName)
  const configs = Configs.filter(({ ConfigID = '', ConfigName }) => own(swarm.configs, ConfigID)?.name !== ConfigName)
  const problem =
    sayMissing(
      'secret',
      secrets.map(({ SecretName }) => SecretName),
    ) ??
    sayMissing(
      'config',
      configs.map(({ ConfigName }) => ConfigName),
    )
  return problem === null ? granted(null) : refusedBySwarm('InvalidArgument', problem)
}

/** A service keeps its mode and its name for life. */
export function checkModeChange(service: Service, spec: ApiServiceSpec): Answer<null> {
  const [before] = Object.keys(service.spec.Mode ?? {})
  const [after] = Object.keys(spec.Mode ?? {})
  if (before !== after) return refusedBySwarm('Unimplemented', 'service mode change is not allowed')
  if (service.spec.Name === spec.Name) return granted(null)
  return refusedBySwarm('Unimplemented', 'renaming services is not supported')
}

function sayMissing(kind: string, names: readonly (string | undefined)[]): string | null {
  if (names.length === 0) return null
  return `${kind}${names.length === 1 ? '' : 's'} not found: ${names.join(', ')}`
}

function isNumbered({ PublishedPort = 0 }: ApiPort): boolean {
  return PublishedPort !== 0
}

function keyOf({ Protocol = 'tcp', PublishedPort = 0 }: ApiPort): string {
  return `${Protocol} ${PublishedPort}`
}

function own<T>(objects: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(objects, id) ? objects[id] : undefined
}
