import type { ApiService, ApiServiceSpec } from '../api/service.ts'
import { convertServiceSpec } from '../simulator/control-api/service-spec.ts'
import { serviceSpecShape } from '../simulator/engine-api/service-shape.ts'
import { readShape } from '../simulator/engine-api/shape.ts'
import { isJob, type Service, type UpdateState, type UpdateStatus } from '../simulator/world/service.ts'
import { countIn, labelsIn, listIn, objectIn, textIn } from '../swarm/read-field.ts'
import type { Clock } from './clock.ts'
import { isId, newRecord } from './records.ts'

/**
 * The versions of specs are told nowhere; what matters is which are equal and which came later. The spec that a service
 * has now, the one before, and whatever else a task may have been made with.
 */
export const SPEC_VERSION = { now: 3, before: 2, other: 1 } as const
/** Above those, since an update gives the version of the object to the new spec. */
const LEAST_VERSION = 10

export function copyServices(wire: readonly ApiService[], clock: Clock): Record<string, Service> {
  const services = newRecord<Service>()
  for (const entry of wire) {
    if (isId(objectIn(entry).ID) && services[entry.ID] === undefined) services[entry.ID] = readService(entry, clock)
  }
  return services
}

/** Virtual addresses are left out, as are the networks that they are of: there are enough of them, it is presumed. */
function readService(wire: ApiService, clock: Clock): Service {
  const spec = readSpec(wire.Spec)
  const previous = wire.PreviousSpec == null ? null : readSpec(wire.PreviousSpec)
  const { JobIteration, LastExecution } = objectIn(wire.JobStatus)
  return {
    id: wire.ID,
    version: Math.max(LEAST_VERSION, countIn(objectIn(wire.Version).Index)),
    createdAt: clock.at(wire.CreatedAt),
    updatedAt: clock.at(wire.UpdatedAt),
    spec,
    specVersion: SPEC_VERSION.now,
    previous: previous === null ? null : { spec: previous, specVersion: SPEC_VERSION.before },
    updateStatus: readUpdateStatus(wire.UpdateStatus, clock),
    job: isJob({ spec })
      ? { iteration: countIn(objectIn(JobIteration).Index), lastExecution: clock.at(LastExecution) }
      : null,
    ports: portsOf(wire, spec),
    virtualIps: [],
  }
}

/**
 * A spec as the simulated engine would have stored it: what it has no name for is left out, here and in the specs of the
 * tasks alike. One that it would not take is cut down to what a service cannot be without.
 */
export function readSpec(wire: ApiServiceSpec | undefined): ApiServiceSpec {
  const { value, problem } = readShape(serviceSpecShape, 'ServiceSpec', objectIn(wire))
  const converted = problem === null && value !== undefined ? convertServiceSpec(value) : null
  return converted?.ok ? converted.value : readBareSpec(objectIn(wire))
}

function readBareSpec({ Name, Labels, TaskTemplate, Mode }: ApiServiceSpec): ApiServiceSpec {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = objectIn(Mode)
  const { MaxConcurrent, TotalCompletions } = objectIn(ReplicatedJob)
  const mode = Global
    ? { Global: {} }
    : GlobalJob
      ? { GlobalJob: {} }
      : ReplicatedJob
        ? {
            ReplicatedJob: { MaxConcurrent: countIn(MaxConcurrent, 1), TotalCompletions: countIn(TotalCompletions, 1) },
          }
        : { Replicated: { Replicas: countIn(objectIn(Replicated).Replicas, 1) } }
  return {
    Name: textIn(Name),
    Labels: labelsIn(Labels),
    TaskTemplate: {
      ContainerSpec: { Image: textIn(objectIn(objectIn(TaskTemplate).ContainerSpec).Image) },
      ForceUpdate: countIn(objectIn(TaskTemplate).ForceUpdate),
      Runtime: 'container',
    },
    Mode: mode,
  }
}

function readUpdateStatus(wire: ApiService['UpdateStatus'], clock: Clock): UpdateStatus | null {
  const { State, StartedAt, CompletedAt, Message } = objectIn(wire)
  const state = UPDATE_STATES.find(word => word === State)
  if (state === undefined) return null
  return {
    state,
    startedAt: StartedAt === undefined ? null : clock.at(StartedAt),
    completedAt: CompletedAt === undefined ? null : clock.at(CompletedAt),
    message: textIn(Message),
  }
}

const UPDATE_STATES: readonly UpdateState[] = [
  'updating',
  'paused',
  'completed',
  'rollback_started',
  'rollback_paused',
  'rollback_completed',
]

/** The numbers that were given out; without them, those that were asked for. */
function portsOf({ Endpoint }: ApiService, spec: ApiServiceSpec): Service['ports'] {
  const asked = spec.EndpointSpec?.Ports ?? []
  const given = listIn(objectIn(Endpoint).Ports).map(objectIn)
  return asked.map((port, index) => {
    const number = countIn(given[index]?.PublishedPort)
    return number === 0 || (port.PublishedPort ?? 0) !== 0 ? port : { ...port, PublishedPort: number }
  })
}
