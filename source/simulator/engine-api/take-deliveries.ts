import type { Delivery } from '../world/stream.ts'
import type { World } from '../world/world.ts'

/** What became due for open calls, under the IDs that their clients know: of a call that hung first, the call's. */
export function takeDeliveries(world: World): readonly Delivery[] {
  return world.deliveries.splice(0).map(delivery => {
    const call = world.continuedCalls[delivery.stream]
    if (call === undefined) return delivery
    if (delivery.isLast) delete world.continuedCalls[delivery.stream]
    return { ...delivery, stream: call }
  })
}
