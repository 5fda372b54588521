import type { LogLine, LogOrigin } from '../../swarm/log-line.ts'
import type { LogSource } from '../../swarm/log-source.ts'
import type { Problem } from '../../swarm/problem.ts'
import type { LogSubject } from '../screen.ts'

/** A log that is being read. Lines have numbers, in the order in which they came; what is looked at is known by them. */
export type LogReading = {
  readonly subject: LogSubject
  /** As `LogChoices` numbers it. */
  readonly since: number
  readonly begunAt: number
  /** What belongs to another number was asked for before, and is dropped. */
  readonly number: number
  readonly host: number
  readonly sources: readonly LogSource[]
  readonly streams: readonly LogStream[]
  /** Oldest first. Each is kept as it is until it is dropped, so that what is made of it can be kept by it. */
  readonly chunks: readonly LogChunk[]
  /** How many lines and letters the chunks hold. */
  readonly count: number
  readonly size: number
  /** The number of the next line that comes. */
  readonly next: number
  /** Lines that have come and are not kept any more. */
  readonly dropped: number
  /** Lines that came and were never kept, since too many came at once. */
  readonly skipped: number
  /** Who has written, by `originKey`, in the order in which they were first heard. */
  readonly origins: ReadonlyMap<string, Writer>
  /** The number of the line at the top of the screen; null while the end is followed. */
  readonly top: number | null
  /** `next` when the end was followed last. */
  readonly pausedAt: number
  /** The number of the hit that was gone to last; null for none. */
  readonly hit: number | null
  /** No more is read, since no more can be kept without dropping what is looked at. */
  readonly isFull: boolean
  /** The host did not answer meanwhile: streams are to be opened again once it does. */
  readonly isCut: boolean
}

/** Lines that came together. `first`: the number of the first of them. */
export type LogChunk = { readonly first: number; readonly lines: readonly LogLine[]; readonly size: number }

/** `index`: the how manieth was heard. `name`: `''` until a reading of the swarm knows it. */
export type Writer = {
  readonly index: number
  readonly origin: LogOrigin
  readonly name: string
  readonly node: string
}

export type LogStream = {
  readonly source: LogSource
  /** A stream that has ended or is broken is tried again after a while, but for a task's that has ended in order. */
  readonly state: 'opening' | 'open' | 'ended' | 'broken'
  /** Why it is broken. */
  readonly problem: Problem | null
  /** What the engine says to be missing, in its own words; `''` for nothing. */
  readonly trouble: string
}

export const originKey = ({ taskId, serviceId, nodeId }: LogOrigin): string => taskId || `${serviceId}@${nodeId}`

/** What is kept at the most; while a person reads something that would be dropped, twice as much. */
export const MOST_LINES = 20_000
export const MOST_LETTERS = 8_000_000
/** Chunks are dropped whole: not too large; each is asked at every frame: not too many. */
const LEAST_CHUNK = 256
const LARGEST_CHUNK = 1024
const MOST_WRITERS = 2000

/** The reading with more lines at its end; the oldest make room for them. */
export function appendLines(log: LogReading, lines: readonly LogLine[], size: number): LogReading {
  if (lines.length === 0) return log
  const grown: LogReading = {
    ...log,
    chunks: appendChunk(log.chunks, { first: log.next, lines, size }),
    count: log.count + lines.length,
    size: log.size + size,
    next: log.next + lines.length,
  }
  return makeRoom(grown)
}

/** Whether the first lines are what is wanted, and not the last. */
export const isFromBeginning = ({ since }: Pick<LogReading, 'since'>): boolean => since === 1

function makeRoom(log: LogReading): LogReading {
  if (log.count <= MOST_LINES && log.size <= MOST_LETTERS) return log
  if (isFromBeginning(log)) return { ...log, isFull: true }
  let [dropped, letters, chunks] = [0, 0, 0]
  for (const { first, lines, size } of log.chunks) {
    const isEnough = log.count - dropped <= MOST_LINES && log.size - letters <= MOST_LETTERS
    const isLookedAt = log.top !== null && first + lines.length > log.top
    if (isEnough || isLookedAt || chunks === log.chunks.length - 1) break
    dropped += lines.length
    letters += size
    chunks += 1
  }
  const [count, size] = [log.count - dropped, log.size - letters]
  return {
    ...log,
    chunks: chunks === 0 ? log.chunks : log.chunks.slice(chunks),
    count,
    size,
    dropped: log.dropped + dropped,
    isFull: log.top !== null && (count > 2 * MOST_LINES || size > 2 * MOST_LETTERS),
  }
}

function appendChunk(chunks: readonly LogChunk[], added: LogChunk): readonly LogChunk[] {
  const last = chunks.at(-1)
  const isSmall = last !== undefined && last.lines.length < LEAST_CHUNK
  const whole = isSmall
    ? { first: last.first, lines: [...last.lines, ...added.lines], size: last.size + added.size }
    : added
  return [...(isSmall ? chunks.slice(0, -1) : chunks), ...divide(whole)]
}

function divide({ first, lines, size }: LogChunk): readonly LogChunk[] {
  if (lines.length <= LARGEST_CHUNK) return [{ first, lines, size }]
  return Array.from({ length: Math.ceil(lines.length / LARGEST_CHUNK) }, (_, index) => {
    const part = lines.slice(index * LARGEST_CHUNK, (index + 1) * LARGEST_CHUNK)
    return {
      first: first + index * LARGEST_CHUNK,
      lines: part,
      size: part.reduce((sum, { text }) => sum + text.length, 0),
    }
  })
}

/** With those who are heard for the first time; of very many the first are forgotten. */
export function addWriters(log: LogReading, origins: readonly LogOrigin[]): LogReading {
  if (origins.length === 0) return log
  const writers = new Map(log.origins)
  for (const origin of origins) {
    const index = ([...writers.values()].at(-1)?.index ?? -1) + 1
    writers.set(originKey(origin), { index, origin, name: '', node: '' })
  }
  const kept = [...writers].slice(-MOST_WRITERS)
  return { ...log, origins: new Map(kept) }
}
