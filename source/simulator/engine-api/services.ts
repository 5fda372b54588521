import type { ApiServiceSpec } from '../../api/service.ts'
import { findService } from '../control-api/find.ts'
import { insertDefaults } from '../control-api/insert-defaults.ts'
import { granted } from '../control-api/refusal.ts'
import { createService, removeService, updateService } from '../control-api/service.ts'
import { complainOfLabels } from '../world/image-field.ts'
import { isGlobal, isGlobalJob, isJob, type Service } from '../world/service.ts'
import { type ClusterCall, EMPTY, json, type Result, readBody, readBoolean, readVersion, resultOf } from './call.ts'
import { type Filters, meets, meetsLabels, readFilters } from './filters.ts'
import { localNetworks } from './local-networks.ts'
import { renderService } from './render-service.ts'
import { serviceSpecShape } from './service-shape.ts'
import { countTasks } from './service-status.ts'
import { isBelow } from './version.ts'

const FILTERS = ['id', 'name', 'label', 'mode', 'runtime']
const STATUS_SINCE = '1.41'

export function listServices(call: ClusterCall): Result {
  const { world, swarm } = call
  const filters = readFilters(call, FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const status = isBelow(call.version, STATUS_SINCE) ? granted(false) : readBoolean(call, 'status')
  if (!status.ok) return resultOf(status, json)
  const services = Object.values(swarm.services)
    .filter(service => passes(filters.value, service))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return json(
    services.map(service => {
      const counts = status.value ? countTasks(swarm, service) : undefined
      return renderService(world, service, service.spec, counts)
    }),
  )
}

export function inspectService(call: ClusterCall): Result {
  const defaults = readBoolean(call, 'insertDefaults')
  if (!defaults.ok) return resultOf(defaults, json)
  return resultOf(findService(call.swarm, call.id), service =>
    json(renderService(call.world, service, defaults.value ? insertDefaults(service.spec) : service.spec)),
  )
}

export function postServiceCreate(call: ClusterCall): Result {
  const body = readBody(call, 'ServiceSpec', serviceSpecShape)
  if (!body.ok) return resultOf(body, json)
  const created = createService(call.world, call.swarm, body.value, {
    localNetworks: namesOfLocalNetworks(call),
    registryAuth: call.request.headers['x-registry-auth'] ?? '',
  })
  return resultOf(created, id => json({ ID: id, Warnings: warningsOf(body.value) }, 201))
}

export function postServiceUpdate(call: ClusterCall): Result {
  const body = readBody(call, 'ServiceSpec', serviceSpecShape)
  if (!body.ok) return resultOf(body, json)
  const version = readVersion(call, 'service')
  if (!version.ok) return resultOf(version, json)
  const updated = updateService(call.world, call.swarm, call.id, version.value, body.value, {
    rollback: call.query.get('rollback') ?? '',
    registryAuthFrom: call.query.get('registryAuthFrom') ?? '',
    registryAuth: call.request.headers['x-registry-auth'] ?? '',
    localNetworks: namesOfLocalNetworks(call),
  })
  return resultOf(updated, () => json({ Warnings: warningsOf(body.value) }))
}

export function deleteService(call: ClusterCall): Result {
  return resultOf(removeService(call.world, call.swarm, call.id), () => EMPTY)
}

/** Of labels that are meant for a simulation and say nothing to it; no engine has such labels. */
function warningsOf({ Labels, TaskTemplate }: ApiServiceSpec): readonly string[] | null {
  const warnings = [...complainOfLabels(Labels), ...complainOfLabels(TaskTemplate?.ContainerSpec?.Labels)]
  return warnings.length === 0 ? null : warnings
}

function namesOfLocalNetworks({ machine }: ClusterCall): readonly string[] {
  return localNetworks(machine).map(({ name }) => name)
}

function passes(filters: Filters, service: Service): boolean {
  return (
    meets(filters, 'id', id => service.id.startsWith(id)) &&
    meets(filters, 'name', name => (service.spec.Name ?? '').startsWith(name)) &&
    meetsLabels(filters, 'label', service.spec.Labels ?? {}) &&
    meets(filters, 'mode', mode => mode === modeOf(service)) &&
    meets(filters, 'runtime', runtime => runtime === 'container')
  )
}

function modeOf(service: Service): string {
  if (isJob(service)) return isGlobalJob(service) ? 'global-job' : 'replicated-job'
  return isGlobal(service) ? 'global' : 'replicated'
}
