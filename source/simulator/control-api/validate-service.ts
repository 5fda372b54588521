import type { ApiServiceSpec } from '../../api/service.ts'
import { parseConstraints } from '../../rules/constraints.ts'
import { isIngress } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'

const DNS_NAME = /^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/
const MIN_NANO_CPUS = 1e6
const MIN_MEMORY = 4 * 1024 * 1024

/** Source: moby/swarmkit manager/controlapi/service.go (validateServiceSpec), in the order of its checks */
export function checkServiceSpec(spec: ApiServiceSpec): Answer<null> {
  const template = spec.TaskTemplate
  if (template?.ContainerSpec === undefined) return refused(400, 'mismatched Runtime and *Spec fields')
  if (spec.Mode?.ReplicatedJob !== undefined || spec.Mode?.GlobalJob !== undefined) {
    return refusedBySwarm('Unimplemented', 'this simulation has no jobs yet')
  }
  if (!DNS_NAME.test(spec.Name ?? '')) {
    return refusedBySwarm('InvalidArgument', 'name must be valid as a DNS name component')
  }
  for (const resources of [template.Resources?.Limits, template.Resources?.Reservations]) {
    const { NanoCPUs: nanoCpus = 0, MemoryBytes: memory = 0 } = resources ?? {}
    if (nanoCpus !== 0 && nanoCpus < MIN_NANO_CPUS) {
      return refusedBySwarm('InvalidArgument', `invalid cpu value ${nanoCpus / 1e9}: Must be at least 0.001`)
    }
    if (memory !== 0 && memory < MIN_MEMORY) {
      return refusedBySwarm('InvalidArgument', `invalid memory value ${memory}: Must be at least 4MiB`)
    }
  }
  const constraints = parseConstraints(template.Placement?.Constraints ?? [])
  if (!constraints.ok) return refusedBySwarm('Unknown', constraints.error)
  if (!template.ContainerSpec.Image) {
    return refusedBySwarm('InvalidArgument', 'ContainerSpec: image reference must be provided')
  }
  return granted(null)
}

/** Names and ingress ports are held by one service only. `ownId`: the service that is updated, `''` for a new one. */
export function checkConflicts(swarm: Swarm, spec: ApiServiceSpec, ownId: string): Answer<null> {
  for (const port of spec.EndpointSpec?.Ports ?? []) {
    const number = port.PublishedPort ?? 0
    if (number === 0) continue
    for (const other of Object.values(swarm.services)) {
      if (other.id === ownId) continue
      const taken = other.ports.find(held => held.PublishedPort === number && held.Protocol === port.Protocol)
      if (taken === undefined || (!isIngress(taken) && !isIngress(port))) continue
      const kind = isIngress(taken) ? 'an ingress port' : 'a host-published port'
      const text = `port '${number}' is already in use by service '${other.spec.Name}' (${other.id}) as ${kind}`
      return refusedBySwarm('InvalidArgument', text)
    }
  }
  const namesake = Object.values(swarm.services).find(
    other => other.id !== ownId && other.spec.Name?.toLowerCase() === spec.Name?.toLowerCase(),
  )
  if (namesake !== undefined) {
    const text = `name conflicts with an existing object: service ${spec.Name} already exists`
    return refusedBySwarm('AlreadyExists', text)
  }
  return granted(null)
}
