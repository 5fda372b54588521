import type { Deed } from './read-command.ts'

/** What the name servers of a simulation say: of a name in a network of the swarm, and of any other. */
const INSIDE = '10.0.1.2'
const OUTSIDE = '141.193.213.20'
const ROUND_TRIP_MS = 12
const EVERY_MS = 1_000

/** `ping [-c COUNT] HOST`, as busybox prints it; null for words that are not known. Everybody answers. */
export function readPing(words: readonly string[]): Deed | null {
  const [flag = '', count = ''] = words
  const isCounted = flag === '-c' && /^[1-9]\d{0,2}$/.test(count)
  const [host = '', ...rest] = isCounted ? words.slice(2) : words
  if (host === '' || host.startsWith('-') || rest.length > 0) return null
  const address = /^[\d.]+$/.test(host) ? host : host.includes('.') ? OUTSIDE : INSIDE
  const opening = { afterMs: 0, text: `PING ${host} (${address}): 56 data bytes` }
  const reply = (sequence: string) => `64 bytes from ${address}: seq=${sequence} ttl=42 time=12.417 ms`
  if (!isCounted) {
    const loop = { fromMs: ROUND_TRIP_MS, periodMs: EVERY_MS, lines: [{ afterMs: 0, text: reply('{n}') }] }
    return { lines: [opening], loop, end: null }
  }
  const total = Number(count)
  const replies = Array.from({ length: total }, (_, index) => {
    return { afterMs: index * EVERY_MS + ROUND_TRIP_MS, text: reply(String(index)) }
  })
  const afterMs = (total - 1) * EVERY_MS + ROUND_TRIP_MS
  const summary = [
    '',
    `--- ${host} ping statistics ---`,
    `${total} packets transmitted, ${total} packets received, 0% packet loss`,
    'round-trip min/avg/max = 12.417/12.417/12.417 ms',
  ]
  const closing = summary.map(text => ({ afterMs, text }))
  return { lines: [opening, ...replies, ...closing], loop: null, end: { afterMs, code: 0 } }
}
