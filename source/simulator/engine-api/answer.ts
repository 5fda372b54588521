import { assertNever } from '../../rules/assert-never.ts'
import type { World } from '../world/world.ts'
import type { Result } from './call.ts'
import type { Headers, Reply, Request } from './message.ts'
import { ROUTES } from './routes.ts'
import { API_VERSION, ENGINE_VERSION, refuseVersion } from './version.ts'

const VERSIONED = /^\/v(\d+\.\d+)(\/.*)$/

/** What a machine's engine answers to a request. Source: moby/moby api/server/server.go */
export function answer(world: World, request: Request): Reply {
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
    const result = route.answer({ world, machine, request, id: decode(match[1] ?? ''), query, version })
    return replyOf(result, { 'Docker-Experimental': 'false' })
  }
  return { ...replyOf(NOT_FOUND), headers: { 'Content-Type': 'application/json' } }
}

const NOT_FOUND: Result = { kind: 'json', status: 404, value: { message: 'page not found' } }

function replyOf(result: Result, more: Headers = {}): Reply {
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
      return { ...result.reply, headers: { ...headers, ...result.reply.headers } }
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
