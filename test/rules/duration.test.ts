import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanDuration, parseTime } from '../../source/rules/duration.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const DURATIONS: readonly (readonly [ms: number, text: string])[] = [
  [-5 * SECOND, 'less than a second'],
  [0, 'less than a second'],
  [999, 'less than a second'],
  [SECOND, '1 second'],
  [1_999, '1 second'],
  [2 * SECOND, '2 seconds'],
  [59 * SECOND, '59 seconds'],
  [MINUTE, 'about a minute'],
  [2 * MINUTE - 1, 'about a minute'],
  [2 * MINUTE, '2 minutes'],
  [HOUR - 1, '59 minutes'],
  [HOUR, 'about an hour'],
  [89 * MINUTE, 'about an hour'],
  [90 * MINUTE, '2 hours'],
  [47 * HOUR + 29 * MINUTE, '47 hours'],
  [48 * HOUR, '2 days'],
  [13 * DAY, '13 days'],
  [14 * DAY, '2 weeks'],
  [59 * DAY, '8 weeks'],
  [60 * DAY, '2 months'],
  [729 * DAY, '24 months'],
  [730 * DAY, '2 years'],
  [292 * 365 * DAY, '292 years'],
]

for (const [ms, text] of DURATIONS) {
  test(`${ms} ms is ${text}`, () => assert.equal(humanDuration(ms), text))
}

const TIMES: readonly (readonly [text: string | undefined, ms: number])[] = [
  ['2026-11-21T01:55:59.9Z', Date.UTC(2026, 10, 21, 1, 55, 59, 900)],
  ['2026-11-21T02:12:13.974314958Z', Date.UTC(2026, 10, 21, 2, 12, 13, 974)],
  ['2026-11-21T02:12:37Z', Date.UTC(2026, 10, 21, 2, 12, 37)],
  ['2026-11-21T04:12:37+02:00', Date.UTC(2026, 10, 21, 2, 12, 37)],
  ['0001-01-01T00:00:00Z', 0],
  ['1970-01-01T00:00:00Z', 0],
  ['2026-13-45T99:00:00Z', 0],
  ['yesterday', 0],
  ['12', 0],
  ['', 0],
  [undefined, 0],
]

for (const [text, ms] of TIMES) {
  test(`the time ${text} is ${ms} ms after 1970`, () => assert.equal(parseTime(text), ms))
}
