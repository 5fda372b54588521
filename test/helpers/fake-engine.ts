import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Endpoint } from '../../source/engine/endpoint.ts'
import type { Engine } from '../../source/engine/engine.ts'
import { openEngine } from '../../source/engine/open-engine.ts'

/** What is answered to one path: a value as JSON, or whatever the function does. */
type Reply = object | string | ((request: IncomingMessage, response: ServerResponse) => unknown)
type Replies = Readonly<Record<string, Reply>>

export type FakeEngine = {
  readonly endpoint: Endpoint
  /** `GET /services?status=true`, in the order of arrival. */
  readonly requests: readonly string[]
  /** How many connections have been opened so far. */
  readonly connections: () => number
}

/** A manager of an empty swarm, by path. */
export const MANAGER: Replies = {
  '/_ping': (_request, response) => response.end('OK'),
  '/info': { Name: 'm1', Swarm: { LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: 'c1' } } },
  '/version': { Version: '28.2.2', ApiVersion: '1.50' },
  '/nodes': [],
  '/services': [],
  '/tasks': [],
}

/** The daemon's way to say no. */
export function refusal(status: number, message: string): Reply {
  return (_request, response) => response.writeHead(status).end(`${JSON.stringify({ message })}\n`)
}

/** Starts an HTTP server on a socket of its own that answers as a manager would, except where `replies` say otherwise. */
export async function startFakeEngine(test: TestContext, replies: Replies = {}): Promise<FakeEngine> {
  const { listener, requests } = answering(replies)
  const directory = await mkdtemp(join(tmpdir(), 'fake-engine-'))
  const path = join(directory, 'docker.sock')
  const server = createServer(listener)
  const connections = await listen(test, server, path)
  test.after(() => rm(directory, { recursive: true }))
  return { endpoint: { kind: 'unix', name: `unix://${path}`, context: '', path }, requests, connections }
}

/** The same on a port of 127.0.0.1; `tls` is the client's side, `server` the server's. */
export async function startFakeTcpEngine(
  test: TestContext,
  { server, replies = {} }: { readonly server?: ServerOptions; readonly replies?: Replies } = {},
): Promise<Endpoint & { kind: 'tcp' }> {
  const { listener } = answering(replies)
  const http = server === undefined ? createServer(listener) : createTlsServer(server, listener)
  await listen(test, http, 0)
  const { port } = http.address() as AddressInfo
  return { kind: 'tcp', name: `tcp://127.0.0.1:${port}`, context: '', host: '127.0.0.1', port, basePath: '', tls: null }
}

/** An engine that is closed when the test is over. */
export function openForTest(test: TestContext, endpoint: Endpoint): Engine {
  const engine = openEngine(endpoint)
  test.after(engine.close)
  return engine
}

function answering(replies: Replies): { readonly listener: RequestListener; readonly requests: readonly string[] } {
  const requests: string[] = []
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '' } = request
    requests.push(`${method} ${url}`)
    const [path = ''] = url.split('?')
    const reply = replies[path] ?? MANAGER[path] ?? refusal(404, 'page not found')
    if (typeof reply === 'function') reply(request, response)
    else
      response
        .setHeader('Content-Type', 'application/json')
        .end(typeof reply === 'string' ? reply : JSON.stringify(reply))
  }
  return { listener, requests }
}

type Listening = ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>

async function listen(test: TestContext, server: Listening, where: string | number): Promise<() => number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>(resolve => {
    if (typeof where === 'string') server.listen(where, resolve)
    else server.listen(where, '127.0.0.1', resolve)
  })
  test.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return () => sockets.size
}
