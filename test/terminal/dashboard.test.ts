import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const LIVE = /● live/

/** The program as people start it, on the simulator, in a terminal. It ends with the test. */
function open(t: TestContext, options: Partial<Parameters<typeof openTerminal>[0]> = {}, ...args: string[]): Terminal {
  const home = mkdtempSync(join(tmpdir(), 'swarmtop-test-'))
  const env = { HOME: home, TMPDIR: home, ...options.env }
  const command = options.command ?? [process.execPath, PROGRAM, '--simulate', ...args]
  const terminal = openTerminal({ columns: 120, rows: 36, ...options, command, env })
  t.after(async () => {
    await terminal.close()
    rmSync(home, { recursive: true })
  })
  return Object.assign(terminal, { home })
}

function assertGivenBack(terminal: Terminal): void {
  assert.equal(terminal.isAlternateScreen(), false)
  assert.equal(terminal.isCursorVisible(), true)
  assert.equal(terminal.isBracketedPaste(), false)
}

describe('the dashboard on the simulator', () => {
  test('shows five nodes, the quorum and services, and says that it is a simulation', async t => {
    const screen = await open(t).waitForScreen(LIVE)
    for (const word of ['SIMULATION', 'node1', 'node5', 'Leader', '3 of 3 managers'])
      assert.ok(screen.includes(word), word)
  })

  test('moves: something happens within ten seconds of its start', async t => {
    const terminal = open(t, {}, '--speed', '10')
    await terminal.waitForScreen(LIVE)
    await terminal.waitForScreen(/updating|scaled|failed/)
  })

  test('drains a node and follows it until it has converged', async t => {
    const terminal = open(t, {}, '--speed', '10')
    await terminal.waitForScreen(LIVE)
    terminal.press('2 G d')
    await terminal.waitForScreen(/all of it takes[\s\S]*y \/ n/)
    terminal.press('y')
    await terminal.waitForScreen(/node5 +Ready +Drain/)
    terminal.press('7')
    await terminal.waitForScreen(/drain node5: /, { limitMs: 30_000 })
  })

  test('is drawn anew at every size, and says which one it needs', async t => {
    const terminal = open(t)
    await terminal.waitForScreen(LIVE)
    for (const [columns, rows] of [
      [80, 24],
      [200, 50],
      [60, 16],
    ] as const) {
      terminal.resize(columns, rows)
      await terminal.waitForScreen(screen => screen.includes('node1') && widest(screen) <= columns)
    }
    terminal.resize(50, 10)
    await terminal.waitForScreen(/60 ?[x×] ?16/)
    terminal.resize(120, 36)
    await terminal.waitForScreen(LIVE)
  })

  test('without colours sends none', async t => {
    for (const terminal of [open(t, { env: { NO_COLOR: '1' } }), open(t, {}, '--no-color')]) {
      await terminal.waitForScreen(LIVE)
      assert.doesNotMatch(terminal.rawOutput(), /\u001b\[(3|4|9|10)\dm|\u001b\[[34]8;/)
    }
  })

  test('with --ascii sends nothing beyond ASCII', async t => {
    const terminal = open(t, {}, '--ascii')
    await terminal.waitForScreen(/live/)
    assert.match(terminal.rawOutput(), /^[\0-\x7f]*$/)
  })
})

describe('the terminal is given back', () => {
  const ways: Readonly<Record<string, (terminal: Terminal) => void>> = {
    'on q': terminal => terminal.press('q'),
    'on Ctrl+C': terminal => terminal.press('ctrl+c'),
    'on SIGTERM': terminal => terminal.kill('SIGTERM'),
    'on SIGHUP': terminal => terminal.kill('SIGHUP'),
  }
  for (const [name, end] of Object.entries(ways)) {
    test(name, async t => {
      const terminal = open(t)
      await terminal.waitForScreen(LIVE)
      assert.equal(terminal.isAlternateScreen(), true)
      end(terminal)
      assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 0 })
      assertGivenBack(terminal)
    })
  }

  test('after a crash, with the error printed after it', async t => {
    const crash = `data:text/javascript,process.on('SIGUSR2', () => { throw new Error('boom') })`
    const terminal = open(t, { command: [process.execPath, '--import', crash, PROGRAM, '--simulate'] })
    await terminal.waitForScreen(LIVE)
    terminal.kill('SIGUSR2')
    const { exitCode } = await terminal.exited
    assert.equal(exitCode, 70)
    assertGivenBack(terminal)
    assert.match(terminal.screen(), /Error: boom/)
  })

  test('and nothing of the simulation stays behind', async t => {
    const terminal = open(t)
    await terminal.waitForScreen(LIVE)
    terminal.press('q')
    await terminal.exited
    const { home } = terminal as Terminal & { home: string }
    assert.deepEqual(
      readdirSync(home).filter(name => name.startsWith('swarmtop-')),
      [],
    )
  })
})

function widest(screen: string): number {
  return Math.max(...screen.split('\n').map(line => line.length))
}
