import type { LogLine } from './log-line.ts'

/**
 * Knows again the lines that come twice: what is asked for anew after a stream broke, and what a node tells from the
 * beginning when it is back in a swarm whose log is followed. The lines of one stream of one task come in order of time,
 * so one that is older than the last and was seen is a repetition; one that was never seen is from a clock that was set
 * back, and is none.
 */
export class LogRepeats {
  readonly #seen = new Map<string, Seen>()

  /** Whether this line has come before; it has, from now on. */
  isRepeat({ time, isError, origin }: LogLine): boolean {
    if (time === '') return false
    const key = `${origin.taskId}${isError ? '!' : '|'}`
    const seen = this.#seen.get(key)
    if (seen === undefined) {
      if (this.#seen.size >= MOST_STREAMS) this.#forgetOldest()
      this.#seen.set(key, { last: time, countAtLast: 1, times: new Set([time]), toSkip: null })
      return false
    }
    return isSeen(seen, time, Math.floor(MOST_TIMES / this.#seen.size))
  }

  /** A stream is read anew: what comes at the last moment of each task may be what came there. */
  expectRepeats(): void {
    for (const seen of this.#seen.values()) seen.toSkip = seen.countAtLast
  }

  /** The moment from which on nothing is missed, though tasks may be some seconds behind one another; null: nothing came. */
  resumeTime(): string | null {
    const lasts = [...this.#seen.values()].map(({ last }) => last).toSorted()
    const newest = lasts.at(-1)
    if (newest === undefined) return null
    const earliest = new Date(Date.parse(newest) - LONGEST_LAG_MS).toISOString()
    return lasts.find(last => last >= earliest) ?? newest
  }

  #forgetOldest(): void {
    for (const key of this.#seen.keys()) {
      this.#seen.delete(key)
      return
    }
  }
}

type Seen = {
  last: string
  /** How many lines bore the last time. */
  countAtLast: number
  /** The times of the latest lines, oldest first. */
  readonly times: Set<string>
  /** While lines are repeated: how many more at the last time are repetitions. Null: none is expected. */
  toSkip: number | null
}

const MOST_STREAMS = 2000
/** Of all tasks together. Of one, more than a node tells again; of thousands fewer: what is older than all is a repetition. */
const MOST_TIMES = 100_000
const MOST_TIMES_OF_ONE = 2000
/** Nodes whose clocks differ by more are no swarm for long: their certificates and heartbeats would fail. */
const LONGEST_LAG_MS = 60_000

function isSeen(seen: Seen, time: string, most: number): boolean {
  if (time > seen.last) {
    seen.last = time
    seen.countAtLast = 1
    seen.toSkip = null
    remember(seen.times, time, most)
    return false
  }
  if (time === seen.last) {
    if (seen.toSkip === null || seen.toSkip === 0) {
      seen.countAtLast += 1
      return false
    }
    seen.toSkip -= 1
    return true
  }
  const [oldest = ''] = seen.times
  if (!seen.times.has(time) && time >= oldest) {
    remember(seen.times, time, most)
    return false
  }
  seen.toSkip ??= seen.countAtLast
  return true
}

function remember(times: Set<string>, time: string, most: number): void {
  times.add(time)
  const tooMany = times.size - Math.min(most, MOST_TIMES_OF_ONE)
  let forgotten = 0
  for (const oldest of times) {
    if (forgotten >= tooMany) return
    times.delete(oldest)
    forgotten += 1
  }
}
