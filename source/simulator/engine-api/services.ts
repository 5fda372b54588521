import type { ApiService, ApiServiceSpec } from '../../api/service.ts'
import { findService } from '../control-api/find.ts'
import { createService, removeService, updateService } from '../control-api/service.ts'
import { insertDefaults } from '../control-api/service-spec.ts'
import { isGlobal, replicasOf, type Service, type UpdateStatus } from '../world/service.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { type ClusterCall, EMPTY, json, type Result, readBody, readBoolean, readVersion, resultOf } from './call.ts'
import { type Filters, hasLabel, meets, readFilters } from './filters.ts'
import { formatTime } from './time.ts'
import { isBelow } from './version.ts'

const FILTERS = ['id', 'name', 'label', 'mode', 'runtime']
const STATUS_SINCE = '1.41'

export function listServices(call: ClusterCall): Result {
  const { world, swarm } = call
  const filters = readFilters(call, FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const status = readBoolean(call, 'status')
  if (!status.ok) return resultOf(status, json)
  const hasStatus = status.value && !isBelow(call.version, STATUS_SINCE)
  const services = Object.values(swarm.services)
    .filter(service => passes(filters.value, service))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return json(
    services.map(service => ({
      ...renderService(world, service, service.spec),
      ...(hasStatus && { ServiceStatus: countTasks(swarm, service) }),
    })),
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
  const body = readBody<ApiServiceSpec>(call)
  if (!body.ok) return resultOf(body, json)
  return resultOf(createService(call.world, call.swarm, body.value), id => json({ ID: id, Warnings: null }, 201))
}

export function postServiceUpdate(call: ClusterCall): Result {
  const body = readBody<ApiServiceSpec>(call)
  if (!body.ok) return resultOf(body, json)
  const version = readVersion(call, 'service')
  if (!version.ok) return resultOf(version, json)
  const isRollback = call.query.get('rollback') === 'previous'
  const updated = updateService(call.world, call.swarm, call.id, version.value, body.value, isRollback)
  return resultOf(updated, () => json({ Warnings: null }))
}

export function deleteService(call: ClusterCall): Result {
  return resultOf(removeService(call.world, call.swarm, call.id), () => EMPTY)
}

function passes(filters: Filters, service: Service): boolean {
  return (
    meets(filters, 'id', id => service.id.startsWith(id)) &&
    meets(filters, 'name', name => (service.spec.Name ?? '').startsWith(name)) &&
    meets(filters, 'label', label => hasLabel(service.spec.Labels ?? {}, label)) &&
    meets(filters, 'mode', mode => mode === (isGlobal(service) ? 'global' : 'replicated')) &&
    meets(filters, 'runtime', runtime => runtime === 'container')
  )
}

/** Source: moby/moby daemon/cluster/convert/service.go */
function renderService(world: World, service: Service, spec: ApiServiceSpec): ApiService {
  const { previous, ports, virtualIps, updateStatus } = service
  const isPublished = ports.length > 0
  return {
    ID: service.id,
    Version: { Index: service.version },
    CreatedAt: formatTime(world, service.createdAt),
    UpdatedAt: formatTime(world, service.updatedAt),
    Spec: spec,
    ...(previous !== null && { PreviousSpec: previous.spec }),
    Endpoint: {
      Spec: isPublished ? (service.spec.EndpointSpec ?? {}) : {},
      ...(isPublished && { Ports: ports }),
      ...(virtualIps.length > 0 && {
        VirtualIPs: virtualIps.map(({ networkId, address }) => ({ NetworkID: networkId, Addr: address })),
      }),
    },
    ...(updateStatus !== null && { UpdateStatus: renderUpdateStatus(world, updateStatus) }),
  }
}

function renderUpdateStatus(world: World, { state, startedAt, completedAt, message }: UpdateStatus) {
  return {
    State: state,
    ...(startedAt !== null && { StartedAt: formatTime(world, startedAt) }),
    ...(completedAt !== null && { CompletedAt: formatTime(world, completedAt) }),
    Message: message,
  }
}

/**
 * Running counts every task in that state, whatever is desired of it and wherever it is.
 * Source: moby/swarmkit manager/controlapi/service.go (ListServiceStatuses)
 */
function countTasks(swarm: Swarm, service: Service): NonNullable<ApiService['ServiceStatus']> {
  const tasks = tasksOfService(swarm, service.id)
  const wanted = tasks.filter(task => task.desired === 'running').length
  return {
    RunningTasks: tasks.filter(task => task.status.state === 'running').length,
    DesiredTasks: isGlobal(service) ? wanted : replicasOf(service),
    CompletedTasks: 0,
  }
}
