import type { Machine } from '../world/machine.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import type { Result } from './call.ts'

/**
 * A machine's call that hangs is decided, and will be told so many milliseconds from now. `path`: what it posts to, as
 * it stands in the list of routes.
 */
export function decideCall(world: World, machine: Machine, path: string, ms: number, result: Result): void {
  const call = Object.values(world.calls).find(({ request }) => {
    const [asked = ''] = request.path.split('?')
    return request.machine === machine.name && request.method === 'POST' && asked.replace(VERSION, '') === path
  })
  if (call === undefined) return
  world.calls[call.id] = { ...call, deadline: world.now + ms, waitsFor: { kind: 'time', result } }
  setTimer(world, ms, { kind: 'call-deadline', call: call.id })
}

const VERSION = /^\/v[0-9.]+(?=\/)/
