import { Agent, type AgentOptions, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import type { Endpoint } from './endpoint.ts'
import { openSocket } from './open-socket.ts'
import { SshFailure } from './ssh-connection.ts'

/** What Node's agent calls on itself and the types do not tell of. */
type AgentPrototype = {
  addRequest(request: ClientRequest, ...rest: unknown[]): void
  removeSocket(socket: Duplex, ...rest: unknown[]): void
}

const { addRequest, removeSocket } = Agent.prototype as unknown as AgentPrototype

/**
 * The connections to one engine, whatever they are made of. dockerode speaks HTTP over them and knows nothing of where
 * they lead: neither its own ssh client nor its reading of the environment comes into play.
 */
export class EngineAgent extends Agent {
  readonly #endpoint: Endpoint
  /** With those that wait for a connection. */
  readonly #requests = new Set<ClientRequest>()

  constructor(endpoint: Endpoint, options: AgentOptions) {
    super(options)
    this.#endpoint = endpoint
  }

  /** A request tells of its connection's error; between two requests nobody would. */
  override createConnection(): Duplex {
    const connection = openSocket(this.#endpoint)
    connection.on('error', error => {
      if (error instanceof SshFailure) this.#failWaiting(error)
    })
    return connection
  }

  /** An engine does not redirect. docker-modem would follow whoever says so to any host, and trip over some. */
  addRequest(request: ClientRequest, ...rest: unknown[]): void {
    this.#requests.add(request)
    request.once('close', () => this.#requests.delete(request))
    request.prependOnceListener('response', (answer: IncomingMessage) => delete answer.headers.location)
    addRequest.call(this, request, ...rest)
  }

  /**
   * When a connection has ended, Node opens another for the first request that waited for it, also for one that has
   * been given up meanwhile: an ssh that nobody asked for. Source: nodejs/node lib/_http_agent.js
   */
  removeSocket(socket: Duplex, ...rest: unknown[]): void {
    this.#dropGivenUp()
    removeSocket.call(this, socket, ...rest)
  }

  override destroy(): void {
    for (const request of this.#requests) request.destroy(new Error('the engine was closed'))
    super.destroy()
  }

  /** Where one ssh could not get through, the next would not either: not each of the waiting is to try for itself. */
  #failWaiting(error: SshFailure): void {
    for (const request of Object.values(this.requests).flat()) request?.destroy(error)
  }

  /** Without a socket a request is silent, also when it is destroyed; being handed none it tells its error. */
  #dropGivenUp(): void {
    for (const [name, waiting = []] of Object.entries(this.requests)) {
      const [givenUp, wanted] = [waiting.filter(isGivenUp), waiting.filter(request => !isGivenUp(request))]
      waiting.splice(0, waiting.length, ...wanted)
      if (wanted.length === 0) Reflect.deleteProperty(this.requests, name)
      for (const request of givenUp) (request as unknown as { onSocket(socket: null): void }).onSocket(null)
    }
  }

  /** docker-modem writes each request out for its debug log, logged or not; an agent in full takes 1.5 ms every time. */
  [inspect.custom](): string {
    return 'EngineAgent'
  }
}

const isGivenUp = (request: ClientRequest): boolean => request.destroyed
