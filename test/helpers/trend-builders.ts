import type { TrendSample } from '../../source/app/trends.ts'
import { NOW, SECOND } from './api-builders.ts'

/** A swarm that runs 48 of 48 tasks and was read a second ago, unless the words say otherwise. */
export function trendSample(words: Partial<TrendSample> & { readonly agoMs?: number } = {}): TrendSample {
  const { agoMs = 0, ...rest } = words
  const at = words.at ?? NOW - agoMs
  return { from: at - SECOND, at, running: 48, desired: 48, failures: 0, roundTripMs: 12, ...rest }
}

/**
 * A quarter of an hour with a reading every five seconds, ending now: eight tasks failed at its third part and came back
 * one by one, then nothing could be read for a minute, then two more were wanted than there was room for.
 */
export const eventfulTrends: readonly TrendSample[] = Array.from({ length: 181 }, (_, index) => index)
  .filter(index => index <= 100 || index >= 112)
  .map(index => {
    const at = NOW - (180 - index) * 5 * SECOND
    const back = Math.max(0, Math.floor((index - 60) / 4))
    return {
      from: index === 0 || index === 112 ? at : at - 5 * SECOND,
      at,
      running: index >= 60 && index < 92 ? 40 + back : 48,
      desired: index < 140 ? 48 : 50,
      failures: index === 60 ? 8 : index > 150 && index % 9 === 0 ? 1 : 0,
      roundTripMs: 10 + (index % 7) + (index === 112 ? 60 : 0),
    }
  })
