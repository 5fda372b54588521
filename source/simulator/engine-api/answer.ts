import { assertNever } from '../../rules/assert-never.ts'
import type { World } from '../world/world.ts'
import type { Call, Result } from './call.ts'
import type { Headers, Reply, Request } from './message.ts'
import { ROUTES } from './routes.ts'
import { API_VERSION, ENGINE_VERSION, refuseVersion } from './version.ts'

const VERSIONED = /^\/v([0-9.]+)(\/.*)$/

/** No answer yet. */
export type Hanging = Extract<Result, { readonly kind: 'wait' | 'later' }>

/** What a machine's engine answers to a request. Source: moby/moby api/server/server.go */
export function answer(world: World, request: Request, patience: Call['patience'] = 'fresh'): Reply | Hanging {
  const machine = world.machines[request.machine]
  if (machine === undefined) throw new Error(`There is no machine ${request.machine}`)
  const at = request.path.indexOf('?')
  const fullPath = at < 0 ? request.path : request.path.slice(0, at)
  const [, version = API_VERSION, path = fullPath] = VERSIONED.exec(fullPath) ?? []

  for (const route of ROUTES) {
    if (route.method !== request.method) continue
    const match = route.path.exec(path)
    if (match === null) continue
    const refusal = refuseVersion(version)
    if (refusal !== null) return replyOf(refusal)
    const query = new URLSearchParams(at < 0 ? '' : request.path.slice(at + 1))
    const result = route.answer({ world, machine, request, id: decode(match[1] ?? ''), query, version, patience })
    return replyOf(result, { 'Docker-Experimental': 'false' })
  }
  return NOT_FOUND
}

const NOT_FOUND: Reply = {
  kind: 'answer',
  status: 404,
  headers: { 'Content-Type': 'application/json' },
  body: '{"message":"page not found"}\n',
}

/** The reply to a call that hung until its result was told. */
export function replyOf(result: Result, more: Headers = {}): Reply | Hanging {
  const headers = { 'Api-Version': API_VERSION, Server: `Docker/${ENGINE_VERSION} (linux)`, Ostype: 'linux', ...more }
  switch (result.kind) {
    case 'json': {
      const body = `${JSON.stringify(result.value)}\n`
      return {
        kind: 'answer',
        status: result.status,
        headers: { ...headers, 'Content-Type': 'application/json' },
        body,
      }
    }
    case 'text':
      return { kind: 'answer', status: result.status, headers: { ...headers, ...result.headers }, body: result.text }
    case 'empty':
      return { kind: 'answer', status: result.status, headers, body: '' }
    case 'reply':
      return 'headers' in result.reply
        ? { ...result.reply, headers: { ...headers, ...result.reply.headers } }
        : result.reply
    case 'wait':
    case 'later':
      return result
    default:
      return assertNever(result)
  }
}

/** A path that cannot be decoded names nothing; it is looked up as it stands. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
