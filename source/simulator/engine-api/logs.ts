import { findService, findTask } from '../control-api/find.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { deliver, followLog, mergeLines } from '../logs/follow.ts'
import { readLines } from '../logs/log-lines.ts'
import { findSources, type LogSources } from '../logs/log-sources.ts'
import { type SourcedLine, writeLines, writeProblem } from '../logs/write-lines.ts'
import type { LogFormat, LogSelection } from '../world/log-stream.ts'
import type { Swarm } from '../world/swarm.ts'
import { type Call, type ClusterCall, json, type Result, resultOf } from './call.ts'
import { findContainer } from './find-container.ts'
import { readLoosely } from './read-loosely.ts'
import { isBelow } from './version.ts'

/** A client that gets more at once than it can read is hung up on. */
const LONGEST_REPLAY = 4_000

/*
 * Source: moby/moby api/server/router/swarm/helpers.go (swarmLogs), daemon/cluster/services.go (ServiceLogs)
 */

export function serviceLogs(call: ClusterCall): Result {
  return resultOf(findService(call.swarm, call.id), ({ id, spec }) =>
    clusterLogs(call, { kind: 'service', id }, spec.TaskTemplate?.ContainerSpec?.TTY === true),
  )
}

export function taskLogs(call: ClusterCall): Result {
  return resultOf(findTask(call.swarm, call.id), ({ id, spec }) =>
    clusterLogs(call, { kind: 'task', id }, spec.ContainerSpec?.TTY === true),
  )
}

/** Source: moby/moby api/server/router/container/container_routes.go (getContainersLogs), daemon/logs.go */
export function containerLogs(call: Call): Result {
  const found = findContainer(call.machine, call.id)
  if (!found.ok) return resultOf(found, json)
  const { id, log } = found.value
  const format = readFormat(call, log.isTty)
  if (!format.hasStdout && !format.hasStderr) return resultOf(refused(400, NO_STREAM), json)
  if (!log.isReadable) return resultOf(refused(501, 'configured logging driver does not support reading'), json)
  const range = readRange(call)
  // An engine takes any other word for all of them.
  return streamLogs(call, undefined, { kind: 'container', id }, format, range.ok ? range.value : WHOLE)
}

function clusterLogs(call: ClusterCall, selection: LogSelection, isTty: boolean): Result {
  const format = readFormat(call, isTty)
  if (!format.hasStdout && !format.hasStderr) return resultOf(refused(500, NO_STREAM), json)
  return resultOf(readRange(call), range => streamLogs(call, call.swarm, selection, format, range))
}

const NO_STREAM = 'Bad parameters: you must choose at least one stream'

type LogRange = { readonly since: number; readonly tail: number }

const WHOLE: LogRange = { since: Number.NEGATIVE_INFINITY, tail: Number.POSITIVE_INFINITY }

function streamLogs(
  call: Call,
  swarm: Swarm | undefined,
  selection: LogSelection,
  format: LogFormat,
  { since, tail }: LogRange,
): Result {
  const { world, machine } = call
  const sources = findSources(world, machine, swarm, selection)
  const stream = `logs-${world.streamSerial++}`
  const isFollowed = readLoosely(call, 'follow')
  const limit = Math.min(tail, isFollowed ? Math.ceil(LONGEST_REPLAY / Math.max(1, sources.containers.length)) : tail)
  const range = { since, until: world.now, limit }
  if (isFollowed) {
    deliver(world, stream, writeLines(world.epochMs, mergeLines(sources, range), format), false)
    const [sentUntil, due] = [world.now, null]
    followLog(world, { id: stream, machine: machine.name, swarm: swarm?.key ?? '', selection, format, sentUntil, due })
  } else {
    const lines = writeLines(world.epochMs, linesByContainer(sources, range), format)
    const problem = sources.reasons.length > 0 ? writeProblem(incomplete(sources.reasons), format) : Buffer.alloc(0)
    deliver(world, stream, Buffer.concat([lines, problem]), true)
  }
  const isMultiplexed = !format.isTty && !isBelow(call.version, '1.42')
  const type = `application/vnd.docker.${isMultiplexed ? 'multiplexed' : 'raw'}-stream`
  return {
    kind: 'reply',
    reply: { kind: 'stream', stream, status: 200, headers: { 'Content-Type': type }, body: '' },
  }
}

/** One container after the other: agents send whole logs, and nobody sorts what they send. */
function linesByContainer({ containers }: LogSources, range: Parameters<typeof readLines>[1]): readonly SourcedLine[] {
  return containers.flatMap(({ container, details }) => readLines(container, range).map(line => ({ ...line, details })))
}

function incomplete(reasons: readonly string[]): string {
  const text = 'incomplete log stream. some logs could not be retrieved for the following reasons'
  return `rpc error: code = Unknown desc = warning: ${text}: ${reasons.join(', ')}`
}

function readFormat(call: Call, isTty: boolean): LogFormat {
  return {
    hasStdout: readLoosely(call, 'stdout'),
    hasStderr: readLoosely(call, 'stderr'),
    hasTimestamps: readLoosely(call, 'timestamps'),
    hasDetails: readLoosely(call, 'details'),
    isTty,
  }
}

function readRange(call: Call): Answer<LogRange> {
  const tail = readTail(call.query.get('tail') ?? '')
  if (!tail.ok) return tail
  const seconds = Number.parseFloat(call.query.get('since') ?? '')
  const since = Number.isFinite(seconds) ? Math.ceil(seconds * 1_000) - call.world.epochMs : WHOLE.since
  return granted({ since, tail: tail.value })
}

function readTail(text: string): Answer<number> {
  if (text === '' || text === 'all') return granted(WHOLE.tail)
  if (!/^[+-]?\d{1,15}$/.test(text)) return refused(500, 'tail value must be a positive integer or "all"')
  if (Number(text) < 0) return refused(500, 'negative tail values not supported')
  return granted(Number(text))
}
