import type { TrendSample } from '../../app/trends.ts'

/** What the charts show of one stretch of time; null where nothing could be read. */
export type TrendPoint = Pick<TrendSample, 'running' | 'desired' | 'failures' | 'roundTripMs'> | null

/** A stretch of time, milliseconds since 1970: after `from`, up to `to`. */
export type TimeRange = { readonly from: number; readonly to: number }

/** How far back charts reach: over the window, or as far as there are samples. Null while there is nothing to draw. */
export function trendRange(samples: readonly TrendSample[], windowMs: number | null): TimeRange | null {
  const [first] = samples
  const to = samples.at(-1)?.at
  if (first === undefined || to === undefined || samples.length < 2) return null
  const from = Math.max(first.from - 1, windowMs === null ? Number.NEGATIVE_INFINITY : to - windowMs)
  return to - from > 1 ? { from, to } : null
}

/**
 * The time divided into `count` equal parts, oldest first, each with the worst that was in it: where a part is shorter
 * than what a sample stands for, that sample tells of all parts that it covers, but its failures are counted once.
 */
export function trendPoints(samples: readonly TrendSample[], range: TimeRange, count: number): readonly TrendPoint[] {
  const partMs = (range.to - range.from) / count
  let next = 0
  return Array.from({ length: count }, (_, index) => {
    const from = range.from + index * partMs
    const to = index === count - 1 ? range.to : from + partMs
    while (next < samples.length && (samples[next]?.at ?? 0) <= from) next += 1
    const present: TrendSample[] = []
    for (let here = next; here < samples.length; here += 1) {
      const sample = samples[here]
      if (sample === undefined || (sample.at > to && sample.from >= to)) break
      present.push(sample)
      if (sample.at > to) break
    }
    return worstOf(present, to)
  })
}

function worstOf(samples: readonly TrendSample[], to: number): TrendPoint {
  const [first] = samples
  if (first === undefined) return null
  const shortest = samples.reduce((worst, sample) => (shortOf(sample) > shortOf(worst) ? sample : worst), first)
  return {
    running: shortest.running,
    desired: shortest.desired,
    failures: samples.reduce((sum, { at, failures }) => sum + (at <= to ? failures : 0), 0),
    roundTripMs: Math.max(...samples.map(({ roundTripMs }) => roundTripMs)),
  }
}

const shortOf = ({ desired, running }: TrendSample): number => desired - running
