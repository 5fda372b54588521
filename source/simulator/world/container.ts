import type { ApiPort } from '../../api/service.ts'

/** A container of a task. It is there until its task's object is deleted, whether it runs or not. */
export type Container = {
  readonly id: string
  readonly name: string
  readonly taskId: string
  readonly image: string
  /** As one would type it. */
  readonly command: string
  readonly labels: Readonly<Record<string, string>>
  /** The overlay networks that it is attached to. */
  readonly networks: readonly { readonly id: string; readonly name: string }[]
  /** Published on this machine alone. */
  readonly ports: readonly ApiPort[]
  /** `null`: nothing asks how it is. */
  readonly healthCheck: HealthCheck | null
  readonly log: LogBook
  readonly createdAt: number
  state: 'created' | 'running' | 'exited'
  pid: number
  startedAt: number | null
  finishedAt: number | null
  exitCode: number
  isOutOfMemory: boolean
  health: 'none' | 'starting' | 'healthy' | 'unhealthy'
  /** What lies before it; moments that have passed are history. */
  fate: Fate
}

/** Times in milliseconds. Source: moby/moby daemon/health.go */
export type HealthCheck = {
  readonly intervalMs: number
  readonly startIntervalMs: number
  readonly startPeriodMs: number
  readonly retries: number
  /** Its command does nothing but fail; how all others go is up to the container. */
  readonly alwaysFails: boolean
}

/** When things will happen to a running container by themselves; null for never. */
export type Fate = {
  readonly exitAt: number | null
  readonly exitCode: number
  readonly isOutOfMemory: boolean
  readonly healthyAt: number | null
  readonly unhealthyAt: number | null
}

/** What it writes, as `logs/log-lines.ts` makes it out of this; a line that begins with `2> ` goes to standard error. */
export type LogBook = {
  readonly first: readonly TimedLine[]
  /** And after these, until it ends. */
  readonly loop: LogLoop | null
  /** How far apart chance may set a line of the loop, sooner and later together. */
  readonly jitterMs: number
  /** Before it ends by itself. */
  readonly last: readonly string[]
  readonly isTty: boolean
  /** False for a log driver that keeps lines where no engine can read them, or nowhere. */
  readonly isReadable: boolean
}

/** `afterMs`: from the start, or from the beginning of the round. */
export type TimedLine = { readonly afterMs: number; readonly text: string }

/** Lines that come again and again, each at its time in every round. */
export type LogLoop = { readonly fromMs: number; readonly periodMs: number; readonly lines: readonly TimedLine[] }

/** The exit code of whoever is killed by signal 9. */
export const KILLED = 137

export const NO_FATE: Fate = {
  exitAt: null,
  exitCode: 0,
  isOutOfMemory: false,
  healthyAt: null,
  unhealthyAt: null,
}
