import { addAbortSignal } from 'node:stream'
import type { Client } from './client.ts'

/** An event is some hundred characters; what has no end for this long is none. */
const LONGEST_LINE = 1024 * 1024

/**
 * Listens to what the swarm says of itself: nodes, services, networks, secrets and configs, never tasks. `onEnd` is
 * called once when this ends, or did not come about, except by `signal`.
 */
export async function watchEvents(client: Client, signal: AbortSignal, onEvent: () => void, onEnd: () => void) {
  const query = { filters: { scope: ['swarm'] } }
  const answer = await client.send({ method: 'GET', path: '/events', query, signal })
  if (signal.aborted) return
  if (!answer.ok || answer.value.statusCode !== 200) {
    if (answer.ok) answer.value.on('error', () => {}).destroy()
    onEnd()
    return
  }
  const events = answer.value.setEncoding('utf8')
  let rest = ''
  events.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) events.destroy()
    for (const line of lines) if (isEvent(line)) onEvent()
  })
  events.on('error', () => {}) // `close` follows.
  events.on('close', () => {
    if (!signal.aborted) onEnd()
  })
  addAbortSignal(signal, events)
}

function isEvent(line: string): boolean {
  try {
    return typeof JSON.parse(line)?.Type === 'string'
  } catch {
    return false
  }
}
