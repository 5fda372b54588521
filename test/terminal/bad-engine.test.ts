import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { apiNode, apiReading } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const LABEL_BYTES = 50 * 2 ** 20

/** An engine that answers as it is told to, and the dashboard that looks at it. */
type Stage = { readonly terminal: Terminal; readonly play: (part: Part) => void }

/** How `/nodes` is answered; everything else is answered well. */
type Part = (response: ServerResponse) => void

const well: Part = response => response.end(JSON.stringify(wellReading.nodes))

const PARTS: readonly { readonly name: string; readonly part: Part; readonly says: RegExp }[] = [
  { name: 'JSON that is cut short', part: response => response.end('[{"ID":"abc","Spe'), says: /\/nodes/ },
  {
    name: 'HTML from a proxy',
    part: response => response.setHeader('Content-Type', 'text/html').end('<html><h1>Sign in</h1></html>'),
    says: /\/nodes/,
  },
  { name: 'an object where a list should be', part: response => response.end('{"message":"hello"}'), says: /\/nodes/ },
  {
    name: 'half an answer, and a closed connection',
    part: response => {
      response.writeHead(200, { 'Content-Length': '1000' })
      response.write('[{"ID":')
      setImmediate(() => response.destroy())
    },
    says: /\/nodes/,
  },
  {
    name: 'an error of its own',
    part: response => response.writeHead(500).end('{"message":"the disk is full"}'),
    says: /the disk is full/,
  },
]

for (const { name, part, says } of PARTS) {
  test(`an engine that answers with ${name} is told of in a sentence, and the dashboard goes on`, async t => {
    const { terminal, play } = await stage(t)
    await terminal.waitForScreen(/● live/)
    play(part)
    const screen = await terminal.waitForScreen(says)
    assert.match(screen, /last reading/)
    assert.match(screen, /w1 +Ready/)
    terminal.press('?')
    await terminal.waitForScreen('this help')
    play(well)
    terminal.press('esc R')
    await terminal.waitForScreen(/● live/)
  })
}

test('an answer with missing fields leaves them blank', async t => {
  const { terminal, play } = await stage(t)
  play(response => response.end('[{"ID":"a"},{"ID":"b","Spec":null,"Description":{"Hostname":7}}]'))
  await terminal.waitForScreen(screen => /● live/.test(screen) && /Nodes 2/.test(screen))
})

test('a label of 50 MB is not shown, and nothing breaks', async t => {
  const { terminal, play } = await stage(t)
  await terminal.waitForScreen(/● live/)
  const nodes = JSON.stringify([apiNode({ name: 'heavy', labels: { big: 'x'.repeat(LABEL_BYTES) } })])
  play(response => response.end(nodes))
  await terminal.waitForScreen(/heavy +Ready/, { limitMs: 30_000 })
})

test('names with escape sequences and wide characters reach the terminal as harmless cells', async t => {
  const { terminal, play } = await stage(t)
  const names = ['evil\u001b]0;owned\u0007\u001b[2J', '数据库', 'app🚀', 'right\u202eleft', 'c1\u009b31m']
  play(response => response.end(JSON.stringify(names.map(name => apiNode({ name })))))
  const screen = await terminal.waitForScreen('数据库')
  assert.doesNotMatch(terminal.rawOutput(), /\u001b\]0;owned|\u009b31m|\u202e/)
  const borders = screen.split('\n').filter(line => /evil|数据库|🚀/.test(line))
  assert.equal(borders.length, 3)
})

async function stage(t: TestContext): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), 'swarmtop-bad-'))
  const socket = join(directory, 'engine.sock')
  let part = well
  const answers = apiReading(wellReading)
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/nodes') part(response)
    else if (path === '/info') response.end(JSON.stringify(answers.info))
    else if (path === '/version') response.end(JSON.stringify(answers.version))
    else if (path === '/services') response.end(JSON.stringify(answers.services))
    else if (path === '/tasks') response.end(JSON.stringify(answers.tasks))
    else if (path === '/events') response.flushHeaders()
    else response.end('OK')
  })
  await new Promise<void>(resolve => server.listen(socket, resolve))
  const command = [process.execPath, PROGRAM, '--host', `unix://${socket}`]
  const terminal = openTerminal({ command, columns: 120, rows: 36, env: { HOME: directory } })
  t.after(async () => {
    await terminal.close()
    server.closeAllConnections()
    server.close()
    rmSync(directory, { recursive: true })
  })
  return {
    terminal,
    play: next => {
      part = next
    },
  }
}
