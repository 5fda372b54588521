import type { ApiClockChange } from '../../api/simulation.ts'
import { nextDue, type Simulator } from '../simulator.ts'
import type { Delivery } from '../world/stream.ts'

/** So long may a world work before who else is waiting gets a turn, milliseconds of real time. */
const TURN_MS = 20
/** How far it goes before it looks at the clock, milliseconds of its own time. */
const STRIDE_MS = 1_000
const LONGEST_SLEEP_MS = 60 * 60_000

export type Pace = {
  /** Brings the world to this moment; asks to be done before and after everything that is asked of it. */
  readonly catchUp: () => void
  readonly clock: () => Clock
  readonly change: (change: ApiClockChange) => void
  readonly stop: () => void
}

type Clock = { readonly speed: number; readonly isPaused: boolean }

/**
 * Brings the time to a world: it sleeps until the next thing is due, and not at all while nothing ever is. A world that
 * is too large for its speed goes as fast as it can; what it is behind it does not make up for.
 */
export function startPacing(
  simulator: Simulator,
  speed: number,
  deliver: (deliveries: readonly Delivery[]) => void,
): Pace {
  let clock: Clock = { speed, isPaused: false }
  let from = here()
  let timeout: NodeJS.Timeout | undefined
  let isStopped = false
  catchUp()
  return {
    catchUp,
    clock: () => clock,
    change: ({ stepMs = 0, ...change }) => {
      catchUp()
      deliver(simulator.advance(simulator.world.now + stepMs))
      clock = { ...clock, ...change }
      from = here()
      catchUp()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timeout)
    },
  }

  function catchUp(): void {
    const until = goal()
    deliver(goOn(simulator, until))
    if (simulator.world.now < until) from = here()
    sleep()
  }

  function sleep(): void {
    clearTimeout(timeout)
    const due = nextDue(simulator.world)
    if (due === null || clock.isPaused || isStopped) return
    const delayMs = (due - goal()) / clock.speed
    timeout = setTimeout(catchUp, Math.min(LONGEST_SLEEP_MS, Math.max(1, delayMs)))
  }

  function goal(): number {
    if (clock.isPaused) return simulator.world.now
    return Math.max(simulator.world.now, from.now + Math.floor((performance.now() - from.at) * clock.speed))
  }

  /** From where time is counted: the world's, and when by this machine's clock. */
  function here(): { readonly now: number; readonly at: number } {
    return { now: simulator.world.now, at: performance.now() }
  }
}

/** Goes on until then, or as far as a turn reaches. */
function goOn(simulator: Simulator, until: number): readonly Delivery[] {
  const endAt = performance.now() + TURN_MS
  const deliveries: (readonly Delivery[])[] = []
  do {
    const { world } = simulator
    const stride = Math.max(world.now + STRIDE_MS, nextDue(world) ?? until)
    deliveries.push(simulator.advance(Math.min(until, stride)))
  } while (simulator.world.now < until && performance.now() < endAt)
  return deliveries.flat()
}
