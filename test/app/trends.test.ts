import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reading, State } from '../../source/app/state.ts'
import { addSample, MOST_SAMPLES, mergeSamples, noteTrend, type TrendSample } from '../../source/app/trends.ts'
import type { Happening } from '../../source/swarm/happening.ts'
import { apiTask, HOUR, NOW, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'
import { trendSample } from '../helpers/trend-builders.ts'

const failed: Happening = {
  at: NOW,
  kind: 'task-ended',
  task: 'api.1',
  node: 'w1',
  state: 'failed',
  error: '',
  exitCode: 1,
}

const oneShort = { ...wellReading, tasks: wellReading.tasks?.slice(1) ?? [apiTask({ service: 'api' })] }

function readingOf(words: Partial<Reading> = {}): Reading {
  return { cluster: clusterOf(oneShort), receivedAt: NOW, roundTripMs: 20, clockOffsetMs: 0, host: 0, ...words }
}

const before = trendSample({ at: NOW - SECOND, running: 3, desired: 3 })

const withTrends = (change: Partial<State> = {}) => stateOf({ change: { trends: [before], ...change } })

test('a reading becomes a sample for the time since the one before, with what failed in it', () => {
  const trends = noteTrend(withTrends(), readingOf(), [failed, { at: NOW, kind: 'node-joined', node: 'w9' }, failed])
  assert.deepEqual(trends, [
    before,
    { from: NOW - SECOND, at: NOW, running: 2, desired: 3, failures: 2, roundTripMs: 20 },
  ])
})

test('the first sample stands for its moment alone', () => {
  const [sample] = noteTrend(withTrends({ trends: [] }), readingOf(), [])
  assert.deepEqual([sample?.from, sample?.at], [NOW, NOW])
})

test('so does the one after a time in which nothing could be read', () => {
  const state = withTrends()
  const polling = { ...state.polling, link: { kind: 'no-leader', phase: 'election', since: NOW - 9 * SECOND } as const }
  assert.equal(noteTrend({ ...state, polling }, readingOf(), []).at(-1)?.from, NOW)
})

test('samples of another swarm, or of a time that has not come again yet, are forgotten', () => {
  const other = clusterOf({ ...oneShort, info: { Swarm: { Cluster: { ID: 'another' } } } as never })
  assert.equal(noteTrend(withTrends(), readingOf({ cluster: other }), []).length, 1)
  const later = trendSample({ at: NOW + HOUR })
  assert.deepEqual(
    noteTrend(withTrends({ trends: [before, later] }), readingOf(), []).map(({ at }) => at),
    [NOW - SECOND, NOW],
  )
})

test('of two samples the worse is kept, what failed is added up, and the longest way round', () => {
  const bad = trendSample({ from: 0, at: 1, running: 40, failures: 2, roundTripMs: 9 })
  const good = trendSample({ from: 1, at: 2, failures: 1, roundTripMs: 80 })
  assert.deepEqual(mergeSamples(bad, good), {
    from: 0,
    at: 2,
    running: 40,
    desired: 48,
    failures: 3,
    roundTripMs: 80,
  })
})

test('a day of readings, one a second, is covered, bounded, and finer the nearer it is', () => {
  const seconds = 86_400
  let samples: readonly TrendSample[] = []
  let most = 0
  for (let second = 0; second <= seconds; second += 1) {
    const at = second * SECOND
    const from = Math.max(0, at - SECOND)
    samples = addSample(samples, trendSample({ from, at, failures: second % 1000 === 0 ? 1 : 0 }))
    most = Math.max(most, samples.length)
  }
  const now = seconds * SECOND
  assert.ok(most <= MOST_SAMPLES, String(most))
  assert.equal(samples[0]?.from, 0)
  assert.equal(samples.at(-1)?.at, now)
  assert.equal(
    samples.reduce((sum, { failures }) => sum + failures, 0),
    87,
  )
  for (const [index, sample] of samples.entries()) {
    assert.ok(index === 0 || sample.from === samples[index - 1]?.at, 'no time is lost and none told twice')
    assert.ok(sample.at - sample.from <= Math.max(SECOND, (now - sample.at) / 60), 'none is too coarse for its age')
  }
})

test('a gap is not closed by putting samples together', () => {
  let samples: readonly TrendSample[] = []
  for (let second = 0; second < 5000; second += 1) {
    const at = second * SECOND + (second < 500 ? 0 : HOUR)
    samples = addSample(samples, trendSample({ from: second === 500 ? at : at - SECOND, at }))
  }
  const gaps = samples.filter((sample, index) => index > 0 && sample.from > (samples[index - 1]?.at ?? 0))
  assert.deepEqual(
    gaps.map(({ from }) => from),
    [500 * SECOND + HOUR],
  )
})

test('a clock that stands still does not fill the memory', () => {
  let samples: readonly TrendSample[] = []
  for (let count = 0; count < 3000; count += 1) samples = addSample(samples, trendSample({ from: NOW, at: NOW }))
  assert.ok(samples.length <= MOST_SAMPLES)
})
