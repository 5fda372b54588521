import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wrapRow } from '../../source/view/logs/wrap-row.ts'
import { type Row, rowWidth, span } from '../../source/view/row.ts'
import type { Looks } from '../../source/view/theme.ts'

const LOOKS: Looks = { theme: 'safe', depth: 1, isAscii: false }
const texts = (rows: readonly Row[]) => rows.map(row => row.map(({ text }) => text).join(''))
const wrap = (text: string, width: number, most = 99) => texts(wrapRow([span(text)], width, most, LOOKS))

test('a line is broken where the row is full, whatever stands there', () => {
  assert.deepEqual(wrap('one two three', 5), ['one t', 'wo th', 'ree'])
  assert.deepEqual(wrap('', 5), [''])
  assert.deepEqual(wrap('12345', 5), ['12345'])
})

test('a wide character goes to the next row whole', () => {
  assert.deepEqual(wrap('漢字漢字', 5), ['漢字', '漢字'])
  assert.deepEqual(wrap('漢字', 1), ['漢', '字'])
})

test('the last row that there is room for says that it was cut', () => {
  assert.deepEqual(wrap('abcdefghij', 3, 2), ['abc', 'de…'])
})

test('a piece keeps its look on every row', () => {
  const rows = wrapRow([span('ab'), span('cdef', { role: 'danger' })], 3, 9, LOOKS)
  assert.deepEqual(rows, [[span('ab'), span('c', { role: 'danger' })], [span('def', { role: 'danger' })]])
})

test('nothing is lost and nothing is wider than it may be', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '漢', '🚀', 'é', '\u001b', '\u202e'), maxLength: 60 })
  fc.assert(
    fc.property(text, fc.integer({ min: 8, max: 20 }), (line, width) => {
      const rows = wrapRow([span(line)], width, 999, LOOKS)
      assert.ok(rows.every(row => rowWidth(row, LOOKS) <= width))
      assert.equal(texts(rows).join(''), texts(wrapRow([span(line)], 9999, 1, LOOKS)).join(''))
    }),
  )
})
