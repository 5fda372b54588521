import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Machine } from '../world/machine.ts'
import type { Wait } from '../world/pending-call.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { explainSyntax } from './json-syntax.ts'
import type { Headers, Reply, Request } from './message.ts'
import { readShape, type Shape } from './shape.ts'

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
  /** Whether it has hung already and is asked again, or may not hang any longer. */
  readonly patience: 'fresh' | 'waiting' | 'over'
}

/** A call that the swarm's leader answers, with the store that it answers from. */
export type ClusterCall = Call & { readonly swarm: Swarm }

/** What a route answers, still without headers that every answer has. */
export type Result =
  | { readonly kind: 'json'; readonly status: number; readonly value: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly text: string; readonly headers: Headers }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The call hangs, and its route is asked again. */
  | { readonly kind: 'wait'; readonly waitsFor: Wait }
  /** Decided, and told so many milliseconds from now. */
  | { readonly kind: 'later'; readonly ms: number; readonly result: Result }

export function json(value: unknown, status = 200): Result {
  return { kind: 'json', status, value }
}

export const EMPTY: Result = { kind: 'empty', status: 200 }

/** The answer's value made into a result, or the refusal as the engine words it. */
export function resultOf<T>(answer: Answer<T>, render: (value: T) => Result): Result {
  if (answer.ok) return render(answer.value)
  return json({ message: answer.refusal.message }, answer.refusal.status)
}

/**
 * The body as this shape, empty where there is none. `root` is what Go calls the type, without its package.
 * Source: moby/moby api/server/httputils/httputils.go (ReadJSON, CheckForJSON)
 */
export function readBody<T extends object>(call: Call, root: string, shape: Shape<T>): Answer<T> {
  const { body } = call.request
  const type = call.request.headers['content-type'] ?? ''
  if (body === '' && type === '') return granted({} as T)
  if (type === '') return refused(400, 'malformed Content-Type header (): mime: no media type')
  const [media = ''] = type.split(';')
  if (media.trim().toLowerCase() !== 'application/json') {
    return refused(400, `unsupported Content-Type header (${type}): must be 'application/json'`)
  }
  if (body === '') return granted({} as T)
  const parsed = parseJson(body)
  if (!parsed.ok) return parsed
  const { value, problem } = readShape(shape, root, parsed.value)
  return problem === null ? granted(value ?? ({} as T)) : refused(400, `invalid JSON: ${problem}`)
}

function parseJson(text: string): Answer<unknown> {
  if (/^\s*$/.test(text)) return refused(400, 'invalid JSON: got EOF while reading request body')
  try {
    return granted(JSON.parse(text))
  } catch {
    const problem = explainSyntax(text)
    return refused(400, problem === null ? 'unexpected content after JSON' : `invalid JSON: ${problem}`)
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
