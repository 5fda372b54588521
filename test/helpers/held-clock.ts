import type { Clock } from '../../source/program.ts'

/** A clock that stands still until it is told to move, and then calls what has become due, in order. */
export class HeldClock implements Clock {
  #now: number
  #calls: { at: number; call: () => void }[] = []

  constructor(now = 0) {
    this.#now = now
  }

  now = () => this.#now

  after = (delayMs: number, call: () => void) => {
    const entry = { at: this.#now + delayMs, call }
    this.#calls.push(entry)
    return {
      cancel: () => {
        this.#calls = this.#calls.filter(other => other !== entry)
      },
    }
  }

  advance(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const next = this.#calls.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0]
      if (next === undefined) break
      this.#calls = this.#calls.filter(other => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.call()
    }
    this.#now = until
  }
}
