import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KEY_GROUP_TITLES } from '../../source/app/key-places.ts'
import { BINDINGS } from '../../source/app/keys.ts'
import { rebind } from '../../source/config/rebind.ts'
import { NOW } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

const OWN = { bindings: rebind(BINDINGS, { sort: ['Z'], help: ['f5', '!'], 'read-now': ['U'], inspect: [] }) }

describe('keys of a person’s own', () => {
  test('are heard, and the usual ones are not', () => {
    assert.equal(appWith(wellReading, OWN).press('!').state.navigation.isHelpOpen, true)
    assert.equal(appWith(wellReading, OWN).press('?').state.navigation.isHelpOpen, false)
  })

  test('put away what they opened', () => {
    assert.equal(appWith(wellReading, OWN).press('!', '!').state.navigation.isHelpOpen, false)
  })

  test('are the ones that sentences name', () => {
    assert.equal(appWith(wellReading, OWN).press('O').notice, 'Order by a column first, with Z')
    const withoutAny = { bindings: rebind(BINDINGS, { sort: [] }) }
    assert.equal(appWith(wellReading, withoutAny).press('O').notice, 'Order by a column first')
    const failed = stateOf({
      settings: OWN,
      reading: null,
      link: { kind: 'failed', problem: { kind: 'refused', address: 'm1' }, since: NOW, retryAt: NOW + 4000 },
    })
    assert.match(frameOf(failed), /again in 4 s, U at once/)
    assert.match(frameOf(failed), /U asks at once/)
  })

  test('stand in the key bar, and none where one was taken away', () => {
    const bar =
      frameOf(stateOf({ settings: OWN }))
        .split('\n')
        .at(-1) ?? ''
    assert.match(bar, / F5 help /)
    assert.doesNotMatch(bar, /inspect/)
  })

  test('stand in the help, which has every key of every place', () => {
    const state = stateOf({ settings: OWN, columns: 200, rows: 200 })
    const frame = frameOf({ ...state, navigation: { ...state.navigation, isHelpOpen: true } })
    for (const title of Object.values(KEY_GROUP_TITLES)) assert.ok(frame.includes(`┃ ${title} `), title)
    assert.match(frame, /F5 ! +this help/)
    for (const { words, name } of OWN.bindings) assert.equal(frame.includes(words), name !== 'inspect', name)
  })
})
