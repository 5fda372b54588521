import { nextDueAt } from './app/due.ts'
import type { Effect } from './app/effect.ts'
import type { AppEvent } from './app/event.ts'
import type { State } from './app/state.ts'
import { update } from './app/update.ts'

type WithoutNow<T> = T extends unknown ? Omit<T, 'now'> : never
/** What happened; the program adds when. */
export type Event = WithoutNow<AppEvent>

/** Time as the program needs it: what it is, and a call after a while. Tests hold it still. */
export type Clock = {
  readonly now: () => number
  readonly after: (delayMs: number, call: () => void) => { readonly cancel: () => void }
}

/** The running program: event → update → effects → subscribers. */
export type Program = {
  readonly state: () => State
  readonly dispatch: (event: Event) => void
  /** Called after every change; returns the way to stop being called. */
  readonly subscribe: (listener: (state: State) => void) => () => void
  /** Resolves when nothing asked of the world is outstanding, a stream of events aside. */
  readonly whenIdle: () => Promise<void>
  readonly stop: () => void
}

/**
 * Carries out one effect and dispatches the events that answer it. The promise settles when nothing more of it is to
 * come, and is what idleness is counted by.
 */
export type Perform = (effect: Effect, dispatch: (event: Event) => void) => Promise<void>

/** Ages on the screen are whole seconds, so a frame a second is enough while nothing happens. */
const FRAME_EVERY_MS = 1000

/** Starts from `state`; the first reading is asked for at once. */
export function startProgram(options: {
  readonly state: State
  readonly clock: Clock
  readonly perform: Perform
}): Program {
  const { clock, perform } = options
  const listeners = new Set<(state: State) => void>()
  const waiters = new Set<() => void>()
  let state = options.state
  let outstanding = 0
  let isStopped = false
  let timer = clock.after(0, tick)

  function dispatch(event: Event): void {
    if (isStopped) return
    const step = update(state, { ...event, now: clock.now() } as AppEvent)
    state = step.state
    for (const effect of step.effects) carryOut(effect)
    wakeWhenDue()
    for (const listener of listeners) listener(state)
  }

  function carryOut(effect: Effect): void {
    const isStream = effect.kind === 'watch'
    if (!isStream) outstanding += 1
    void perform(effect, dispatch).finally(() => {
      if (!isStream) outstanding -= 1
      if (outstanding === 0) for (const wake of waiters) wake()
    })
  }

  function tick(): void {
    dispatch({ kind: 'ticked' })
  }

  function wakeWhenDue(): void {
    timer.cancel()
    const dueAt = Math.min(nextDueAt(state), state.now + FRAME_EVERY_MS)
    timer = clock.after(Math.max(0, dueAt - clock.now()), tick)
  }

  return {
    state: () => state,
    dispatch,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    whenIdle: () =>
      new Promise(resolve => {
        const wake = () => {
          waiters.delete(wake)
          resolve()
        }
        if (outstanding === 0) resolve()
        else waiters.add(wake)
      }),
    stop: () => {
      isStopped = true
      timer.cancel()
    },
  }
}

/** The machine's own clock. */
export const WALL_CLOCK: Clock = {
  now: () => Date.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}
