import type { Cluster } from '../../swarm/cluster.ts'
import { explainProblem } from '../../swarm/explain-problem.ts'
import type { State } from '../state.ts'
import type { LogReading, LogStream } from './log-reading.ts'
import { sourceName, sourcesOf, tasksOfLog } from './log-subject.ts'

/** What keeps lines from being shown, one sentence each, the worst first. The rest of the log goes on meanwhile. */
export function logTroubles(state: State, log: LogReading): readonly string[] {
  const { sources, all } = sourcesOf(state, log.subject)
  const problems = log.streams.flatMap(stream => streamTrouble(state, stream))
  const missing = log.streams.flatMap(({ trouble }) => (trouble === '' ? [] : nameNodes(trouble, state)))
  return [
    ...goneNodes(state, log),
    ...new Set(problems),
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

function streamTrouble(state: State, { source, state: how, problem }: LogStream): readonly string[] {
  if (how !== 'broken' && how !== 'ended') return []
  const name = sourceName(state, source)
  if (problem !== null) return [`No lines of ${name}: ${explainProblem(problem)} (it is tried again)`]
  return source.kind === 'task' ? [] : [`The log of ${name} has ended; it is read again`]
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
