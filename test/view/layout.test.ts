import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isTooSmall } from '../../source/app/size.ts'
import { layoutFrame, layoutOverview } from '../../source/view/layout.ts'
import { layoutScreen } from '../../source/view/layout-screen.ts'
import { everyPlace } from '../helpers/every-screen.ts'
import { troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

const OF_OVERVIEW = ['nodes', 'services', 'slots', 'events'] as const

const namesOf = (columns: number, rows: number, focus: (typeof OF_OVERVIEW)[number]) => {
  const { body } = layoutFrame({ columns, rows }, 0)
  const { lists, below } = layoutOverview(body, focus, 3)
  return [...lists.map(({ panel }) => panel), ...(below === null ? [] : [below.panel])]
}

test('side by side where there is room', () => {
  assert.deepEqual(namesOf(120, 36, 'services'), ['nodes', 'services', 'slots'])
  assert.deepEqual(namesOf(120, 36, 'events'), ['nodes', 'services', 'events'])
})

test('one list at a time where there is not, the slots below their service', () => {
  assert.deepEqual(namesOf(80, 24, 'nodes'), ['nodes'])
  assert.deepEqual(namesOf(80, 24, 'services'), ['services', 'slots'])
  assert.deepEqual(namesOf(80, 24, 'slots'), ['services', 'slots'])
  assert.deepEqual(namesOf(80, 24, 'events'), ['events'])
})

test('the least size is the least', () => {
  assert.equal(isTooSmall({ columns: 60, rows: 16 }), false)
  assert.equal(isTooSmall({ columns: 59, rows: 16 }), true)
  assert.equal(isTooSmall({ columns: 60, rows: 15 }), true)
})

const sizes = { columns: fc.integer({ min: 60, max: 220 }), rows: fc.integer({ min: 16, max: 60 }) }

test('the panels of the overview fill the body and no more, each with room for a row', () => {
  fc.assert(
    fc.property(
      sizes.columns,
      sizes.rows,
      fc.integer({ min: 0, max: 1 }),
      fc.constantFrom(...OF_OVERVIEW),
      fc.integer({ min: 1, max: 6 }),
      (columns, rows, bannerRows, focus, quorumRows) => {
        const { body } = layoutFrame({ columns, rows }, bannerRows)
        const { quorum, lists, below } = layoutOverview(body, focus, quorumRows)
        const listHeight = lists[0]?.area.height ?? 0
        assert.equal(quorum.height + listHeight + (below?.area.height ?? 0), body.height)
        if (lists.length > 0) assert.equal(sum(lists.map(({ area }) => area.width)), columns)
        for (const area of [...lists.map(list => list.area), ...(below === null ? [] : [below.area])]) {
          assert.ok(area.height >= 4, `${area.height} rows`)
        }
      },
    ),
  )
})

test('so do the panels of every other screen, whichever has the focus', () => {
  const places = everyPlace()
  fc.assert(
    fc.property(sizes.columns, sizes.rows, fc.constantFrom(...places), (columns, rows, place) => {
      const state = stateOf({ columns, rows, reading: troubledReading, view: place })
      const { body } = layoutFrame({ columns, rows }, 1)
      const bands = layoutScreen(state, body, 3)
      assert.equal(sum(bands.map(band => band[0]?.area.height ?? 0)), body.height)
      for (const band of bands) assert.equal(sum(band.map(({ area }) => area.width)), columns)
      assert.ok(bands.flat().some(({ panel }) => panel === place.focus))
    }),
  )
})

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
