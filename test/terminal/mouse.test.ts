import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { temporaryFolder } from '../helpers/whole-program.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const LIVE = /● live/

function open(t: Parameters<typeof temporaryFolder>[0], env: Readonly<Record<string, string>> = {}): Terminal {
  const home = temporaryFolder(t)
  const command = [process.execPath, PROGRAM, '--simulate']
  const terminal = openTerminal({ columns: 120, rows: 36, command, env: { HOME: home, TMPDIR: home, ...env } })
  t.after(terminal.close)
  return terminal
}

/** What a terminal sends when the left button goes down and up on this text. */
function clickOn(terminal: Terminal, text: string): void {
  const place = terminal.find(text)
  assert.ok(place !== null, `${text} is not on the screen`)
  const where = `${place.column + 1};${place.row + 1}`
  terminal.type(`\u001b[<0;${where}M\u001b[<0;${where}m`)
}

async function quit(terminal: Terminal): Promise<void> {
  terminal.press('ctrl+c')
  await terminal.exited
  assert.equal(terminal.mouseTracking(), 'none')
}

test('a click selects, another opens, one on the way leads back; the mouse is given back at the end', async t => {
  const terminal = open(t)
  await terminal.waitForScreen(LIVE)
  terminal.type(':mouse on\r')
  await terminal.waitForScreen('The mouse selects')
  assert.equal(terminal.mouseTracking(), 'vt200')
  clickOn(terminal, 'node4')
  await terminal.waitForScreen(/› node4/)
  clickOn(terminal, 'node4')
  await terminal.waitForScreen(/overview › node4/)
  clickOn(terminal, 'overview ›')
  await terminal.waitForScreen('Quorum')
  await quit(terminal)
})

test(':mouse off leaves it to the terminal', async t => {
  const terminal = open(t)
  await terminal.waitForScreen(LIVE)
  terminal.type(':mouse on\r')
  await terminal.waitForScreen('The mouse selects')
  terminal.type(':mouse off\r')
  await terminal.waitForScreen('The mouse is off')
  assert.equal(terminal.mouseTracking(), 'none')
  await quit(terminal)
})

test('over SSH nothing is asked of the terminal about its mouse', async t => {
  const terminal = open(t, { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22' })
  await terminal.waitForScreen(LIVE)
  await quit(terminal)
  assert.doesNotMatch(terminal.rawOutput(), /\u001b\[\?10(00|02|03|06)/)
})
