import type { Reply, Request } from './engine-api/message.ts'
import { takeCall } from './engine-api/take-call.ts'
import { takeDeliveries } from './engine-api/take-deliveries.ts'
import { type Fault, strike } from './fault.ts'
import { type Heed, settle } from './settle.ts'
import { workTimer } from './work-timer.ts'
import type { Delivery } from './world/stream.ts'
import { takeTimer } from './world/timer.ts'
import type { World } from './world/world.ts'

/**
 * A world that can be asked, moved on and struck; all three at once and without waiting. It has no clock and no chance
 * but its own: the same world, told the same, answers the same bytes.
 */
export type Simulator = {
  /** The world itself, which these verbs change in place: to look at, or to keep. */
  readonly world: World
  /** Asks a machine's engine. What a stream gets later carries its id and comes out of `advance`. */
  readonly handle: (request: Request) => Reply
  /** Lets time pass, in whole milliseconds since the world's epoch, and says what became due for open streams and calls. */
  readonly advance: (until: number) => readonly Delivery[]
  /** Says null, or in one sentence why this cannot happen. */
  readonly inject: (fault: Fault) => string | null
}

/** Starts from any state. The world belongs to the simulator from here on. `heed`: who looks on. */
export function load(world: World, heed?: Heed): Simulator {
  return {
    world,
    handle: request => {
      const reply = takeCall(world, request)
      settle(world, heed)
      return reply
    },
    advance: until => {
      for (let timer = takeTimer(world, until); timer !== null; timer = takeTimer(world, until)) {
        world.now = Math.max(world.now, timer.due)
        workTimer(world, timer.what)
        settle(world, heed)
      }
      world.now = Math.max(world.now, until)
      return takeDeliveries(world)
    },
    inject: fault => {
      const problem = strike(world, fault)
      settle(world, heed)
      return problem
    },
  }
}

/** When the next thing happens by itself, in milliseconds since the epoch; null when nothing ever will. */
export function nextDue(world: World): number | null {
  if (world.deliveries.length > 0) return world.now
  return world.timers[0]?.due ?? null
}
