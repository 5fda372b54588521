import type { Container, LogLoop } from '../world/container.ts'

export type LogLine = {
  /** In milliseconds since the world's epoch. */
  readonly at: number
  /** What is beyond the millisecond. */
  readonly nanoseconds: number
  readonly isError: boolean
  readonly text: string
}

/** What an engine keeps of a container's log; older lines are gone. */
const KEPT = 1_000
const ERROR_MARK = '2> '

/*
 * What a container has written is nowhere stored: each line and its moment follow from the container and the number of
 * the line, so that the last ten lines of a month cost as much as those of a minute.
 */

/** Its newest lines, oldest first: at most so many, none before `since`, none after `until`. */
export function readLines(
  container: Container,
  { since, until, limit }: { readonly since: number; readonly until: number; readonly limit: number },
): readonly LogLine[] {
  const end = countLines(container, until)
  const begin = Math.max(end - Math.min(KEPT, limit), countLines(container, since - 1), 0)
  return Array.from({ length: Math.max(0, end - begin) }, (_, index) => lineAt(container, begin + index))
}

/** When it will write next, after this moment; null when it will not, or only as it ends. */
export function nextLineAt(container: Container, after: number): number | null {
  if (container.state !== 'running' || container.startedAt === null || !container.log.isReadable) return null
  const count = countLines(container, after)
  const { first, loop } = container.log
  if (count >= first.length && loop === null) return null
  return lineAt(container, count).at
}

/** How many lines there are up to a moment, that one included. */
function countLines(container: Container, until: number): number {
  const { startedAt, finishedAt, log } = container
  if (startedAt === null || until < startedAt || !log.isReadable) return 0
  const written = Math.min(until, finishedAt ?? until)
  const regular = countFirst(container, written) + countRegular(container, written)
  const last = hasLastWords(container) && finishedAt !== null && until >= finishedAt ? log.last.length : 0
  return regular + last
}

function countFirst({ startedAt, log }: Container, until: number): number {
  return log.first.filter(({ afterMs }) => (startedAt ?? 0) + afterMs <= until).length
}

function countRegular(container: Container, until: number): number {
  const { loop, jitterMs } = container.log
  if (loop === null) return 0
  const rounds = Math.floor((until - (container.startedAt ?? 0) - loop.fromMs + jitterMs) / loop.periodMs) + 1
  let count = Math.max(0, rounds * loop.lines.length)
  while (count > 0 && regularAt(container, loop, count - 1) > until) count--
  return count
}

function lineAt(container: Container, index: number): LogLine {
  const { first, loop, last } = container.log
  const startedAt = container.startedAt ?? 0
  const nanoseconds = Math.floor(chance(container, index, 1) * 1e6)
  const { finishedAt } = container
  const opening = first[index]
  const openings = finishedAt === null ? first.length : countFirst(container, finishedAt)
  if (opening !== undefined && index < openings) {
    return { at: startedAt + opening.afterMs, nanoseconds: index * 1_000, ...readText(opening.text, index) }
  }
  const regular = index - openings
  const end = finishedAt === null ? Number.POSITIVE_INFINITY : countRegular(container, finishedAt)
  if (regular < end && loop !== null) {
    const text = loop.lines[regular % loop.lines.length]?.text ?? ''
    return { at: regularAt(container, loop, regular), nanoseconds, ...readText(text, regular) }
  }
  const ending = regular - end
  return { at: finishedAt ?? startedAt, nanoseconds: 999_000 + ending, ...readText(last[ending] ?? '', ending) }
}

function regularAt(container: Container, { fromMs, periodMs, lines }: LogLoop, index: number): number {
  const { afterMs = 0 } = lines[index % lines.length] ?? {}
  const jitter = (chance(container, index, 0) - 0.5) * container.log.jitterMs
  const roundMs = Math.floor(index / lines.length) * periodMs
  return Math.round((container.startedAt ?? 0) + fromMs + roundMs + afterMs + jitter)
}

/** Only who ends by itself has something to say about it. */
function hasLastWords({ fate, finishedAt }: Container): boolean {
  return finishedAt !== null && fate.exitAt === finishedAt && !fate.isOutOfMemory
}

function readText(text: string, index: number): Pick<LogLine, 'isError' | 'text'> {
  const isError = text.startsWith(ERROR_MARK)
  return { isError, text: (isError ? text.slice(ERROR_MARK.length) : text).replaceAll('{n}', String(index)) }
}

/** From 0 up to 1, the same for the same line of the same container. */
function chance({ id }: Container, index: number, salt: number): number {
  let hash = Number.parseInt(id.slice(0, 8), 16) ^ Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000
}
