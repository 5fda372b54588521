import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { USUAL_PREFERENCES } from '../source/app/initial-state.ts'
import type { GivenOptions } from '../source/command-line.ts'
import type { Configuration } from '../source/config/configuration.ts'
import { settleOptions } from '../source/options.ts'

const NOTHING: GivenOptions = {
  source: { kind: 'engine', hosts: [], context: null },
  intervalMs: null,
  isReadOnly: false,
  isAscii: false,
  hasColour: true,
}

function settle(
  given: Partial<GivenOptions> = {},
  configuration: Configuration = {},
  environment: NodeJS.ProcessEnv = {},
) {
  const loaded = { ok: true, file: null, configuration } as const
  return settleOptions({ ...NOTHING, ...given }, loaded, USUAL_PREFERENCES, environment)
}

describe('what holds', () => {
  test('is usual where nobody says anything', () => {
    const options = settle()
    assert.equal(options.intervalMs, 1000)
    assert.equal(options.screen, 'overview')
    assert.deepEqual(options.preferences, { ...USUAL_PREFERENCES, hasMouse: true })
  })

  test('is what the command line says, before the file', () => {
    assert.equal(settle({ intervalMs: 3000 }, { intervalMs: 5000 }).intervalMs, 3000)
    assert.equal(settle({}, { intervalMs: 5000 }).intervalMs, 5000)
    assert.equal(settle({ isReadOnly: true }, { isReadOnly: false }).isReadOnly, true)
    assert.equal(settle({ hasColour: false }, { hasColour: true }).hasColour, false)
    assert.equal(settle({ isAscii: true }, { isAscii: false }).isAscii, true)
  })

  test('is what the file says, before what the environment gives to understand', () => {
    assert.equal(settle({}, { isAscii: false }, { LANG: 'C' }).isAscii, false)
    assert.equal(settle({}, {}, { LANG: 'C' }).isAscii, true)
    assert.equal(settle({}, { hasMouse: true }, { SSH_TTY: '/dev/pts/1' }).preferences.hasMouse, true)
    assert.equal(settle({}, {}, { SSH_TTY: '/dev/pts/1' }).preferences.hasMouse, false)
    assert.equal(settle({}, { theme: 'dark' }, { COLORFGBG: '0;15' }).preferences.theme, 'dark')
  })

  test('is the theme for light backgrounds where the terminal says that it has one', () => {
    const themeOn = (COLORFGBG: string) => settle({}, {}, { COLORFGBG }).preferences.theme
    assert.deepEqual(['0;15', '0;default;7', '15;0', '7;8', 'nonsense'].map(themeOn), [
      'light',
      'light',
      'safe',
      'safe',
      'safe',
    ])
  })
})
