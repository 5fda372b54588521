import type { LogStream } from '../world/log-stream.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { nextLineAt, readLines } from './log-lines.ts'
import { findSources, type LogSources } from './log-sources.ts'
import { type SourcedLine, writeLines } from './write-lines.ts'

/** Lines of one stream are sent together when they come within this time, so that thousands of writers cost little. */
const BATCH_MS = 100

/** Sends a log's new lines from here on, as they are written, until the client hangs up or there is no more to come. */
export function followLog(world: World, stream: LogStream): void {
  world.logStreams[stream.id] = stream
  sendLines(world, stream.id)
}

/** A container has started or ended, or a node is in touch again: whoever follows a log may have something to hear soon. */
export function wakeLogs(world: World): void {
  for (const id in world.logStreams) {
    const stream = world.logStreams[id]
    if (stream !== undefined) lookAgain(world, stream, world.now + BATCH_MS)
  }
}

/** What has been written since the last time, if this is the time that was set for it. */
export function workLogTimer(world: World, id: string): void {
  if (world.logStreams[id]?.due === world.now) sendLines(world, id)
}

/** Bytes that are no text travel in base64. */
export function deliver(world: World, stream: string, bytes: Buffer, isLast: boolean): void {
  if (bytes.length === 0 && !isLast) return
  world.deliveries.push({ stream, text: bytes.toString('base64'), encoding: 'base64', isLast })
}

/** Lines of several containers, by time. */
export function mergeLines(
  { containers }: LogSources,
  range: { readonly since: number; readonly until: number; readonly limit: number },
): readonly SourcedLine[] {
  return containers
    .flatMap(({ container, details }) => readLines(container, range).map(line => ({ ...line, details })))
    .toSorted((one, other) => one.at - other.at || one.nanoseconds - other.nanoseconds)
}

function sendLines(world: World, id: string): void {
  const stream = world.logStreams[id]
  const machine = world.machines[stream?.machine ?? '']
  if (stream === undefined || machine === undefined) return
  const sources = findSources(world, machine, world.swarms[stream.swarm], stream.selection)
  const lines = mergeLines(sources, {
    since: stream.sentUntil + 1,
    until: world.now,
    limit: Number.POSITIVE_INFINITY,
  })
  stream.sentUntil = world.now
  stream.due = null
  deliver(world, id, writeLines(world.epochMs, lines, stream.format), sources.isOver)
  if (sources.isOver) {
    delete world.logStreams[id]
    return
  }
  const next = sources.containers.map(({ container }) => nextLineAt(container, world.now)).filter(at => at !== null)
  if (next.length > 0) lookAgain(world, stream, Math.max(world.now + BATCH_MS, leastOf(next)))
}

function lookAgain(world: World, stream: LogStream, at: number): void {
  if (stream.due !== null && stream.due <= at) return
  stream.due = at
  setTimer(world, at - world.now, { kind: 'log-lines', stream: stream.id })
}

/** Of very many, which are too many to be arguments. */
function leastOf(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY)
}
