import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSize } from '../../source/rules/parse-size.ts'

test('an amount of memory is read as the docker CLI reads it: every unit is a power of 1024', () => {
  const texts = ['0', '512', '512b', '4k', '256m', '256M', '256MB', '256MiB', '1.5g', '2 GiB', '1t']
  const mib = 1024 ** 2
  assert.deepEqual(texts.map(parseSize), [
    0,
    512,
    512,
    4096,
    256 * mib,
    256 * mib,
    256 * mib,
    256 * mib,
    1536 * mib,
    2048 * mib,
    1024 ** 4,
  ])
})

test('anything else is none', () => {
  for (const text of ['', 'lots', '-1m', '1mm', 'm', '1e9', '0x10', '1 m b']) assert.equal(parseSize(text), null, text)
})
