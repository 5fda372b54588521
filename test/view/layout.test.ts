import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isTooSmall } from '../../source/app/size.ts'
import { type Area, layoutDetail, layoutFrame, layoutOverview } from '../../source/view/layout.ts'

const PANELS = ['nodes', 'services', 'slots', 'events'] as const

const namesOf = (columns: number, rows: number, focus: (typeof PANELS)[number]) => {
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
      fc.constantFrom(...PANELS),
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

test('so do those of a node or a service', () => {
  fc.assert(
    fc.property(
      sizes.columns,
      sizes.rows,
      fc.option(fc.integer({ min: 0, max: 50 })),
      fc.constantFrom('slots', 'tasks'),
      (columns, rows, slotCount, focus) => {
        const { body } = layoutFrame({ columns, rows }, 1)
        const { facts, slots, tasks } = layoutDetail(body, focus, slotCount)
        const areas: readonly (Area | null)[] = [facts, slots, tasks]
        assert.equal(sum(areas.map(area => area?.height ?? 0)), body.height)
      },
    ),
  )
})

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
