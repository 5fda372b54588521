import type { ApiTaskSpec } from './task.ts'

/**
 * What `GET /services` answers. `ServiceStatus` comes only with `?status=true` (API 1.41).
 * Source: moby/moby api/types/swarm/service.go
 */
export type ApiService = {
  readonly ID: string
  readonly Version?: { readonly Index?: number }
  readonly CreatedAt?: string
  readonly UpdatedAt?: string
  readonly Spec?: ApiServiceSpec
  readonly PreviousSpec?: ApiServiceSpec | null
  readonly Endpoint?: {
    readonly Spec?: ApiEndpointSpec
    readonly Ports?: readonly ApiPort[] | null
    readonly VirtualIPs?: readonly { readonly NetworkID?: string; readonly Addr?: string }[] | null
  }
  readonly UpdateStatus?: {
    readonly State?: string
    readonly StartedAt?: string
    readonly CompletedAt?: string
    readonly Message?: string
  } | null
  readonly ServiceStatus?: {
    readonly RunningTasks?: number
    readonly DesiredTasks?: number
    readonly CompletedTasks?: number
  } | null
  readonly JobStatus?: { readonly JobIteration?: { readonly Index?: number }; readonly LastExecution?: string } | null
}

/** The part of a service that a person may change; updates send it whole. Exactly one of the modes is there. */
export type ApiServiceSpec = {
  readonly Name?: string
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly TaskTemplate?: ApiTaskSpec
  readonly Mode?: {
    readonly Replicated?: { readonly Replicas?: number }
    readonly Global?: Readonly<Record<string, never>>
    readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number }
    readonly GlobalJob?: Readonly<Record<string, never>>
  }
  readonly UpdateConfig?: ApiUpdateConfig | null
  readonly RollbackConfig?: ApiUpdateConfig | null
  readonly EndpointSpec?: ApiEndpointSpec | null
  readonly Networks?: ApiTaskSpec['Networks']
}

/** Durations in nanoseconds. */
export type ApiUpdateConfig = {
  readonly Parallelism?: number
  readonly Delay?: number
  readonly FailureAction?: string
  readonly Monitor?: number
  readonly MaxFailureRatio?: number
  readonly Order?: string
}

export type ApiEndpointSpec = {
  readonly Mode?: string
  readonly Ports?: readonly ApiPort[] | null
}

export type ApiPort = {
  readonly Name?: string
  readonly Protocol?: string
  readonly TargetPort?: number
  readonly PublishedPort?: number
  readonly PublishMode?: string
}
