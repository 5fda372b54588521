import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trendPoints, trendRange } from '../../../source/view/charts/trend-points.ts'
import { trendSample } from '../../helpers/trend-builders.ts'

const sample = (from: number, at: number, running: number, failures = 0, roundTripMs = 1) =>
  trendSample({ from, at, running, desired: 5, failures, roundTripMs })

const runningOf = (points: ReturnType<typeof trendPoints>) => points.map(point => point?.running ?? null)

test('there is nothing to draw with fewer than two samples, or while no time goes by', () => {
  assert.equal(trendRange([], null), null)
  assert.equal(trendRange([sample(0, 1000, 5)], null), null)
  assert.equal(trendRange([sample(5, 5, 5), sample(5, 5, 5)], null), null)
})

test('charts reach back over the window, but not further than anything was seen', () => {
  const samples = [sample(1000, 1000, 5), sample(1000, 2000, 5), sample(2000, 9000, 5)]
  assert.deepEqual(trendRange(samples, 3000), { from: 6000, to: 9000 })
  assert.deepEqual(trendRange(samples, 60_000), { from: 999, to: 9000 })
  assert.deepEqual(trendRange(samples, null), { from: 999, to: 9000 })
})

test('each part of the time has the worst that was in it, and its failures are counted once', () => {
  const samples = [sample(0, 10, 5), sample(10, 20, 3, 2), sample(20, 30, 4, 1, 9), sample(30, 40, 5)]
  assert.deepEqual(trendPoints(samples, { from: 0, to: 40 }, 2), [
    { running: 3, desired: 5, failures: 2, roundTripMs: 1 },
    { running: 4, desired: 5, failures: 1, roundTripMs: 9 },
  ])
  const fine = trendPoints(samples, { from: 0, to: 40 }, 8)
  assert.deepEqual(runningOf(fine), [5, 5, 3, 3, 4, 4, 5, 5])
  assert.deepEqual(
    fine.map(point => point?.failures),
    [0, 0, 0, 2, 0, 1, 0, 0],
  )
})

test('where nothing could be read there is nothing', () => {
  const samples = [sample(0, 10, 5), sample(30, 30, 4), sample(30, 40, 4)]
  assert.deepEqual(runningOf(trendPoints(samples, { from: 0, to: 40 }, 4)), [5, null, 4, 4])
})
