import type { ApiService, ApiServiceSpec } from '../../api/service.ts'
import type { Service, UpdateStatus } from '../world/service.ts'
import type { World } from '../world/world.ts'
import { formatTime } from './time.ts'

/** `spec`: the service's own, or with what it lacks. `status`: how many tasks run, for who asks. Source: moby/moby daemon/cluster/convert/service.go */
export function renderService(
  world: World,
  service: Service,
  spec: ApiServiceSpec,
  status?: ApiService['ServiceStatus'],
): ApiService {
  const { previous, ports, virtualIps, updateStatus, job } = service
  const isAllocated = ports.length > 0 || virtualIps.length > 0
  return {
    ID: service.id,
    Version: { Index: service.version },
    CreatedAt: formatTime(world, service.createdAt),
    UpdatedAt: formatTime(world, service.updatedAt),
    Spec: spec,
    ...(previous !== null && { PreviousSpec: previous.spec }),
    Endpoint: {
      Spec: isAllocated ? (service.spec.EndpointSpec ?? {}) : {},
      ...(ports.length > 0 && { Ports: ports }),
      ...(virtualIps.length > 0 && {
        VirtualIPs: virtualIps.map(({ networkId, address }) => ({ NetworkID: networkId, Addr: address })),
      }),
    },
    ...(updateStatus !== null && { UpdateStatus: renderUpdateStatus(world, updateStatus) }),
    ...(status && { ServiceStatus: status }),
    ...(job !== null && {
      JobStatus: {
        JobIteration: job.iteration === 0 ? {} : { Index: job.iteration },
        LastExecution: formatTime(world, job.lastExecution),
      },
    }),
  }
}

function renderUpdateStatus(world: World, { state, startedAt, completedAt, message }: UpdateStatus) {
  return {
    State: state,
    ...(startedAt !== null && { StartedAt: formatTime(world, startedAt) }),
    ...(completedAt !== null && { CompletedAt: formatTime(world, completedAt) }),
    ...(message !== '' && { Message: message }),
  }
}
