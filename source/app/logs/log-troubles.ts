import type { Cluster } from '../../swarm/cluster.ts'
import { explainProblem } from '../../swarm/explain-problem.ts'
import type { State } from '../state.ts'
import type { LogReading, LogStream } from './log-reading.ts'
import { sourceName, sourcesOf, tasksOfLog } from './log-subject.ts'

/** What keeps lines from being shown, one sentence each, the worst first. The rest of the log goes on meanwhile. */
export function logTroubles(state: State, log: LogReading): readonly string[] {
  const { sources, all } = sourcesOf(state, log.subject)
  const missing = log.streams.flatMap(({ trouble }) => (trouble === '' ? [] : nameNodes(trouble, state)))
  return [
    ...goneNodes(state, log),
    ...brokenStreams(state, log.streams),
    ...new Set(missing),
    ...(all > sources.length ? [`Only ${sources.length} of ${all} logs are read: more at once are too many`] : []),
    ...(log.skipped > 0 ? [`${log.skipped.toLocaleString('en')} lines came too fast to be kept`] : []),
  ]
}

/**
 * Whoever follows a log is never told that a node has gone: its lines just do not come.
 * Source: moby/swarmkit manager/logbroker/subscription.go
 */
function goneNodes(state: State, log: LogReading): readonly string[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined || cluster.nodes.every(({ node }) => node.state === 'ready')) return []
  const nodeIds = new Set(
    tasksOfLog(cluster, log.sources)
      .filter(task => task.state === 'running')
      .map(({ nodeId }) => nodeId),
  )
  return cluster.nodes
    .filter(({ node }) => node.state !== 'ready' && nodeIds.has(node.id))
    .map(({ node, name }) => `No lines from ${name}: it is ${node.state === 'down' ? 'down' : node.state}`)
}

/** One sentence for all that are broken for the same reason: where the engine is gone, all of them are. */
function brokenStreams(state: State, streams: readonly LogStream[]): readonly string[] {
  const broken = streams.filter(stream => stream.state === 'broken' || isToBeReadAgain(stream))
  const byReason = Map.groupBy(broken, ({ problem }) => (problem === null ? '' : explainProblem(problem)))
  return [...byReason].map(([reason, same]) => {
    const names = namesOf(state, same)
    return reason === ''
      ? `The log of ${names} has ended; it is read again`
      : `No lines of ${names}: ${reason} (it is tried again)`
  })
}

/** A task's that has ended has no more to tell. */
const isToBeReadAgain = ({ state, source, problem }: LogStream): boolean =>
  state === 'ended' && (problem !== null || source.kind === 'service')

const MOST_NAMES = 3

function namesOf(state: State, streams: readonly LogStream[]): string {
  const names = streams.slice(0, MOST_NAMES).map(({ source }) => sourceName(state, source))
  const more = streams.length - names.length
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** The engine speaks of nodes and tasks by their IDs, and says the same thing in the words of three programs. */
function nameNodes(trouble: string, state: State): string {
  const cluster: Cluster | undefined = state.reading?.cluster
  const said = trouble
    .replace(/^Error grabbing logs: /, '')
    .replace(/^(?:rpc error: code = \w+ desc = )+/, '')
    .replace(
      /^warning: incomplete log stream\. some logs could not be retrieved for the following reasons: /,
      'Lines are missing: ',
    )
  return said.replace(/\bnode (\w+)/g, (whole, id) => {
    const name = cluster?.nodeById.get(id)?.name
    return name === undefined ? whole : `node ${name}`
  })
}

/** Whether there is nothing more to come: every task whose log it is has ended. */
export const isLogOver = ({ streams }: LogReading): boolean =>
  streams.length > 0 &&
  streams.every(({ source, state, problem }) => source.kind === 'task' && state === 'ended' && problem === null)
