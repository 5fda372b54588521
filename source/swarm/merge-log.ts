import type { LogLine } from './log-line.ts'

/** How long a line is held back, so that one of another task that is older can still come before it. */
const HOLD_MS = 300
/** What a log begins with comes task by task: until it has come, or for this long, everything waits to be put in order. */
const OPENING_MS = 1000
/** As many as are shown at the most: who gets more at once than can be shown need not put the first in order. */
const MOST_HELD = 20_000

/**
 * Puts lines that come by several ways in order of time, as far as that can be done without waiting: each is held back
 * for a moment. A line that comes too late for its place comes where it is. Time is given; nothing is told by itself.
 */
export class LogMerger {
  #held: Held[] = []
  #openUntil: number | null = null
  #isOpening = true
  #lastAt = 0
  #skipped = 0

  add(lines: readonly LogLine[], now: number): void {
    if (lines.length === 0) return
    this.#openUntil ??= now + OPENING_MS
    this.#lastAt = now
    for (const line of lines) this.#held.push({ line, at: now })
    if (this.#held.length <= 2 * MOST_HELD) return
    this.#skipped += this.#held.length - MOST_HELD
    this.#held = inOrder(this.#held).slice(-MOST_HELD)
  }

  /** When `take` gives something next, if nothing more comes; null while nothing is held. */
  dueAt(): number | null {
    const [first] = this.#held
    if (first === undefined) return null
    if (!this.#isOpening) return first.at + HOLD_MS
    return Math.min(this.#openUntil ?? 0, this.#lastAt + HOLD_MS)
  }

  /** The lines whose time has come, in order. */
  take(now: number): readonly LogLine[] {
    const dueAt = this.dueAt()
    if (dueAt === null || now < dueAt) return []
    const isRipe = ({ at }: Held) => this.#isOpening || at + HOLD_MS <= now
    const newest = this.#held.reduce(
      (newest, held) => (isRipe(held) && held.line.time > newest ? held.line.time : newest),
      '',
    )
    // What is older than a line that is told now has waited for nothing else.
    const isDue = (held: Held) => isRipe(held) || held.line.time <= newest
    const due = this.#held.filter(isDue)
    this.#held = this.#held.filter(held => !isDue(held))
    this.#isOpening = false
    return inOrder(due).map(({ line }) => line)
  }

  /** How many lines were given up since the last time this was asked, because too many came at once. */
  takeSkipped(): number {
    const skipped = this.#skipped
    this.#skipped = 0
    return skipped
  }
}

type Held = { readonly line: LogLine; readonly at: number }

const inOrder = (held: readonly Held[]): Held[] =>
  held.toSorted(({ line: one }, { line: other }) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0))
