import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Machine } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import type { Headers, Reply, Request } from './message.ts'

/** A request that has found its route. */
export type Call = {
  readonly world: World
  readonly machine: Machine
  readonly request: Request
  /** The `{id}` of the path, decoded; `''` where it has none. */
  readonly id: string
  readonly query: URLSearchParams
  /** The API version that the client speaks. */
  readonly version: string
}

/** A call that the swarm's leader answers, with the store that it answers from. */
export type ClusterCall = Call & { readonly swarm: Swarm }

/** What a route answers, still without headers that every answer has. */
export type Result =
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly text: string; readonly headers: Headers }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'reply'; readonly reply: Reply }

export function json(value: unknown, status = 200): Result {
  return { kind: 'json', status, value }
}

export const EMPTY: Result = { kind: 'empty', status: 200 }

/** The answer's value made into a result, or the refusal as the engine words it. */
export function resultOf<T>(answer: Answer<T>, render: (value: T) => Result): Result {
  if (answer.ok) return render(answer.value)
  return json({ message: answer.refusal.message }, answer.refusal.status)
}

/** The body as JSON. Source: moby/moby api/server/httputils/httputils.go (ReadJSON, CheckForJSON) */
export function readBody<T>(call: Call): Answer<T> {
  const type = call.request.headers['content-type'] ?? ''
  if (type === '') return refused(400, 'malformed Content-Type header (): mime: no media type')
  const [media = ''] = type.split(';')
  if (media.trim().toLowerCase() !== 'application/json') {
    return refused(400, `unsupported Content-Type header (${type}): must be 'application/json'`)
  }
  try {
    const value: unknown = JSON.parse(call.request.body)
    if (typeof value === 'object' && value !== null) return granted(value as T)
    return refused(400, 'invalid JSON: got a value that is no object')
  } catch (error) {
    return refused(400, `invalid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The version that an update is based on. `kind`: `node`, `service`. */
export function readVersion(call: Call, kind: string): Answer<number> {
  const text = call.query.get('version') ?? ''
  if (/^\d{1,15}$/.test(text)) return granted(Number(text))
  return refused(
    400,
    `invalid ${kind} version '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}

/** A strict boolean parameter. Source: Go strconv.ParseBool */
export function readBoolean(call: Call, name: string): Answer<boolean> {
  const text = call.query.get(name) ?? ''
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return granted(true)
  if (['', '0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return granted(false)
  return refused(
    400,
    `invalid value for ${name}: ${text}: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
  )
}
