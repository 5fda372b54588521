import type { ApiPort, ApiServiceSpec } from '../../api/service.ts'

export type Service = {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Exactly what was sent: defaults are inserted for display only. */
  readonly spec: ApiServiceSpec
  /** 0 at creation, then the version the client sent; tasks copy it. */
  readonly specVersion: number
  readonly previous: { readonly spec: ApiServiceSpec; readonly specVersion: number } | null
  readonly updateStatus: UpdateStatus | null
  /** The credentials that came with its last update; never shown. */
  readonly registryAuth?: string
  /** Of jobs alone: how often it has been run anew, and when last. */
  readonly job: { readonly iteration: number; readonly lastExecution: number } | null
  /** Published ports with the numbers that were given out. */
  readonly ports: readonly ApiPort[]
  readonly virtualIps: readonly { readonly networkId: string; readonly address: string }[]
}

export type UpdateStatus = {
  readonly state: UpdateState
  readonly startedAt: number | null
  readonly completedAt: number | null
  readonly message: string
}

export type UpdateState =
  | 'updating'
  | 'paused'
  | 'completed'
  | 'rollback_started'
  | 'rollback_paused'
  | 'rollback_completed'

export function isGlobal(service: Service): boolean {
  return service.spec.Mode?.Global !== undefined
}

export function isReplicated(service: Service): boolean {
  return !isGlobal(service) && !isJob(service)
}

export function isJob(service: Pick<Service, 'spec'>): boolean {
  return service.spec.Mode?.ReplicatedJob !== undefined || isGlobalJob(service)
}

export function isGlobalJob(service: Pick<Service, 'spec'>): boolean {
  return service.spec.Mode?.GlobalJob !== undefined
}

/** The replicas of a replicated service; a mode without a number means one. */
export function replicasOf(service: Service): number {
  return service.spec.Mode?.Replicated?.Replicas ?? 1
}

/** Published on every node, through the ingress network. */
export function isIngress(port: ApiPort): boolean {
  return port.PublishMode !== 'host'
}
