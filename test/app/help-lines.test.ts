import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { helpHeight, helpLines, mostHelpOffset } from '../../source/app/help-lines.ts'
import { BINDINGS } from '../../source/app/keys.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

describe('the help', () => {
  test('cuts no words, however narrow the terminal is', () => {
    for (const columns of [60, 80, 120, 200]) {
      const lines = helpLines(stateOf({ columns, rows: 24 }))
      const told = lines.map(line => ('words' in line ? line.words : '.')).join(' ')
      for (const { words } of BINDINGS) assert.ok(told.includes(words), words)
      const state = stateOf({ columns, rows: 200 })
      const frame = frameOf({ ...state, navigation: { ...state.navigation, isHelpOpen: true } })
      assert.doesNotMatch(frame.slice(frame.indexOf('Help')), /…/)
    }
  })

  test('is scrolled to its last line and no further, so that one key leads back', () => {
    const app = appWith(wellReading).press('?', 'G')
    const end = app.state.navigation.helpOffset
    assert.equal(end, mostHelpOffset(app.state))
    const all = helpLines(app.state).length
    assert.ok(frameOf(app.state).includes(` ${end + 1}-${all} of ${all} `))
    assert.equal(app.press('j', 'pagedown', 'G', 'k').state.navigation.helpOffset, end - 1)
  })

  test('goes on by what is seen of it but a line', () => {
    const app = appWith(wellReading).press('?', 'pagedown')
    assert.equal(app.state.navigation.helpOffset, helpHeight(app.state) - 1)
    assert.equal(app.press('pageup', 'pageup').state.navigation.helpOffset, 0)
  })
})
