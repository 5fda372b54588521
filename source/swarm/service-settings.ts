import type { Resources } from './node.ts'

/**
 * What the page of a service tells of its spec besides what everything needs. Of the environment it knows the names
 * alone. Where the spec is silent this is what Swarm makes of that.
 */
export type ServiceSettings = {
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly environmentNames: readonly string[]
  readonly user: string
  readonly directory: string
  readonly hostname: string
  /** Lines of the container's hosts file: an address, then names. */
  readonly hosts: readonly string[]
  readonly nameServers: readonly string[]
  readonly containerLabels: Readonly<Record<string, string>>
  readonly isReadOnly: boolean
  /** Null where it is the image's own: ten seconds as a rule. */
  readonly stopGraceMs: number | null
  readonly stopSignal: string
  /** Null where it is the image's own, or none. */
  readonly healthCheck: HealthCheck | null
  readonly logDriver: { readonly name: string; readonly options: Readonly<Record<string, string>> } | null
  readonly limits: Resources
  /** 0: no limit. */
  readonly pidsLimit: number
  readonly genericReservations: readonly GenericResource[]
  readonly restart: RestartSettings
  readonly updateConfig: UpdateSettings
  readonly rollbackConfig: UpdateSettings
  /** What tasks are spread over, as `node.labels.zone`. */
  readonly spreads: readonly string[]
  /** Empty where any will do. */
  readonly platforms: readonly { readonly os: string; readonly architecture: string }[]
  readonly endpointMode: 'vip' | 'dnsrr'
}

/** Times of 0 are the image's or the engine's own: 30 s, 30 s and 3 tries. */
export type HealthCheck = {
  /** `['NONE']` switches the image's off. */
  readonly test: readonly string[]
  readonly intervalMs: number
  readonly timeoutMs: number
  readonly startPeriodMs: number
  readonly retries: number
}

/** So many of a kind, or named ones of it. */
export type GenericResource = { readonly kind: string; readonly count: number; readonly name: string }

export type RestartSettings = {
  readonly delayMs: number
  /** 0: no limit. */
  readonly maxAttempts: number
  /** In which attempts are counted; 0: all time. */
  readonly windowMs: number
}

export type UpdateSettings = {
  /** 0: all at once. */
  readonly parallelism: number
  readonly delayMs: number
  readonly failureAction: 'pause' | 'continue' | 'rollback'
  /** How long each new task is watched for failure. */
  readonly monitorMs: number
  /** The share of new tasks that may fail, 0 to 1. */
  readonly maxFailureRatio: number
  readonly order: 'stop-first' | 'start-first'
}
