import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request } from '../engine-api/message.ts'
import type { Simulator } from '../simulator.ts'
import type { Delivery } from '../world/stream.ts'

const LARGEST_BACKLOG_BYTES = 1024 * 1024

export type Exchange = {
  readonly serve: (machine: string, request: IncomingMessage, response: ServerResponse) => void
  readonly deliver: (deliveries: readonly Delivery[]) => void
  /** Ends what is still open. */
  readonly hangUp: () => void
}

/** Carries requests to the world and answers back, and remembers who still listens to which stream. */
export function createExchange(simulator: Simulator, catchUp: () => void): Exchange {
  const listeners = new Map<string, ServerResponse>()

  const forget = (stream: string) => {
    if (listeners.delete(stream)) simulator.inject({ kind: 'hang-up', stream })
  }

  const ask = (request: Request, response: ServerResponse) => {
    catchUp()
    const reply = simulator.handle(request)
    response.writeHead(reply.status, reply.headers)
    if (reply.kind === 'answer') response.end(reply.body)
    else {
      listeners.set(reply.stream, response)
      response.on('close', () => forget(reply.stream))
      response.flushHeaders()
      if (reply.body !== '') response.write(reply.body)
    }
    catchUp()
  }

  return {
    serve: (machine, incoming, response) => {
      readAll(incoming)
        .then(body => ask(requestOf(machine, incoming, body), response))
        .catch(error => fail(response, error))
    },
    deliver: deliveries => {
      for (const { stream, text, isLast } of deliveries) {
        const response = listeners.get(stream)
        if (response === undefined) continue
        if (text !== '') response.write(text)
        if (isLast) response.end()
        else if (response.writableLength > LARGEST_BACKLOG_BYTES) response.destroy()
      }
    },
    hangUp: () => {
      for (const response of listeners.values()) response.end()
    },
  }
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function requestOf(machine: string, incoming: IncomingMessage, body: string): Request {
  const headers = { 'content-type': incoming.headers['content-type'] }
  return { machine, method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body }
}

/** A client that went away needs no answer; anything else is a fault of the simulator, and says so. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  if (response.headersSent) {
    response.destroy()
    return
  }
  const message = `the simulator failed: ${error instanceof Error ? error.message : String(error)}`
  response.writeHead(500, { 'Content-Type': 'application/json' }).end(`${JSON.stringify({ message })}\n`)
}
