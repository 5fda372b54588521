import type { DownTime, Score } from './compare.ts'
import type { Performance } from './rehearse-and-do.ts'

/** One line an operation: how far the plan was right, and the down times beside each other, in seconds. */
export function sayPerformance({ name, plan, planMs, outcome, comparison }: Performance): string {
  const { moves, places, certain, reasons, updates, down, differences } = comparison
  const columns = [
    name.padEnd(44),
    sayScore('moves', moves),
    sayScore('places', places) + (places.of === 0 ? '' : ` (${certain} sure)`),
    sayScore('reasons', reasons),
    sayScore('updates', updates),
    `end ${seconds(plan.end.afterMs)}`,
    `${outcome.looksPerSecond.toFixed(1)} Hz, plan ${planMs.toFixed(0)} ms`,
    down.map(sayDownTime).join(', '),
  ]
  return [columns.filter(Boolean).join(' | '), ...differences.map(difference => `    ${difference}`)].join('\n')
}

function sayScore(what: string, { right, of }: Score): string {
  return of === 0 ? '' : `${what} ${right}/${of}`
}

/** `web 2.1 s (was 2.4 s)`: planned, and seen. */
function sayDownTime({ service, planned, seen }: DownTime): string {
  return `${service} ${sayTime(planned)} (was ${sayTime(seen)})`
}

function sayTime(ms: number | null | undefined): string {
  if (ms === undefined) return 'not down'
  return ms === null ? 'for good' : seconds(ms)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
