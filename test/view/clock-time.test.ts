import assert from 'node:assert/strict'
import { test } from 'node:test'
import { USUAL_PREFERENCES } from '../../source/app/initial-state.ts'
import { addToJournal } from '../../source/app/journal.ts'
import { clockTime } from '../../source/view/clock-time.ts'
import { NOW } from '../helpers/api-builders.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

/** Runs with another place's clock on the wall. */
function inNewYork<T>(run: () => T): T {
  const { TZ } = process.env
  process.env.TZ = 'America/New_York'
  try {
    return run()
  } finally {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  }
}

test('the time of day is that of the place, or that of everywhere', () => {
  inNewYork(() => {
    assert.equal(clockTime(NOW, 'local'), '07:00:00')
    assert.equal(clockTime(NOW, 'utc'), '12:00:00')
  })
})

test('with UTC asked for every time is one, and the header says so', () => {
  const frameWith = (timeZone: 'local' | 'utc') => {
    const state = addToJournal(stateOf({ change: { preferences: { ...USUAL_PREFERENCES, timeZone } } }), [
      { kind: 'leader-lost' },
    ])
    return inNewYork(() => frameOf(state))
  }
  assert.match(frameWith('local'), /07:00:00 /)
  assert.doesNotMatch(frameWith('local'), /UTC/)
  assert.match(frameWith('utc'), /12:00:00 /)
  assert.match(frameWith('utc').split('\n')[0] ?? '', / UTC /)
})
