import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { State } from '../../source/app/state.ts'
import { textWidth } from '../../source/view/row.ts'
import { NOW, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { everyPlace } from '../helpers/every-screen.ts'
import { frameOf } from '../helpers/frame.tsx'
import { largeReading, strangeReading, troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

const STRANGE = 'two\nlines\tand tab'

const PLACES = [
  ...everyPlace(),
  ...everyPlace([
    { kind: 'service', serviceId: serviceIdOf(STRANGE) },
    { kind: 'lanes', serviceId: serviceIdOf(STRANGE) },
    { kind: 'slot', serviceId: serviceIdOf(STRANGE), slot: '2' },
    { kind: 'node', nodeId: nodeIdOf('🐳-whale') },
  ]),
]

const READINGS = [troubledReading, strangeReading, largeReading, null]

const FRONTS: readonly ((state: State) => State)[] = [
  state => state,
  state => ({ ...state, navigation: { ...state.navigation, isHelpOpen: true, helpOffset: 100 } }),
  state => ({
    ...state,
    navigation: { ...state.navigation, notice: { weight: 'danger', text: '出错了 '.repeat(60) } },
  }),
  state => ({ ...state, navigation: { ...state.navigation, prompt: { kind: 'filter', text: '👍🏽'.repeat(90) } } }),
  state => ({
    ...state,
    polling: { ...state.polling, link: { kind: 'no-leader', phase: 'no-quorum', since: NOW - 5000 } },
  }),
]

/** A panel reaches from edge to edge, so its line is out of step when it is not as wide as the terminal. */
const isOfPanel = (line: string) => /^[│┃┌┏└┗|+]/.test(line)

test('a frame is never wider or higher than the terminal', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 220 }),
      fc.integer({ min: 3, max: 60 }),
      fc.constantFrom(...PLACES),
      fc.constantFrom(...READINGS),
      fc.constantFrom(...FRONTS),
      fc.boolean(),
      (columns, rows, place, reading, front, isAscii) => {
        const state = front(stateOf({ columns, rows, reading, view: place }))
        const lines = frameOf(state, { isAscii }).split('\n')
        assert.ok(lines.length <= rows, `${lines.length} lines`)
        for (const line of lines) assert.ok(textWidth(line) <= columns, `${textWidth(line)} cells: ${line}`)
        for (const line of lines.filter(isOfPanel)) assert.equal(textWidth(line), columns, line)
        if (isAscii) assert.match(lines.join(''), /^[\x20-\x7e]*$/)
      },
    ),
    { numRuns: 120 },
  )
})
