import type { LogLine } from '../../source/swarm/log-line.ts'
import { NOW, nodeIdOf, serviceIdOf } from './api-builders.ts'

type Words = {
  readonly task?: string
  readonly node?: string
  readonly service?: string
  readonly isError?: boolean
  /** Milliseconds after `NOW`; fractions are its nanoseconds. */
  readonly atMs?: number
}

/** A line of the log of a task: of `task-api.1` on `w1`, written at `NOW`, unless the words say otherwise. */
export function logLine(text: string, words: Words = {}): LogLine {
  const { task = 'task-api.1', node = 'w1', service = 'api', isError = false, atMs = 0 } = words
  const nanoseconds = String(Math.round((atMs - Math.floor(atMs)) * 1e6)).padStart(6, '0')
  const time = `${new Date(NOW + Math.floor(atMs)).toISOString().slice(0, -1)}${nanoseconds}Z`
  return { time, isError, origin: { taskId: task, nodeId: nodeIdOf(node), serviceId: serviceIdOf(service) }, text }
}

/** So many lines, a millisecond apart: `line 0`, `line 1`, … */
export const logLines = (count: number, from = 0): readonly LogLine[] =>
  Array.from({ length: count }, (_, index) => logLine(`line ${from + index}`, { atMs: from + index }))
