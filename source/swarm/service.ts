import type { Resources } from './node.ts'
import type { ServiceSettings } from './service-settings.ts'

/** A service as the dashboard thinks of it: every field there, whatever the wire left out. */
export type Service = {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly mode: ServiceMode
  /** As in the spec, digest included. */
  readonly image: string
  readonly constraints: readonly string[]
  /** 0: no limit. */
  readonly maxReplicasPerNode: number
  readonly reservation: Resources
  readonly restartCondition: 'none' | 'on-failure' | 'any'
  readonly updateOrder: 'stop-first' | 'start-first'
  /** How many tasks an update replaces at the same time; 0: all of them. */
  readonly updateParallelism: number
  /** How long an update waits after each task before it takes the next. */
  readonly updateDelayMs: number
  readonly update: ServiceUpdate | null
  /** Whether it ever was another one; Swarm forgets how the last update went when the spec changes without any. */
  readonly hasPrevious: boolean
  /** As they came, to be compared; the environment is in them, so what is shown of them goes through `diffSpecs`. */
  readonly specs: { readonly present: unknown; readonly previous: unknown }
  /** The counter that `docker service update --force` raises by one; each task remembers the one it was made with. */
  readonly forceUpdate: number
  readonly jobIteration: number
  /** The daemon's own counts (`ServiceStatus`), `null` where the engine did not send them. */
  readonly status: { readonly running: number; readonly desired: number; readonly completed: number } | null
  readonly ports: readonly Port[]
  /** What its tasks are attached to, as the spec names it: an ID as a rule, a name now and then. */
  readonly networks: readonly string[]
  readonly mounts: readonly Mount[]
  readonly secrets: readonly FileReference[]
  readonly configs: readonly FileReference[]
  readonly settings: ServiceSettings
  /** Milliseconds since 1970, by the managers' clocks. */
  readonly createdAt: number
  readonly updatedAt: number
}

export type ServiceMode =
  | { readonly kind: 'replicated'; readonly replicas: number }
  | { readonly kind: 'global' }
  | { readonly kind: 'replicated-job'; readonly maxConcurrent: number; readonly totalCompletions: number }
  | { readonly kind: 'global-job' }

export type ServiceUpdate = {
  readonly state: UpdateState
  /** Milliseconds since 1970; `null` while it has not happened. */
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

export type Port = {
  readonly protocol: string
  readonly target: number
  readonly published: number
  readonly mode: 'ingress' | 'host'
}

/**
 * `type`: bind, volume, tmpfs, npipe, cluster. `source`: `''` for what has none, and for a volume without a name.
 * `sizeBytes`: of a tmpfs; 0 where it may take what the node has. `staysOnNode`: what is written there is on that node and
 * on no other, and is there again for the next task that comes to it.
 */
export type Mount = {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly isReadOnly: boolean
  readonly sizeBytes: number
  readonly staysOnNode: boolean
}

/** A secret or a config that a service uses. `target`: the file in the container; `''` where it is none. */
export type FileReference = { readonly id: string; readonly name: string; readonly target: string }
