import type { Happening } from '../swarm/happening.ts'
import type { Reading, State } from './state.ts'
import { observedNow } from './swarm-clock.ts'

/**
 * The swarm at one reading, as the charts show it. It stands for the time from the reading before it, `from`, to its own,
 * `at`, both by the clock that dates what we see; where nothing could be read in between it stands for its moment alone.
 */
export type TrendSample = {
  readonly from: number
  readonly at: number
  readonly running: number
  readonly desired: number
  /** Tasks that failed since the sample before. */
  readonly failures: number
  readonly roundTripMs: number
}

/** How many samples are remembered: a second for each of the last minutes, and of days enough to draw them. */
export const MOST_SAMPLES = 1000

/** A sample stands for at most this part of its age: however far a chart reaches back, it has so many points or more. */
const FINENESS = 60

/** The trends with one sample more, for a reading that has just come. `happenings`: what happened since the last one. */
export function noteTrend(state: State, next: Reading, happenings: readonly Happening[]): readonly TrendSample[] {
  const { link } = state.polling
  const { cluster, roundTripMs } = next
  const at = observedNow({ ...state, reading: next })
  const isSameSwarm = state.reading?.cluster.snapshot.clusterId === cluster.snapshot.clusterId
  const before = isSameSwarm ? forgetLater(state.trends, at) : []
  const wasGone = link.kind === 'no-leader' || link.kind === 'failed'
  return addSample(before, {
    from: wasGone ? at : (before.at(-1)?.at ?? at),
    at,
    running: cluster.running,
    desired: cluster.desired,
    failures: happenings.filter(({ kind }) => kind === 'task-ended').length,
    roundTripMs,
  })
}

/** The samples with another one behind them; when there are too many, older ones are put together. */
export function addSample(samples: readonly TrendSample[], sample: TrendSample): readonly TrendSample[] {
  const more = [...samples, sample]
  return more.length > MOST_SAMPLES ? thinSamples(more, sample.at).slice(-MOST_SAMPLES) : more
}

/** A clock that was set back, as that of a world that began anew, takes with it what it has not come to yet. */
function forgetLater(samples: readonly TrendSample[], at: number): readonly TrendSample[] {
  const last = samples.at(-1)
  return last === undefined || last.at <= at ? samples : samples.filter(sample => sample.at <= at)
}

/** Where nothing was read between two samples they stay two, so that the gap can be seen. */
function thinSamples(samples: readonly TrendSample[], now: number): readonly TrendSample[] {
  const thinned: TrendSample[] = []
  for (const sample of samples) {
    const before = thinned.at(-1)
    const isNext = before !== undefined && sample.from <= before.at
    if (isNext && sample.at - before.from <= (now - sample.at) / FINENESS) {
      thinned[thinned.length - 1] = mergeSamples(before, sample)
    } else {
      thinned.push(sample)
    }
  }
  return thinned
}

/** Of a longer time the worst is kept: what was short, however briefly, is what one looks for afterwards. */
export function mergeSamples(one: TrendSample, other: TrendSample): TrendSample {
  const { running, desired } = one.desired - one.running > other.desired - other.running ? one : other
  return {
    from: one.from,
    at: other.at,
    running,
    desired,
    failures: one.failures + other.failures,
    roundTripMs: Math.max(one.roundTripMs, other.roundTripMs),
  }
}
