import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visibleWindow } from '../../source/view/window.ts'

test('a list that fits is shown whole', () => {
  assert.deepEqual(visibleWindow(5, 5, 4), { first: 0, end: 5 })
  assert.deepEqual(visibleWindow(0, 5, 0), { first: 0, end: 0 })
})

test('no room, no rows', () => {
  assert.deepEqual(visibleWindow(5, 0, 2), { first: 0, end: 0 })
})

test('wherever the selection is, it is in the window, and the window is full', () => {
  for (let height = 1; height <= 12; height += 1) {
    for (let selected = 0; selected < 40; selected += 1) {
      const { first, end } = visibleWindow(40, height, selected)
      assert.equal(end - first, height)
      assert.ok(first <= selected && selected < end, `row ${selected} in ${first} to ${end}`)
      assert.ok(first >= 0 && end <= 40)
    }
  }
})

test('it moves by half a height, not with every row', () => {
  const starts = Array.from({ length: 40 }, (_, selected) => visibleWindow(40, 8, selected).first)
  assert.deepEqual([...new Set(starts)], [0, 4, 8, 12, 16, 20, 24, 28, 32])
})
