import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coreWords, memoryWords, shareWords, spanWords } from '../../source/rules/amounts.ts'

test('memory in the unit that makes it short', () => {
  assert.equal(memoryWords(0), '0 B')
  assert.equal(memoryWords(1023), '1023 B')
  assert.equal(memoryWords(2 ** 29), '512 MiB')
  assert.equal(memoryWords(4 * 2 ** 30), '4 GiB')
  assert.equal(memoryWords(3.84 * 2 ** 30), '3.8 GiB')
  assert.equal(memoryWords(2 ** 63), '8192 PiB')
})

test('cores, shares and spans', () => {
  assert.equal(coreWords(250_000_000), '0.25')
  assert.equal(coreWords(2e9), '2')
  assert.equal(shareWords(0), '0%')
  assert.equal(shareWords(0.001), '< 1%')
  assert.equal(shareWords(1.2), '120%')
  assert.equal(spanWords(0), '0 s')
  assert.equal(spanWords(500), '500 ms')
  assert.equal(spanWords(1500), '1.5 s')
  assert.equal(spanWords(90_000), '1 min 30 s')
  assert.equal(spanWords(7_200_000), '2 h')
})
