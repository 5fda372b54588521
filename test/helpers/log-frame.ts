import type { LogOrigin } from '../../source/swarm/log-line.ts'

type Words = {
  readonly text: string
  readonly time?: string
  readonly origin?: LogOrigin
  /** 1 is standard output, 2 standard error, 3 the engine's own. */
  readonly stream?: number
  /** Left out for a part of a line that goes on in the next frame. */
  readonly ending?: string
}

/** A line of a log as the engine frames it. */
export function logFrame(words: Words): Buffer {
  const payload = Buffer.from(logPayload(words))
  const header = Buffer.alloc(8)
  header.writeUInt8(words.stream ?? 1, 0)
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

/** The same without a frame, as a service with a terminal has it. */
export function logPayload({ text, time, origin, ending = '\n' }: Words): string {
  return [
    ...(time === undefined ? [] : [time]),
    ...(origin === undefined ? [] : [detailsOf(origin)]),
    text + ending,
  ].join(' ')
}

const detailsOf = ({ nodeId, serviceId, taskId }: LogOrigin): string =>
  [
    `com.docker.swarm.node.id=${encodeURIComponent(nodeId)}`,
    `com.docker.swarm.service.id=${encodeURIComponent(serviceId)}`,
    `com.docker.swarm.task.id=${encodeURIComponent(taskId)}`,
  ].join(',')
