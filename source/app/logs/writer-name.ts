import type { LogLine } from '../../swarm/log-line.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { State } from '../state.ts'
import { type LogReading, originKey } from './log-reading.ts'

/** Who wrote a line, in two parts of which the second matters less: `api.3` and `w1`. What is not known is `''`. */
export type WriterName = { readonly task: string; readonly node: string }

/** By the names that were seen; of a task that Swarm has forgotten, what is left of them. */
export function writerName(state: State, log: LogReading, line: LogLine): WriterName {
  const { task, node } = seenName(log, line) ?? remainingName(state, line)
  // A task of a global service is named after its node.
  return { task, node: task.endsWith(`.${node}`) ? '' : node }
}

function seenName(log: LogReading, { origin }: LogLine): WriterName | null {
  const writer = log.origins.get(originKey(origin))
  return writer === undefined || writer.name === '' ? null : { task: writer.name, node: writer.node }
}

function remainingName(state: State, { origin }: LogLine): WriterName {
  const cluster = state.reading?.cluster
  const service = cluster?.serviceById.get(origin.serviceId)?.service.name ?? ''
  const task = origin.taskId.slice(0, SHORT_ID)
  return {
    task: service === '' || task === '' ? service || task : `${service}.${task}`,
    node: cluster === undefined ? origin.nodeId : nameNode(origin.nodeId, cluster),
  }
}

/** Both parts as one: `api.3@w1`. */
export const writeName = ({ task, node }: WriterName): string => (node === '' ? task : `${task}@${node}`)

/** As the docker CLI cuts IDs. */
const SHORT_ID = 12

/** A log of one task need not say whose each line is. */
export const hasManyWriters = ({ subject }: LogReading): boolean => subject.kind !== 'task'
