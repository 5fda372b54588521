import assert from 'node:assert/strict'
import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { openProgram, temporaryFolder } from '../helpers/whole-program.ts'

const LIVE = /● live/
const CHARTS = /running \d+ .*desired \d+/

describe('the trends in a terminal', { timeout: 60_000 }, () => {
  test('change none of its modes, at any size, and it is given back as it was', async t => {
    const terminal = openProgram(t, ['--simulate', 'crash-loop'])
    await terminal.waitForScreen(LIVE)
    const before = modesOf(terminal)
    const listenedBefore = terminal.rawOutput().length
    terminal.press('9')
    await terminal.waitForScreen(CHARTS)
    for (const [columns, rows] of [
      [80, 24],
      [200, 50],
      [60, 16],
      [120, 36],
    ] as const) {
      terminal.resize(columns, rows)
      await terminal.waitForScreen(screen => CHARTS.test(screen) && isWhole(screen, rows))
      assert.deepEqual(modesOf(terminal), before, `${columns}x${rows}`)
    }
    terminal.press('esc')
    await terminal.waitForScreen('Quorum')
    assert.deepEqual(modesOf(terminal), before)
    const written = terminal.rawOutput().slice(listenedBefore)
    assert.doesNotMatch(written, KEYPAD_OR_SCROLL_REGION)
    terminal.press('q')
    assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 0 })
    assert.deepEqual(modesOf(terminal), {
      isAlternate: false,
      isPasteBracketed: false,
      isCursorSeen: true,
      mouse: 'none',
    })
  })
})

describe('swarmtop as it is installed', { timeout: 60_000 }, () => {
  test('finds what draws its charts beside it', async t => {
    const terminal = openInstalled(t, ['blessed', 'blessed-contrib'])
    await terminal.waitForScreen(LIVE)
    terminal.press('9')
    await terminal.waitForScreen(CHARTS)
  })

  test('says so where that is not there, and goes on', async t => {
    const terminal = openInstalled(t, [])
    await terminal.waitForScreen(LIVE)
    terminal.press('9')
    await terminal.waitForScreen('The charts cannot be loaded: ')
    terminal.press('esc')
    await terminal.waitForScreen('Quorum')
  })
})

/** What blessed writes when it takes a terminal over. */
const KEYPAD_OR_SCROLL_REGION = /\u001b[=>]|\u001b\[\?1h|\u001b\[\d*;\d*r|\u001b\(0/

const modesOf = (terminal: Terminal) => ({
  isAlternate: terminal.isAlternateScreen(),
  isPasteBracketed: terminal.isBracketedPaste(),
  isCursorSeen: terminal.isCursorVisible(),
  mouse: terminal.mouseTracking(),
})

/** The last line is the key bar. */
const isWhole = (screen: string, rows: number): boolean => screen.split('\n').length === rows

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The program in a folder of its own, as npm puts it there, with these packages beside it and no others. */
function openInstalled(t: TestContext, packages: readonly string[]): Terminal {
  const home = temporaryFolder(t)
  const installed = join(home, 'node_modules', 'swarmtop')
  mkdirSync(installed, { recursive: true })
  for (const part of ['dist', 'package.json']) cpSync(join(ROOT, part), join(installed, part), { recursive: true })
  for (const name of packages) symlinkSync(join(ROOT, 'node_modules', name), join(home, 'node_modules', name))
  const command = [process.execPath, join(installed, 'dist', 'cli.js'), '--simulate']
  const terminal = openTerminal({ columns: 120, rows: 36, command, env: { HOME: home, TMPDIR: home } })
  t.after(terminal.close)
  return terminal
}
