import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Row, span } from '../../source/view/row.ts'
import { type Column, headerRow, itemRow, placeColumns } from '../../source/view/table.ts'
import type { Looks } from '../../source/view/theme.ts'

type Thing = { readonly name: string; readonly count: number; readonly image: string; readonly port: string }

const looks: Looks = { theme: 'safe', depth: 1, isAscii: false }
const textOf = (row: Row) => row.map(piece => piece.text).join('')

const columns: readonly Column<Thing>[] = [
  { name: 'name', title: 'NAME', rank: 0, least: 6, cell: ({ name }) => span(name) },
  { name: 'count', title: 'COUNT', rank: 1, isRight: true, cell: ({ count }) => span(String(count)) },
  { name: 'image', title: 'IMAGE', rank: 2, least: 8, keepsEnd: true, cell: ({ image }) => span(image) },
  { name: 'port', title: 'PORT', rank: 3, isOptional: true, cell: ({ port }) => span(port) },
]

const things: readonly Thing[] = [
  { name: 'api', count: 3, image: 'registry/api:1.9', port: '' },
  { name: 'a-long-name', count: 120, image: 'web:1', port: '' },
]

function drawTable(width: number, items = things): readonly string[] {
  const placed = placeColumns(columns, items, width, looks)
  return [headerRow(placed, looks), ...items.map(item => itemRow(placed, item, looks))].map(row =>
    textOf(row).trimEnd(),
  )
}

test('with room for all, every column is as wide as its widest cell', () => {
  assert.deepEqual(drawTable(60), [
    'NAME         COUNT  IMAGE',
    'api              3  registry/api:1.9',
    'a-long-name    120  web:1',
  ])
})

test('then the less important columns are cut', () => {
  assert.deepEqual(drawTable(30), [
    'NAME         COUNT  IMAGE',
    'api              3  …y/api:1.9',
    'a-long-name    120  web:1',
  ])
})

test('then they go', () => {
  assert.deepEqual(drawTable(18), ['NAME         COUNT', 'api              3', 'a-long-name    120'])
  assert.deepEqual(drawTable(14), ['NAME     COUNT', 'api          3', 'a-long…    120'])
  assert.deepEqual(drawTable(5), ['NAME', 'api', 'a-lo…'])
})

test('an optional column is there when it has something to say', () => {
  const [thing] = things
  assert.match(drawTable(60, thing === undefined ? [] : [{ ...thing, port: '80' }])[0] ?? '', /PORT$/)
  assert.doesNotMatch(drawTable(60)[0] ?? '', /PORT/)
})
