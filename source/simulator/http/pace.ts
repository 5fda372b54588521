import { nextDue, type Simulator } from '../simulator.ts'
import type { Delivery } from '../world/stream.ts'

const LONGEST_SLEEP_MS = 60 * 60_000

export type Pace = {
  /** Brings the world to this moment; asks to be done before and after everything that is asked of it. */
  readonly catchUp: () => void
  readonly stop: () => void
}

/** Brings the time to a world: it sleeps until the next thing is due, and not at all while nothing ever is. */
export function startPacing(
  simulator: Simulator,
  speed: number,
  deliver: (deliveries: readonly Delivery[]) => void,
): Pace {
  const startedAt = performance.now()
  const from = simulator.world.now
  let timeout: NodeJS.Timeout | undefined
  const now = () => from + Math.floor((performance.now() - startedAt) * speed)

  const catchUp = () => {
    deliver(simulator.advance(now()))
    clearTimeout(timeout)
    const due = nextDue(simulator.world)
    if (due === null || speed === 0) return
    timeout = setTimeout(catchUp, Math.min(LONGEST_SLEEP_MS, Math.max(1, (due - now()) / speed)))
  }
  catchUp()
  return { catchUp, stop: () => clearTimeout(timeout) }
}
