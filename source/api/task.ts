import type { ApiGenericResource, ApiResources } from './node.ts'
import type { ApiPort } from './service.ts'

/**
 * What `GET /tasks` answers. `Slot` is left out where it is 0 (global tasks, the first task of a replicated job),
 * `NodeID` until the scheduler has found a node.
 * Source: moby/moby api/types/swarm/task.go
 */
export type ApiTask = {
  readonly ID: string
  readonly Version?: { readonly Index?: number }
  readonly CreatedAt?: string
  readonly UpdatedAt?: string
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly Spec?: ApiTaskSpec
  readonly ServiceID?: string
  readonly Slot?: number
  readonly NodeID?: string
  readonly Status?: {
    readonly Timestamp?: string
    readonly State?: string
    readonly Message?: string
    readonly Err?: string
    readonly ContainerStatus?: {
      readonly ContainerID?: string
      readonly PID?: number
      readonly ExitCode?: number
    } | null
    readonly PortStatus?: { readonly Ports?: readonly ApiPort[] | null }
  }
  readonly DesiredState?: string
  readonly GenericResources?: readonly ApiGenericResource[] | null
  readonly JobIteration?: { readonly Index?: number } | null
}

/** The task template of a service, and the copy of it that each task keeps. Durations in nanoseconds. */
export type ApiTaskSpec = {
  readonly ContainerSpec?: {
    readonly Image?: string
    readonly Labels?: Readonly<Record<string, string>> | null
    readonly Command?: readonly string[] | null
    readonly Args?: readonly string[] | null
    readonly Env?: readonly string[] | null
    readonly StopGracePeriod?: number
    readonly Mounts?: readonly ApiMount[] | null
    readonly [rest: string]: unknown
  }
  readonly Resources?: {
    readonly Limits?: ApiResources & { readonly Pids?: number }
    readonly Reservations?: ApiResources
  }
  readonly RestartPolicy?: {
    readonly Condition?: string
    readonly Delay?: number
    readonly MaxAttempts?: number
    readonly Window?: number
  } | null
  readonly Placement?: {
    readonly Constraints?: readonly string[] | null
    readonly Preferences?: readonly { readonly Spread?: { readonly SpreadDescriptor?: string } }[] | null
    readonly MaxReplicas?: number
    readonly Platforms?: readonly { readonly Architecture?: string; readonly OS?: string }[] | null
  } | null
  readonly Networks?: readonly { readonly Target?: string; readonly Aliases?: readonly string[] | null }[] | null
  readonly LogDriver?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> | null } | null
  readonly ForceUpdate?: number
  readonly Runtime?: string
}

/** `Type`: bind, volume, tmpfs, npipe, cluster; `cluster` is a volume that the swarm itself manages. */
export type ApiMount = {
  readonly Type?: string
  readonly Source?: string
  readonly Target?: string
  readonly ReadOnly?: boolean
  readonly TmpfsOptions?: { readonly SizeBytes?: number } | null
  readonly VolumeOptions?: {
    readonly DriverConfig?: {
      readonly Name?: string
      readonly Options?: Readonly<Record<string, string>> | null
    } | null
  } | null
}
