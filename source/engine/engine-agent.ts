import { Agent, type AgentOptions, type ClientRequest, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import { connect } from './connect.ts'
import type { Endpoint } from './endpoint.ts'

type AgentPrototype = { addRequest(request: ClientRequest, ...rest: unknown[]): void }

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

  override createConnection(): Duplex {
    const connection = connect(this.#endpoint)
    connection.on('error', () => {}) // The request tells of it; between two requests nobody would.
    return connection
  }

  /** An engine does not redirect. docker-modem would follow whoever says so to any host, and trip over some. */
  addRequest(request: ClientRequest, ...rest: unknown[]): void {
    this.#requests.add(request)
    request.once('close', () => this.#requests.delete(request))
    request.prependOnceListener('response', (answer: IncomingMessage) => delete answer.headers.location)
    ;(Agent.prototype as unknown as AgentPrototype).addRequest.call(this, request, ...rest)
  }

  /** An agent left to itself would open a new connection for each request that waited for the one now destroyed. */
  override destroy(): void {
    for (const request of this.#requests) request.destroy(new Error('the engine was closed'))
    super.destroy()
  }

  /** docker-modem writes each request out for its debug log, logged or not; an agent in full takes 1.5 ms every time. */
  [inspect.custom](): string {
    return 'EngineAgent'
  }
}
