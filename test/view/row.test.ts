import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  cutStart,
  fitRow,
  justifyRows,
  type Row,
  rowWidth,
  span,
  takeFitting,
  wrapText,
} from '../../source/view/row.ts'
import type { Looks } from '../../source/view/theme.ts'

const looks: Looks = { theme: 'safe', depth: 1, isAscii: false }
const textOf = (row: Row) => row.map(piece => piece.text).join('')

const FITS: readonly (readonly [texts: readonly string[], width: number, fitted: string])[] = [
  [['ab', 'cd'], 6, 'abcd  '],
  [['ab', 'cd'], 4, 'abcd'],
  [['ab', 'cd'], 3, 'ab…'],
  [['ab', 'cd'], 2, 'a…'],
  [['ab', ''], 2, 'ab'],
  [['ab'], 0, ''],
  [[], 3, '   '],
  [['节点'], 4, '节点'],
  [['节点'], 3, '节…'],
  [['节点一'], 4, '节… '],
  [['e\u0301e\u0301'], 2, 'e\u0301e\u0301'],
  [['🐳🐳'], 3, '🐳…'],
  [['a\nb'], 4, 'a␊b '],
]

for (const [texts, width, fitted] of FITS) {
  test(`${JSON.stringify(texts)} in ${width} cells`, () => {
    assert.equal(
      textOf(
        fitRow(
          texts.map(text => span(text)),
          width,
          looks,
        ),
      ),
      fitted,
    )
  })
}

test('whatever the text, the row has the width it is to have', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 })
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 40 }), fc.boolean(), (pieces, width, isAscii) => {
      const ours = { ...looks, isAscii }
      const row = fitRow(
        pieces.map(text => span(text)),
        width,
        ours,
      )
      assert.equal(rowWidth(row, ours), width)
    }),
  )
})

test('left and right keep apart, and the left gives way', () => {
  assert.equal(textOf(justifyRows([span('left')], [span('right')], 12, looks)), 'left   right')
  assert.equal(textOf(justifyRows([span('left')], [span('right')], 7, looks)), 'l…right')
})

test('as many as fit, and the first in any case', () => {
  const rows = ['one', 'two', 'three'].map(text => [span(text)])
  assert.equal(textOf(takeFitting(rows, span(' · '), 9, looks)), 'one · two')
  assert.equal(textOf(takeFitting(rows, span(' · '), 2, looks)), 'one')
})

test('the end is kept where it tells most', () => {
  assert.equal(cutStart('registry.example.com/api:1.9', 8, looks), '…api:1.9')
  assert.equal(cutStart('api:1.9', 8, looks), 'api:1.9')
})

test('words are not broken unless they must be', () => {
  assert.deepEqual(wrapText('drain it and wait', 9, looks), ['drain it', 'and wait'])
  assert.deepEqual(wrapText('a verylongword', 6, looks), ['a', 'verylo', 'ngword'])
  assert.deepEqual(wrapText('节点一号', 4, looks), ['节点', '一号'])
})
