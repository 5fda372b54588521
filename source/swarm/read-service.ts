import type { ApiPort, ApiService, ApiServiceSpec } from '../api/service.ts'
import { parseTime } from '../rules/duration.ts'
import { countIn, labelsIn, listIn, objectIn, textIn, textsIn, wordIn } from './read-field.ts'
import { readResources } from './read-node.ts'
import {
  readConfigReferences,
  readMounts,
  readNetworks,
  readSecretReferences,
  readServiceSettings,
} from './read-service-settings.ts'
import type { Port, Service, ServiceMode, ServiceUpdate, UpdateState } from './service.ts'

/**
 * A service out of the wire's; its ID is `''` where the wire has none. Without update settings one task is replaced at a
 * time, with settings that do not say how many, all. Source: moby/swarmkit manager/orchestrator/update/updater.go (Run),
 * api/defaults/service.go
 */
export function readService(wire: ApiService): Service {
  const service = objectIn(wire)
  const spec = objectIn(service.Spec)
  const template = objectIn(spec.TaskTemplate)
  const placement = objectIn(template.Placement)
  const container = objectIn(template.ContainerSpec)
  return {
    id: textIn(service.ID),
    version: countIn(objectIn(service.Version).Index),
    name: textIn(spec.Name),
    labels: labelsIn(spec.Labels),
    mode: readMode(spec.Mode),
    image: textIn(container.Image),
    constraints: textsIn(placement.Constraints),
    maxReplicasPerNode: countIn(placement.MaxReplicas),
    reservation: readResources(objectIn(template.Resources).Reservations),
    restartCondition: wordIn(objectIn(template.RestartPolicy).Condition, ['any', 'on-failure', 'none']),
    updateOrder: wordIn(objectIn(spec.UpdateConfig).Order, ['stop-first', 'start-first']),
    updateParallelism: isThere(spec.UpdateConfig) ? countIn(objectIn(spec.UpdateConfig).Parallelism) : 1,
    updateDelayMs: countIn(objectIn(spec.UpdateConfig).Delay) / 1e6,
    update: readUpdate(service.UpdateStatus),
    hasPrevious: isThere(service.PreviousSpec),
    specs: { present: service.Spec, previous: service.PreviousSpec },
    forceUpdate: countIn(template.ForceUpdate),
    jobIteration: countIn(objectIn(objectIn(service.JobStatus).JobIteration).Index),
    status: readStatus(service.ServiceStatus),
    ports: readPorts(objectIn(service.Endpoint).Ports),
    networks: readNetworks(spec),
    mounts: readMounts(container.Mounts),
    secrets: readSecretReferences(container.Secrets),
    configs: readConfigReferences(container.Configs),
    settings: readServiceSettings(spec),
    createdAt: parseTime(textIn(service.CreatedAt)),
    updatedAt: parseTime(textIn(service.UpdatedAt)),
  }
}

/** What the daemon makes of a spec without numbers, or without a mode at all: one replica, one job task at a time. */
function readMode(wire: ApiServiceSpec['Mode']): ServiceMode {
  const mode = objectIn(wire)
  if (isThere(mode.Global)) return { kind: 'global' }
  if (isThere(mode.GlobalJob)) return { kind: 'global-job' }
  if (isThere(mode.ReplicatedJob)) {
    const job = objectIn(mode.ReplicatedJob)
    const maxConcurrent = countIn(job.MaxConcurrent, 1)
    return { kind: 'replicated-job', maxConcurrent, totalCompletions: countIn(job.TotalCompletions, maxConcurrent) }
  }
  return { kind: 'replicated', replicas: countIn(objectIn(mode.Replicated).Replicas, 1) }
}

function readUpdate(wire: ApiService['UpdateStatus']): ServiceUpdate | null {
  const update = objectIn(wire)
  const state = UPDATE_STATES.find(known => known === update.State)
  if (state === undefined) return null
  return {
    state,
    startedAt: parseTime(textIn(update.StartedAt)) || null,
    completedAt: parseTime(textIn(update.CompletedAt)) || null,
    message: textIn(update.Message),
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

function readStatus(wire: ApiService['ServiceStatus']): Service['status'] {
  if (!isThere(wire)) return null
  const status = objectIn(wire)
  return {
    running: countIn(status.RunningTasks),
    desired: countIn(status.DesiredTasks),
    completed: countIn(status.CompletedTasks),
  }
}

export const readPorts = (wire: readonly ApiPort[] | null | undefined): readonly Port[] =>
  listIn(wire).map(element => {
    const port = objectIn(element)
    return {
      protocol: textIn(port.Protocol),
      target: countIn(port.TargetPort),
      published: countIn(port.PublishedPort),
      mode: wordIn(port.PublishMode, ['ingress', 'host']),
    }
  })

const isThere = (value: unknown) => typeof value === 'object' && value !== null
