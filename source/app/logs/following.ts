import type { LogLine, LogOrigin } from '../../swarm/log-line.ts'
import { nameNode, nameTask } from '../../swarm/name-task.ts'
import { currentView } from '../current-view.ts'
import { type LogSubject, screenKey } from '../screen.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { swarmNow } from '../swarm-clock.ts'
import { logChoices, SINCE_MINUTES } from './log-choices.ts'
import {
  addWriters,
  appendLines,
  isFromBeginning,
  type LogReading,
  type LogStream,
  MOST_LINES,
  type Writer,
} from './log-reading.ts'
import { sourcesOf, taskById, tasksOfLog } from './log-subject.ts'

/** Of a log that is followed from its end, so many lines of each task come first; of many tasks fewer. */
const TAIL = 500
const TAIL_OF_ALL = 5000

/** Begins to read the log that is looked at, follows what changes about it, and ends with its screen. */
export function followLogIfDue(state: State): Step {
  const { log } = state
  const subject = subjectWanted(state)
  if (subject === null) return log === null ? stay(state) : endLog(state)
  if (log === null || !isSame(log.subject, subject) || log.since !== logChoices(state).since) {
    return beginLog(state, subject)
  }
  return keepUp(nameWriters(state, log), log)
}

/** When `followLogIfDue` has something to do, milliseconds since 1970. */
export function logDueAt(state: State): number {
  const { log } = state
  const subject = subjectWanted(state)
  const isAsWanted =
    subject === null
      ? log === null
      : log !== null && isSame(log.subject, subject) && log.since === logChoices(state).since
  return isAsWanted ? Number.POSITIVE_INFINITY : state.now
}

/** Lines have come. What was asked for before and is not read any more is dropped. */
export function receiveLines(
  state: State,
  received: {
    readonly number: number
    readonly lines: readonly LogLine[]
    readonly size: number
    readonly origins: readonly LogOrigin[]
    readonly skipped: number
  },
): Step {
  const { log } = state
  if (log?.number !== received.number || log.isFull) return stay(state)
  const grown = appendLines(addWriters(log, received.origins), received.lines, received.size)
  const next = { ...grown, skipped: grown.skipped + received.skipped }
  const named = received.origins.length === 0 ? { ...state, log: next } : nameWriters(state, next)
  return { state: named, effects: next.isFull ? [{ kind: 'unfollow-logs' }] : [] }
}

export function receiveStreams(state: State, number: number, streams: readonly LogStream[]): State {
  const { log } = state
  return log?.number === number ? { ...state, log: { ...log, streams } } : state
}

function subjectWanted(state: State): LogSubject | null {
  const { screen } = currentView(state)
  return screen.kind === 'logs' && state.reading !== null ? screen.subject : null
}

function endLog(state: State): Step {
  return { state: { ...state, log: null }, effects: [{ kind: 'unfollow-logs' }] }
}

function beginLog(state: State, subject: LogSubject): Step {
  const number = state.polling.sequence + 1
  const log: LogReading = {
    subject,
    since: logChoices(state).since,
    begunAt: state.now,
    number,
    host: state.polling.host,
    sources: [],
    streams: [],
    chunks: [],
    count: 0,
    size: 0,
    next: 0,
    dropped: 0,
    skipped: 0,
    origins: new Map(),
    top: null,
    pausedAt: 0,
    hit: null,
    isFull: false,
    isCut: false,
  }
  return follow({ ...state, polling: { ...state.polling, sequence: number } }, log, false)
}

/** New services of a stack, another host, a host that is back. */
function keepUp(state: State, log: LogReading): Step {
  const { link, host } = state.polling
  const current = state.log ?? log
  if (log.isFull) return stay(state)
  if (link.kind === 'failed') return stay({ ...state, log: { ...current, isCut: true } })
  if (link.kind !== 'live') return stay(state)
  const isOther = host !== log.host
  const { sources } = sourcesOf(state, log.subject)
  const isChanged = JSON.stringify(sources) !== JSON.stringify(log.sources)
  return isOther || log.isCut || isChanged ? follow(state, current, log.isCut) : stay(state)
}

function follow(state: State, before: LogReading, isAnew: boolean): Step {
  const { host } = state.polling
  const { sources } = sourcesOf(state, before.subject)
  const log = { ...before, sources, host, isCut: false }
  const start = startOf(state, log)
  return {
    state: { ...state, log },
    effects: [{ kind: 'follow-logs', number: log.number, host, sources, ...start, isAnew }],
  }
}

/** Swarm counts the tail by task. */
function startOf(state: State, log: LogReading): { readonly since: string; readonly tail: number | 'all' } {
  if (isFromBeginning(log)) return { since: '', tail: 'all' }
  const cluster = state.reading?.cluster
  const tasks = Math.max(1, cluster === undefined ? 1 : tasksOfLog(cluster, log.sources).length)
  const minutes = SINCE_MINUTES[log.since] ?? null
  if (minutes === null) return { since: '', tail: Math.max(10, Math.min(TAIL, Math.ceil(TAIL_OF_ALL / tasks))) }
  const since = (swarmNow(state) - minutes * 60_000) / 1000
  return { since: since.toFixed(3), tail: Math.max(TAIL, Math.ceil(MOST_LINES / tasks)) }
}

/** A task is known by its first line often before a reading tells of it, and Swarm forgets it before its lines are old. */
function nameWriters(state: State, log: LogReading): State {
  const cluster = state.reading?.cluster
  const nameless = cluster === undefined ? [] : [...log.origins].filter(([, { name }]) => name === '')
  const named = nameless.flatMap(([key, writer]): readonly (readonly [string, Writer])[] => {
    const task = cluster === undefined ? undefined : taskById(cluster).get(writer.origin.taskId)
    if (task === undefined || cluster === undefined) return []
    return [[key, { ...writer, name: nameTask(task, cluster), node: nameNode(task.nodeId, cluster) }]]
  })
  const origins = named.length === 0 ? log.origins : new Map([...log.origins, ...named])
  return { ...state, log: origins === log.origins ? log : { ...log, origins } }
}

const isSame = (one: LogSubject, other: LogSubject): boolean =>
  one === other || screenKey({ kind: 'logs', subject: one }) === screenKey({ kind: 'logs', subject: other })
