import type { ApiReading } from '../api/info.ts'
import type { Operation, Outcome } from '../operations/operation.ts'
import type { LogLine } from '../swarm/log-line.ts'
import type { LogSource } from '../swarm/log-source.ts'
import type { Problem } from '../swarm/problem.ts'
import type { ResourceRef } from '../swarm/resource-ref.ts'

/** An expected failure is a value: either what was asked for, or why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

/**
 * One Docker Engine, reached and spoken to. Nothing here throws for what a network or a daemon can do; every failure
 * is a `Problem`. Calls may be made at the same time; aborting one frees its connection.
 */
export type Engine = {
  /** What the user called it: `unix:///var/run/docker.sock`, `ssh://ops@m1`. */
  readonly name: string
  /**
   * How long a reading may bring nothing before it counts as late, and then a ping before the engine counts as silent.
   * Logging in by ssh takes many round trips, and at times a jump over other hosts, before anything is answered: there
   * both are 15 s instead of 2 s. ssh itself gives up a host that does not even connect after 30 s (`ConnectTimeout`).
   */
  readonly patience: { readonly lateAfterMs: number; readonly silentAfterMs: number }
  /**
   * `/info`, `/nodes`, `/services?status=true`, `/tasks`, and `/version` once. Has no time limit of its own but `signal`.
   * `onProgress` is called whenever something of the answer comes, headers or a piece of a body, at most every 250 ms: a
   * reading without progress hangs. `/info` and `/version`, which are answered without the leader, do not count.
   */
  readonly read: (signal: AbortSignal, onProgress: () => void) => Promise<Answer<ApiReading>>
  /** `/_ping` on a connection of its own, answered at once even where everything else hangs. */
  readonly ping: (signal: AbortSignal) => Promise<Answer<{ readonly roundTripMs: number }>>
  /** `/events` of scope swarm until `signal` aborts: `onEvent` for each, `onEnd` once when the stream has ended by itself. */
  readonly watch: (signal: AbortSignal, onEvent: () => void, onEnd: () => void) => void
  /** Reads the object fresh, changes its spec, sends it with its version; once more after "update out of sequence". */
  readonly perform: (operation: Operation, signal: AbortSignal) => Promise<Answer<Outcome>>
  /** A list or an object that a screen shows besides the reading, as it came: its shape is not to be trusted. */
  readonly fetch: (ref: ResourceRef, signal: AbortSignal) => Promise<Answer<unknown>>
  /** The log of a service or a task until `signal` aborts, on a connection of its own. */
  readonly followLogs: (source: LogSource, start: LogStart, signal: AbortSignal, listener: LogListener) => void
  readonly close: () => void
}

/** `since`: seconds since 1970, with a fraction if need be; `''` for everything. `tail`: so many lines a task. */
export type LogStart = { readonly since: string; readonly tail: number | 'all' }

export type LogListener = {
  /** The engine has begun to answer. */
  readonly onOpen: () => void
  /** In the order in which they come, which is that of time for each task only. */
  readonly onLines: (lines: readonly LogLine[]) => void
  /** What the engine says to be missing, in its own words. */
  readonly onTrouble: (text: string) => void
  /** Once, when it has ended but for `signal`; null where it ended in order. */
  readonly onEnd: (problem: Problem | null) => void
}
