import type { LogLine } from '../../swarm/log-line.ts'
import type { LogChoices } from '../screen.ts'
import { hitsIn, parseSearch } from './log-hits.ts'
import type { LogChunk, LogReading } from './log-reading.ts'

/** Lines of a log by their place among those that are shown; nothing is made for a line that nobody asks for. */
export type ShownLines = {
  readonly count: number
  /** The line at a place from 0 to `count` - 1, and its number. */
  readonly at: (place: number) => NumberedLine | null
  /** The place of the line with this number, or of the first one after it; `count` where there is none. */
  readonly placeOf: (number: number) => number
}

export type NumberedLine = { readonly number: number; readonly line: LogLine }

/** The lines that are shown: all, or those that match only. */
export function shownLines(log: LogReading, { search, isOnlyHits }: LogChoices): ShownLines {
  return isOnlyHits && parseSearch(search).pattern !== null ? hitLines(log, search) : divide(log.chunks, null)
}

/** The lines that match what is looked for; none where nothing is. */
export function hitLines(log: LogReading, search: string): ShownLines {
  const { pattern } = parseSearch(search)
  return pattern === null ? divide([], null) : divide(log.chunks, pattern)
}

function divide(chunks: readonly LogChunk[], pattern: RegExp | null): ShownLines {
  const parts = chunks.map(chunk => ({ chunk, hits: pattern === null ? null : hitsIn(chunk, pattern) }))
  const begins: number[] = []
  let count = 0
  for (const { chunk, hits } of parts) {
    begins.push(count)
    count += hits?.length ?? chunk.lines.length
  }
  return {
    count,
    at: place => {
      const index = lastUpTo(begins, place)
      const part = parts[index]
      const within = place - (begins[index] ?? 0)
      const inChunk = part?.hits === null ? within : part?.hits[within]
      const line = inChunk === undefined ? undefined : part?.chunk.lines[inChunk]
      return part === undefined || inChunk === undefined || line === undefined
        ? null
        : { number: part.chunk.first + inChunk, line }
    },
    placeOf: number => {
      const index = lastUpTo(
        parts.map(({ chunk }) => chunk.first),
        number,
      )
      const part = parts[index]
      if (part === undefined) return 0
      const inChunk = number - part.chunk.first
      const within = part.hits === null ? inChunk : part.hits.filter(hit => hit < inChunk).length
      return Math.min(count, (begins[index] ?? 0) + Math.min(within, part.hits?.length ?? part.chunk.lines.length))
    },
  }
}

/** The index of the last number of an ascending list that is not above this one; of equal ones the last; -1: none. */
function lastUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
