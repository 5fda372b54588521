import { got } from './answer.ts'
import { ask } from './ask.ts'
import { type Client, createClient } from './client.ts'
import type { Endpoint } from './endpoint.ts'
import type { Answer, Engine } from './engine.ts'
import { EngineAgent } from './engine-agent.ts'
import { fetchResource } from './fetch-resource.ts'
import { followLogs } from './follow-logs.ts'
import { performOperation } from './perform-operation.ts'
import { createRead } from './read-swarm.ts'
import { watchEvents } from './watch-events.ts'

/** Each ssh connection is a process here and two over there: calls wait for one another instead. */
const SSH_CONNECTIONS = 1

const PATIENCE = { lateAfterMs: 2_000, silentAfterMs: 2_000 }
const SSH_PATIENCE = { lateAfterMs: 15_000, silentAfterMs: 15_000 }

/**
 * Makes an engine of an endpoint; it connects when first asked. Connections are kept from one reading to the next, and
 * `close` ends them all.
 */
export function openEngine(endpoint: Endpoint): Engine {
  const maxSockets = endpoint.kind === 'ssh' ? SSH_CONNECTIONS : Number.POSITIVE_INFINITY
  const forCalls = new EngineAgent(endpoint, { keepAlive: true, maxSockets })
  // A ping must not wait behind calls that hang, nor a call behind a stream that never ends.
  const forPings = new EngineAgent(endpoint, { keepAlive: false })
  const forEvents = new EngineAgent(endpoint, { keepAlive: false })
  const forLogs = new EngineAgent(endpoint, { keepAlive: false })
  const closed = new AbortController()
  const calls = createClient(endpoint, forCalls)
  const pings = createClient(endpoint, forPings)
  const events = createClient(endpoint, forEvents)
  const logs = createClient(endpoint, forLogs)
  return {
    name: endpoint.name,
    patience: endpoint.kind === 'ssh' ? SSH_PATIENCE : PATIENCE,
    read: createRead(calls),
    ping: signal => ping(pings, signal),
    watch: (signal, onEvent, onEnd) => void watchEvents(events, signal, onEvent, onEnd),
    perform: (operation, signal) => performOperation(calls, operation, signal),
    fetch: (ref, signal) => fetchResource(calls, ref, signal),
    // An end that we have brought about ourselves is none to tell of, nor to begin anew after.
    followLogs: (source, start, signal, listener) =>
      void followLogs(logs, source, start, AbortSignal.any([signal, closed.signal]), listener),
    close: () => {
      closed.abort()
      for (const agent of [forCalls, forPings, forEvents, forLogs]) agent.destroy()
    },
  }
}

async function ping(client: Client, signal: AbortSignal): Promise<Answer<{ readonly roundTripMs: number }>> {
  const startedAt = performance.now()
  const answer = await ask(client, { method: 'GET', path: '/_ping', signal })
  return answer.ok ? got({ roundTripMs: performance.now() - startedAt }) : answer
}
