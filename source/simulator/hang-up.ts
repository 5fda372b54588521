import type { Machine } from './world/machine.ts'
import type { World } from './world/world.ts'

/**
 * Nobody reads this stream, or waits for this call, any more. What follows a call that hung is known to its client by
 * the ID of the call.
 */
export function hangUp(world: World, id: string): void {
  forget(world, id)
  for (const [stream, call] of Object.entries(world.continuedCalls)) if (call === id) forget(world, stream)
}

/** A machine goes off, and whoever talked to its engine is hung up on. */
export function hangUpAll(world: World, { name }: Machine): void {
  for (const { id, request } of Object.values(world.calls)) if (request.machine === name) forget(world, id)
  for (const { id, machine } of Object.values(world.streams)) if (machine === name) forget(world, id)
  for (const { id, machine } of Object.values(world.logStreams)) if (machine === name) forget(world, id)
}

function forget(world: World, id: string): void {
  delete world.calls[id]
  delete world.streams[id]
  delete world.logStreams[id]
  delete world.continuedCalls[id]
}
