import type { Effect } from './app/effect.ts'
import { type LogStream, originKey } from './app/logs/log-reading.ts'
import type { Engine, LogStart } from './engine/engine.ts'
import type { Clock, Event } from './program.ts'
import type { LogLine, LogOrigin } from './swarm/log-line.ts'
import { LogRepeats } from './swarm/log-repeats.ts'
import type { LogSource } from './swarm/log-source.ts'
import { LogMerger } from './swarm/merge-log.ts'

type Follow = Effect & { readonly kind: 'follow-logs' }
type Dispatch = (event: Event) => void

/** Reads the log that the dashboard shows; one at a time. */
export type LogFollower = {
  readonly follow: (engine: Engine, effect: Follow, dispatch: Dispatch) => void
  readonly unfollow: () => void
}

/** No more often is told what has come: each time may be a frame. */
const TELL_EVERY_MS = 50
const RETRY_FIRST_MS = 1000
const RETRY_MOST_MS = 10_000
const MOST_ORIGINS = 2000

/** Several streams are made one here, in order of time and without what comes twice; what breaks is opened again. */
export function createLogFollower(clock: Clock): LogFollower {
  let current: Following | null = null
  return {
    follow: (engine, effect, dispatch) => {
      if (current?.number !== effect.number) {
        current?.stop()
        current = new Following(effect, clock, dispatch)
      }
      current.goOn(engine, effect)
    },
    unfollow: () => {
      current?.stop()
      current = null
    },
  }
}

type OpenStream = {
  status: LogStream
  abort: AbortController
  failures: number
  retry: { readonly cancel: () => void } | null
}

class Following {
  readonly number: number
  readonly #start: LogStart
  readonly #clock: Clock
  readonly #dispatch: Dispatch
  readonly #streams = new Map<string, OpenStream>()
  readonly #repeats = new Map<string, LogRepeats>()
  readonly #merger = new LogMerger()
  #origins = new Set<string>()
  #engine: Engine | null = null
  #timer: { readonly cancel: () => void } | null = null
  #toldAt = Number.NEGATIVE_INFINITY

  constructor({ number, since, tail }: Follow, clock: Clock, dispatch: Dispatch) {
    this.number = number
    this.#start = { since, tail }
    this.#clock = clock
    this.#dispatch = dispatch
  }

  /** Opens the streams that are wanted and not there, and ends those that are there and not wanted. */
  goOn(engine: Engine, { sources, isAnew }: Follow): void {
    const isOther = this.#engine !== null && this.#engine !== engine
    this.#engine = engine
    const wanted = new Map(sources.map(source => [keyOf(source), source]))
    for (const [key, stream] of this.#streams) {
      const hasEnded = stream.status.state === 'ended' || stream.status.state === 'broken'
      if (!wanted.has(key)) {
        this.#end(stream)
        this.#streams.delete(key)
      } else if (isOther || (isAnew && hasEnded)) {
        this.#end(stream)
        this.#open(key, stream.status.source)
      }
    }
    for (const [key, source] of wanted) if (!this.#streams.has(key)) this.#open(key, source)
    this.#tellStreams()
  }

  stop(): void {
    this.#timer?.cancel()
    for (const stream of this.#streams.values()) this.#end(stream)
    this.#streams.clear()
  }

  #open(key: string, source: LogSource, failures = 0): void {
    const engine = this.#engine
    if (engine === null) return
    const abort = new AbortController()
    const status: LogStream = { source, state: 'opening', problem: null, trouble: '' }
    const stream: OpenStream = { status, abort, failures, retry: null }
    this.#streams.set(key, stream)
    const repeats = this.#repeats.get(key) ?? new LogRepeats()
    this.#repeats.set(key, repeats)
    repeats.expectRepeats()
    engine.followLogs(source, this.#startAfter(repeats), abort.signal, {
      onOpen: () => this.#change(stream, { state: 'open', problem: null }),
      onLines: lines => {
        stream.failures = 0
        this.#take(lines.filter(line => !repeats.isRepeat(line)))
      },
      onTrouble: trouble => this.#change(stream, { trouble }),
      onEnd: problem => {
        this.#change(stream, { state: problem === null ? 'ended' : 'broken', problem })
        if (problem !== null || source.kind === 'service') this.#openLater(key, stream)
      },
    })
  }

  /** From where it broke, if anything had come. */
  #startAfter(repeats: LogRepeats): LogStart {
    const resumeTime = repeats.resumeTime()
    return resumeTime === null ? this.#start : { since: toUnixSeconds(resumeTime), tail: 'all' }
  }

  #openLater(key: string, stream: OpenStream): void {
    const delayMs = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** stream.failures)
    stream.retry = this.#clock.after(delayMs, () => {
      const { problem, source, state } = stream.status
      this.#open(key, source, stream.failures + 1)
      // Until it is open again it stands as it was: broken, and why.
      const again = this.#streams.get(key)
      if (again !== undefined && again.status.state === 'opening') again.status = { ...again.status, state, problem }
    })
  }

  #end(stream: OpenStream): void {
    stream.abort.abort()
    stream.retry?.cancel()
  }

  #change(stream: OpenStream, change: Partial<LogStream>): void {
    stream.status = { ...stream.status, ...change }
    this.#tellStreams()
  }

  #tellStreams(): void {
    const streams = [...this.#streams.values()].map(({ status }) => status)
    this.#dispatch({ kind: 'log-streams-changed', number: this.number, streams })
  }

  #take(lines: readonly LogLine[]): void {
    this.#merger.add(lines, this.#clock.now())
    this.#wake()
  }

  #wake(): void {
    const dueAt = this.#merger.dueAt()
    if (dueAt === null || this.#timer !== null) return
    const now = this.#clock.now()
    const at = Math.max(dueAt, this.#toldAt + TELL_EVERY_MS)
    this.#timer = this.#clock.after(Math.max(0, at - now), () => {
      this.#timer = null
      this.#tell()
      this.#wake()
    })
  }

  #tell(): void {
    const now = this.#clock.now()
    const lines = this.#merger.take(now)
    const skipped = this.#merger.takeSkipped()
    if (lines.length === 0 && skipped === 0) return
    this.#toldAt = now
    const origins = this.#heardFirst(lines)
    const size = lines.reduce((sum, { text }) => sum + text.length, 0)
    this.#dispatch({ kind: 'log-received', number: this.number, lines, size, origins, skipped })
  }

  #heardFirst(lines: readonly LogLine[]): readonly LogOrigin[] {
    const first: LogOrigin[] = []
    for (const { origin } of lines) {
      const key = originKey(origin)
      if (this.#origins.has(key)) continue
      this.#origins.add(key)
      first.push(origin)
    }
    if (this.#origins.size > MOST_ORIGINS) this.#origins = new Set([...this.#origins].slice(-MOST_ORIGINS))
    return first
  }
}

const keyOf = (source: LogSource): string =>
  source.kind === 'service' ? `service ${source.serviceId}` : `task ${source.taskId}`

/** `1795225360.578043887` of `2026-11-21T01:42:40.578043887Z`: a number would lose the end of it. */
export function toUnixSeconds(time: string): string {
  const decimals = /\.(\d+)Z$/.exec(time)?.[1] ?? '0'
  return `${Math.floor(Date.parse(time) / 1000)}.${decimals}`
}
