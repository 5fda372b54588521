import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'
import { temporaryFolder } from '../helpers/whole-program.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

type Opened = { readonly terminal: Terminal; readonly home: string }

/** The program on the simulator, inspecting a node. */
async function inspectNode(t: TestContext, env: (home: string) => Readonly<Record<string, string>>): Promise<Opened> {
  const home = temporaryFolder(t)
  const terminal = openTerminal({
    columns: 120,
    rows: 36,
    command: [process.execPath, PROGRAM, '--simulate'],
    env: { HOME: home, TMPDIR: home, ...env(home) },
  })
  t.after(terminal.close)
  await terminal.waitForScreen(/● live/)
  terminal.press('2 i')
  await terminal.waitForScreen(/Inspect node node1(?:.*\n)*.*EngineVersion/)
  return { terminal, home }
}

/** A program that says what it was given, writes down who may read it, and waits for Enter. */
function script(home: string, name: string): string {
  const file = join(home, name)
  const lines = [
    '#!/bin/sh',
    'trap "" INT',
    'stat -c %a "$1" "$(dirname "$1")" > "$HOME/modes"',
    'echo "$1" > "$HOME/name"',
    'echo "reading $(head -n 1 "$1")"',
    'read answer',
  ]
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o755 })
  return file
}

const said = (home: string, name: string) => readFileSync(join(home, name), 'utf8').trim().split('\n')

function assertInFront(terminal: Terminal): void {
  assert.equal(terminal.isAlternateScreen(), true)
  assert.equal(terminal.isBracketedPaste(), true)
  assert.equal(terminal.isCursorVisible(), false)
}

test('P opens the object in the pager, and the dashboard is back when that is closed', async t => {
  const { terminal, home } = await inspectNode(t, home => ({ PAGER: `${script(home, 'pager')} ` }))
  terminal.press('P')
  await terminal.waitForScreen(/^reading # node node1$/m)
  assert.equal(terminal.isAlternateScreen(), false)
  assert.equal(terminal.isBracketedPaste(), false)
  assert.equal(terminal.isCursorVisible(), true)
  const [fileMode, folderMode] = said(home, 'modes')
  assert.deepEqual([fileMode, folderMode], ['600', '700'])
  // What was typed before Ctrl+C is lost with it, so Enter comes after.
  terminal.press('ctrl+c')
  await terminal.waitForScreen('^C')
  terminal.press('enter')
  await terminal.waitForScreen(/Inspect node node1/)
  assertInFront(terminal)
  assert.ok(!readdirSync(home).includes(said(home, 'name')[0]?.split('/').at(-2) ?? ''))
  terminal.press('esc')
  await terminal.waitForScreen(/Nodes 5/)
  terminal.press('q q')
  assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 0 })
  assert.equal(terminal.isAlternateScreen(), false)
})

test('e opens a copy in the editor, and says that nothing is sent', async t => {
  const { terminal } = await inspectNode(t, home => ({ EDITOR: script(home, 'editor'), VISUAL: '' }))
  terminal.press('e')
  await terminal.waitForScreen(/^reading # node node1$/m)
  terminal.press('enter')
  await terminal.waitForScreen(/nothing you wrote there is sent anywhere/)
  assertInFront(terminal)
})

test('a program that is not there is one sentence', async t => {
  const { terminal, home } = await inspectNode(t, () => ({ PAGER: 'no-such-pager -R' }))
  terminal.press('P')
  await terminal.waitForScreen(/no-such-pager -R could not be run: set \$PAGER to a program that is there/)
  assertInFront(terminal)
  assert.deepEqual(
    readdirSync(home).filter(
      name => /^swarmtop-.{6}$/.test(name) && readdirSync(join(home, name)).includes('node-node1.yaml'),
    ),
    [],
  )
})

test('a pager that is open when the dashboard has to go goes with it', async t => {
  const { terminal, home } = await inspectNode(t, home => ({ PAGER: script(home, 'pager') }))
  terminal.press('P')
  await terminal.waitForScreen(/^reading # node node1$/m)
  terminal.kill('SIGTERM')
  assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 0 })
  assert.equal(terminal.isAlternateScreen(), false)
  assert.equal(terminal.isCursorVisible(), true)
  assert.ok(!readdirSync(home).includes(said(home, 'name')[0]?.split('/').at(-2) ?? ''))
})

test('c hands the text to the terminal', async t => {
  const { terminal } = await inspectNode(t, () => ({}))
  terminal.press('j c')
  await terminal.waitForScreen(/Copied \w+/)
  const [, copied = ''] = /\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007/.exec(terminal.rawOutput()) ?? []
  const id = Buffer.from(copied, 'base64').toString()
  assert.match(id, /^[a-z0-9]{25}$/)
  assert.match(terminal.screen(), new RegExp(`ID: ${id}`))
})
