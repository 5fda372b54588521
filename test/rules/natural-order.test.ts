import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareNaturally } from '../../source/rules/natural-order.ts'

const ASCENDING: readonly (readonly string[])[] = [
  ['web.1', 'web.2', 'web.10'],
  ['w1', 'w2', 'w02', 'w002', 'w10'],
  ['', '0', '00', 'a', 'a0', 'a00', 'a1', 'a1b', 'ab'],
  ['ab1', 'abc1'],
  ['Z', 'a', 'z', 'é', '\uffee', '😀'],
  ['1.9', '1.10', '1.010'],
  ['n99999999999999999998', 'n99999999999999999999', 'n100000000000000000000'],
]

for (const texts of ASCENDING) {
  test(texts.join(' < '), () => {
    assert.deepEqual(texts.toReversed().sort(compareNaturally), texts)
  })
}

test('it is an order: either way round says the same, equal texts alone are equal, and it is transitive', () => {
  const text = fc.stringMatching(/^[a0-2.]{0,6}$/)
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      assert.equal(Math.sign(compareNaturally(a, b)), -Math.sign(compareNaturally(b, a)) || 0)
      assert.equal(compareNaturally(a, b) === 0, a === b)
      const [first = '', , last = ''] = [a, b, c].sort(compareNaturally)
      assert.ok(compareNaturally(first, last) <= 0)
    }),
  )
})
