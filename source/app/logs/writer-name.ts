import type { LogLine } from '../../swarm/log-line.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { State } from '../state.ts'
import { type LogReading, originKey } from './log-reading.ts'

/** Who wrote a line, in two parts of which the second matters less: `api.3` and `w1`. What is not known is `''`. */
export type WriterName = { readonly task: string; readonly node: string }

/** By the names that were seen; of a task that Swarm has forgotten, what is left of them. */
export function writerName(state: State, log: LogReading, { origin }: LogLine): WriterName {
  const writer = log.origins.get(originKey(origin))
  if (writer !== undefined && writer.name !== '') return { task: writer.name, node: writer.node }
  const cluster = state.reading?.cluster
  const service = cluster?.serviceById.get(origin.serviceId)?.service.name ?? ''
  const task = origin.taskId.slice(0, SHORT_ID)
  return {
    task: service === '' || task === '' ? service || task : `${service}.${task}`,
    node: cluster === undefined ? origin.nodeId : nameNode(origin.nodeId, cluster),
  }
}

/** As the docker CLI cuts IDs. */
const SHORT_ID = 12

/** A log of one task need not say whose each line is. */
export const hasManyWriters = ({ subject }: LogReading): boolean => subject.kind !== 'task'
