import type { IncomingMessage } from 'node:http'
import { addAbortSignal } from 'node:stream'
import { createPartJoiner } from '../swarm/join-log-parts.ts'
import type { LogLine } from '../swarm/log-line.ts'
import type { LogSource } from '../swarm/log-source.ts'
import type { Problem } from '../swarm/problem.ts'
import { createLineReader } from '../swarm/read-log-line.ts'
import { answerProblem } from './answer-problem.ts'
import type { Client } from './client.ts'
import type { LogListener, LogStart } from './engine.ts'
import { LONGEST_PAYLOAD, type LogFrame, LogFrames } from './log-frames.ts'
import { readBody } from './read-body.ts'

const STDERR = 2
const SYSTEM_ERROR = 3

/** Reads the log of a service or a task and goes on reading what is written, until `signal` aborts or it ends. */
export async function followLogs(
  client: Client,
  source: LogSource,
  { since, tail }: LogStart,
  signal: AbortSignal,
  listener: LogListener,
): Promise<void> {
  const path = pathOf(source)
  const query = { follow: 1, stdout: 1, stderr: 1, timestamps: 1, details: 1, tail, ...(since === '' ? {} : { since }) }
  const answer = await client.send({ method: 'GET', path, query, signal })
  if (signal.aborted) return
  if (!answer.ok) return listener.onEnd(answer.problem)
  const { statusCode: status = 0 } = answer.value
  if (status !== 200) {
    const body = await readBody(answer.value, { path, signal })
    if (!signal.aborted) {
      listener.onEnd(body.ok ? answerProblem({ status, path, body: body.value }, client.address) : body.problem)
    }
    return
  }
  listener.onOpen()
  listen(answer.value, path, signal, listener)
}

function listen(answer: IncomingMessage, path: string, signal: AbortSignal, listener: LogListener): void {
  const frames = new LogFrames()
  const read = createFrameReader(listener.onTrouble)
  let problem: Problem | null = null
  let isComplete = false
  const tell = (some: readonly LogFrame[]) => {
    const lines = some.flatMap(frame => read(frame) ?? [])
    if (lines.length > 0) listener.onLines(lines)
  }
  answer.on('data', (chunk: Buffer) => {
    const some = frames.push(chunk)
    if (some !== null) return tell(some)
    problem = { kind: 'bad-answer', path, detail: 'bytes that are no log' }
    answer.destroy()
  })
  answer.on('end', () => {
    isComplete = true
    tell(frames.end())
  })
  answer.on('error', error => {
    problem ??= { kind: 'closed', path, detail: error.message }
  })
  answer.on('close', () => {
    if (signal.aborted) return
    listener.onEnd(problem ?? (isComplete ? null : { kind: 'closed', path, detail: 'before the log was at its end' }))
  })
  addAbortSignal(signal, answer)
}

/** What a frame says: a line, a part of one that is not complete yet, or in the engine's own words what is missing. */
function createFrameReader(onTrouble: (text: string) => void): (frame: LogFrame) => LogLine | null {
  const readLine = createLineReader()
  const join = createPartJoiner()
  return ({ stream, payload }) => {
    const text = payload.toString()
    if (stream === SYSTEM_ERROR) {
      onTrouble(text.trim())
      return null
    }
    const isWhole = text.endsWith('\n') || payload.length >= LONGEST_PAYLOAD
    return join({ ...readLine(text.replace(/\r*\n$/, '')), isError: stream === STDERR, isWhole })
  }
}

function pathOf(source: LogSource): string {
  return source.kind === 'service'
    ? `/services/${encodeURIComponent(source.serviceId)}/logs`
    : `/tasks/${encodeURIComponent(source.taskId)}/logs`
}
