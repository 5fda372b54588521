import type { IncomingMessage } from 'node:http'
import Docker from 'dockerode'
import { failed, got } from './answer.ts'
import { addressOf, connectionProblem } from './connection-problem.ts'
import type { Endpoint } from './endpoint.ts'
import type { Answer } from './engine.ts'
import type { EngineAgent } from './engine-agent.ts'

export type Call = {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Without a version: the engine's newest. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | object>>
  readonly body?: object
  readonly signal: AbortSignal
}

/** Speaks to one engine at `address`. */
export type Client = {
  readonly address: string
  /** Sends a call and gives its answer, whatever the status, as soon as the headers are there. */
  readonly send: (call: Call) => Promise<Answer<IncomingMessage>>
}

/** Without these, docker-modem would take the address and the certificates of the environment. */
const NOTHING_OF_ITS_OWN = { host: undefined, port: undefined, protocol: 'http', timeout: undefined } as const

/** Every status is an answer: what it means is decided by us, and its body read within limits. */
const EVERY_STATUS = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [100 + index, true]))

export function createClient(endpoint: Endpoint, agent: EngineAgent): Client {
  const { modem } = createDocker(endpoint, agent)
  const basePath = endpoint.kind === 'tcp' ? endpoint.basePath : ''
  const send: Client['send'] = ({ method, path, query, body, signal }) =>
    new Promise(resolve => {
      const options = {
        method,
        path: `${basePath}${path}${query === undefined ? '' : '?'}`,
        options: { _query: query, _body: body },
        allowEmpty: true,
        isStream: true,
        statusCodes: EVERY_STATUS,
        abortSignal: signal,
      }
      modem.dial(options, (error, answer) => {
        if (error) resolve(connectionProblem(error, endpoint, path).then(failed))
        else resolve(got(answer as IncomingMessage))
      })
    })
  return { address: addressOf(endpoint), send }
}

/** The modem trips over a `DOCKER_HOST` that is malformed, or whose certificates are missing, before it reads options. */
function createDocker(endpoint: Endpoint, agent: EngineAgent): Docker {
  const { DOCKER_HOST } = process.env
  delete process.env.DOCKER_HOST
  try {
    const headers = endpoint.kind === 'tcp' ? { Host: addressOf(endpoint) } : {}
    const options = { ...NOTHING_OF_ITS_OWN, socketPath: endpoint.name, headers, agent }
    return new Docker(options)
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST
  }
}
