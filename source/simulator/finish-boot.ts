import type { Machine } from './world/machine.ts'
import { setTimer } from './world/timer.ts'
import type { World } from './world/world.ts'

/** Its engine answers from now on: first of all, the calls that it has taken while it could not. */
export function finishBoot(world: World, machine: Machine): void {
  if (machine.bootsUntil === null) return
  machine.bootsUntil = null
  setTimer(world, 0, { kind: 'retry-calls' })
}
