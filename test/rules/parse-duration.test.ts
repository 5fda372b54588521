import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDuration } from '../../source/rules/parse-duration.ts'

test('a duration is numbers with units, one after the other', () => {
  const texts = ['0', '250ms', '10s', '1m30s', '1.5h', '26h', '-3h', '+2s', '1h0m0.5s']
  assert.deepEqual(
    texts.map(parseDuration),
    [0, 250, 10_000, 90_000, 5_400_000, 93_600_000, -10_800_000, 2_000, 3_600_500],
  )
})

test('anything else is none', () => {
  for (const text of ['', '10', 's', '10 s', '1d', '1e3s', '--1s', '1s 2m', '.s', '1.s', 'NaNs', '99999999999s']) {
    assert.equal(parseDuration(text), null, text)
  }
})
