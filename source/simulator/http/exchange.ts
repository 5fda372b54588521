import type { IncomingMessage, ServerResponse } from 'node:http'
import { assertNever } from '../../rules/assert-never.ts'
import type { Headers, Request } from '../engine-api/message.ts'
import type { Simulator } from '../simulator.ts'
import type { Delivery } from '../world/stream.ts'
import { answerFailure, answerTooLarge } from './answer-json.ts'
import { readBody } from './read-body.ts'

/** A client that does not read what it asked for is hung up on. */
const LARGEST_BACKLOG_BYTES = 1024 * 1024

export type Exchange = {
  readonly serve: (machine: string, incoming: IncomingMessage, response: ServerResponse) => void
  readonly deliver: (deliveries: readonly Delivery[]) => void
  /** Ends what is still open. */
  readonly hangUp: () => void
}

/** Carries requests to the world and answers back, and remembers who still waits for what. */
export function createExchange(simulator: Simulator, catchUp: () => void): Exchange {
  const waiting = new Map<string, ServerResponse>()

  return {
    serve: (machine, incoming, response) => {
      readBody(incoming)
        .then(body => (body === null ? answerTooLarge(response) : ask(requestOf(machine, incoming, body), response)))
        .catch(error => answerFailure(response, error))
    },
    deliver: deliveries => {
      for (const delivery of deliveries) {
        const response = waiting.get(delivery.stream)
        if (response !== undefined) hand(delivery, response)
      }
    },
    hangUp: () => {
      for (const response of waiting.values()) response.destroy()
    },
  }

  function ask(request: Request, response: ServerResponse): void {
    catchUp()
    const reply = simulator.handle(request)
    switch (reply.kind) {
      case 'answer':
        response.writeHead(reply.status, wholeHeaders(reply.status, reply.headers, reply.body)).end(reply.body)
        break
      case 'stream':
        wait(reply.stream, response)
        response.writeHead(reply.status, reply.headers).flushHeaders()
        if (reply.body !== '') response.write(reply.body)
        break
      case 'pending':
        wait(reply.stream, response)
        break
      case 'closed':
        response.destroy()
        break
      default:
        assertNever(reply)
    }
    catchUp()
  }

  function wait(stream: string, response: ServerResponse): void {
    waiting.set(stream, response)
    response.on('close', () => {
      waiting.delete(stream)
      simulator.inject({ kind: 'hang-up', stream })
    })
  }
}

function hand({ head, text, encoding, isLast }: Delivery, response: ServerResponse): void {
  if (head !== undefined) {
    response.writeHead(head.status, isLast ? wholeHeaders(head.status, head.headers, text) : head.headers)
  }
  if (text !== '') response.write(Buffer.from(text, encoding))
  if (isLast) response.end()
  else if (response.writableLength > LARGEST_BACKLOG_BYTES) response.destroy()
}

/** Of an answer that is there whole the length is told, as engines do; 204 has nothing that could be long. */
function wholeHeaders(status: number, headers: Headers, body: string): Headers {
  return status === 204 ? headers : { ...headers, 'Content-Length': `${Buffer.byteLength(body)}` }
}

function requestOf(machine: string, incoming: IncomingMessage, body: string): Request {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
  return { machine, method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body }
}
