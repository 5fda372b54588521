import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Terminal } from '../helpers/terminal.ts'
import { openProgram } from '../helpers/whole-program.ts'

const READY = /node5 +Ready/

/** Which colours have been asked for, as `38;5;75` or `31`. */
const coloursOf = (terminal: Terminal): readonly string[] =>
  Array.from(terminal.rawOutput().matchAll(/\u001b\[([\d;]+)m/g), ([, codes = '']) => codes).filter(codes =>
    /(^|;)(3[0-8]|9[0-7])(;|$)/.test(codes),
  )

const beyondAscii = (text: string): readonly string[] => text.match(/[^\x00-\x7f]/g) ?? []

describe('the dashboard', { timeout: 120_000 }, () => {
  for (const TERM of ['xterm', 'screen', 'linux']) {
    test(`keeps to 16 colours on ${TERM}`, async t => {
      const terminal = openProgram(t, ['--simulate'], { env: { TERM } })
      await terminal.waitForScreen(READY)
      assert.ok(coloursOf(terminal).length > 0)
      assert.deepEqual(
        coloursOf(terminal).filter(codes => codes.includes('38;')),
        [],
      )
    })
  }

  for (const TERM of ['xterm-256color', 'screen-256color']) {
    test(`has 256 colours on ${TERM}`, async t => {
      const terminal = openProgram(t, ['--simulate'], { env: { TERM } })
      await terminal.waitForScreen(READY)
      assert.ok(coloursOf(terminal).some(codes => codes.includes('38;5;')))
    })
  }

  test('has no colours at all for who wants none', async t => {
    const terminal = openProgram(t, ['--simulate'], { env: { TERM: 'xterm-256color', NO_COLOR: '1' } })
    await terminal.waitForScreen(READY)
    assert.deepEqual(coloursOf(terminal), [])
  })

  for (const env of [{ LANG: 'C' }, { LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, { LANG: 'en_US.ISO-8859-1' }]) {
    test(`is all ASCII with ${JSON.stringify(env)}, on every screen that a number leads to`, async t => {
      const terminal = openProgram(t, ['--simulate'], { env })
      await terminal.waitForScreen(READY)
      for (const key of ['2', '3', '4', '5', '6', '7', '8', '9', '?']) {
        const before = terminal.screen()
        terminal.press(key)
        await terminal.waitForScreen(screen => screen !== before)
      }
      assert.deepEqual(beyondAscii(terminal.rawOutput()), [])
    })
  }

  test('keeps to the signs of its font on Linux’ own console', async t => {
    const terminal = openProgram(t, ['--simulate'], { env: { TERM: 'linux' } })
    await terminal.waitForScreen(READY)
    const signs = new Set(beyondAscii(terminal.screen()))
    for (const missing of ['●', '›', '━', '┏', '…', '▕', '▏', '×']) assert.ok(!signs.has(missing), missing)
    for (const there of ['─', '│', '═', '•', '█']) assert.ok(signs.has(there), there)
  })

  test('is one plain reading where TERM is dumb, and says why', async t => {
    const terminal = openProgram(t, ['--simulate'], { env: { TERM: 'dumb' }, columns: 160 })
    const { exitCode } = await terminal.exited
    assert.ok([0, 1].includes(exitCode), String(exitCode))
    assert.match(terminal.screen(), /^swarmtop: TERM is dumb, .*TERM=xterm-256color; this is one reading$/m)
    assert.match(terminal.screen(), /node5 +Ready/)
    assert.doesNotMatch(terminal.rawOutput(), /\u001b/)
  })

  test('is right after a storm of sizes, down to too small and back', async t => {
    const terminal = openProgram(t, ['--simulate', '--speed', '0.01'])
    await terminal.waitForScreen(READY)
    terminal.press('\\')
    await terminal.waitForScreen(/paused/)
    for (let round = 0; round < 20; round += 1) {
      terminal.resize(120 - 5 * round, 36 - round)
      terminal.resize(60 + 7 * round, 12 + 3 * round)
    }
    terminal.resize(59, 15)
    await terminal.waitForScreen(/too small[\s\S]*it has 59x15,\nswarmtop needs 60x16/)
    terminal.resize(200, 50)
    await terminal.waitForScreen(READY)
    terminal.resize(120, 36)
    const lines = (await terminal.waitForScreen(screen => isWhole(screen, 120, 36))).split('\n')
    assert.equal(lines.filter(line => line.includes('HOSTNAME')).length, 1)
    assert.match(lines[0] ?? '', /SIMULATION/)
    assert.match(lines.at(-1) ?? '', /Time stands still/)
  })
})

/** Every line of the frame is where it belongs: borders end in the last column, and nothing of an older frame is left. */
function isWhole(screen: string, columns: number, rows: number): boolean {
  const lines = screen.split('\n')
  const borders = lines.filter(line => /^[│┃┌┏└┗]/.test(line))
  return lines.length === rows && borders.length > 10 && borders.every(line => line.length === columns)
}
