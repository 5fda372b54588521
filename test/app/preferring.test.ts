import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeTheme } from '../../source/app/preferring.ts'
import { stateOf } from '../helpers/state-builders.ts'

test('another theme is drawn in from now on', () => {
  const state = stateOf()
  assert.equal(changeTheme(state, 'light').preferences.theme, 'light')
  assert.equal(changeTheme(changeTheme(state, 'light'), 'safe').preferences.theme, 'safe')
})

test('a theme that is none is not: which there are is said', () => {
  const state = changeTheme(stateOf(), 'solarised')
  assert.equal(state.preferences.theme, 'safe')
  assert.equal(
    state.navigation.notice?.text,
    'There is no theme "solarised": there are safe, dark, light, high-contrast',
  )
})
