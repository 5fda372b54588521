import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const LIVE = /● live/

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'swarmtop-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

type Simulate = { readonly process: ChildProcess; readonly directory: string; readonly lines: readonly string[] }

/** `swarmtop simulate`, once it has said that it is ready. */
async function simulate(t: TestContext, ...args: readonly string[]): Promise<Simulate> {
  const directory = join(newFolder(t), 'sockets')
  const child = spawn(process.execPath, [PROGRAM, 'simulate', ...args, '--listen', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (line === 'ready') break
  }
  return { process: child, directory, lines }
}

type Ended = { readonly code: number; readonly out: string; readonly error: string }

function run(...args: readonly string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, [PROGRAM, ...args], (error, out, said) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, error: said })
    })
  })
}

function open(t: TestContext, ...args: readonly string[]): Terminal {
  const home = newFolder(t)
  const env = { HOME: home, TMPDIR: home }
  const terminal = openTerminal({ columns: 120, rows: 36, command: [process.execPath, PROGRAM, ...args], env })
  t.after(terminal.close)
  return terminal
}

describe('swarmtop simulate', { timeout: 60_000 }, () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`prints a line a socket, then ready, and takes them away on ${signal}`, async t => {
      const { process: child, directory, lines } = await simulate(t)
      const machines = ['node1', 'node2', 'node3', 'node4', 'node5']
      assert.deepEqual(lines, [...machines.map(name => `${name} unix://${directory}/${name}.sock`), 'ready'])
      assert.equal(statSync(directory).mode & 0o777, 0o700)
      child.kill(signal)
      assert.deepEqual(await once(child, 'exit'), [0, null])
      assert.deepEqual(readdirSync(directory), [])
    })
  }

  test('says what is wrong with a scenario, and where', async t => {
    const directory = newFolder(t)
    const unknown = await run('simulate', 'nope', '--listen', directory)
    assert.equal(unknown.code, 64)
    assert.match(unknown.error, /^swarmtop: There is no scenario "nope": there are quiet-day, /)
    const missing = await run('simulate', './nope.yaml', '--listen', directory)
    assert.deepEqual(missing, {
      code: 66,
      out: '',
      error: 'swarmtop: ./nope.yaml cannot be read: there is no such file\n',
    })
    const file = join(directory, 'own.yaml')
    writeFileSync(file, 'machines: 1\n"no\\epe": 2\n')
    const { error } = await run('simulate', file, '--listen', directory)
    const [first = '', second = '', ...rest] = error.split('\n')
    assert.ok(first.startsWith(`swarmtop: ${file}:1:1: `), error)
    assert.ok(second.startsWith(`${file}:2:1: A scenario has no key "no\\u001bpe"`), error)
    assert.deepEqual(rest, [''])
  })

  test('does not share a folder, neither with others nor with another simulation', async t => {
    const { directory } = await simulate(t)
    const second = await run('simulate', '--listen', directory)
    assert.equal(second.code, 66)
    assert.match(second.error, /^swarmtop: A simulation runs in .* already/)
    assert.match((await run('simulate', '--listen', '/usr')).error, /^swarmtop: (Others can enter|\/usr is somebody)/)
  })
})

test('swarmtop machine does what it says, or says why not', { timeout: 60_000 }, async t => {
  const { directory } = await simulate(t)
  const machine = (...args: readonly string[]) => run('machine', ...args, '--listen', directory)
  assert.deepEqual(await machine('kill', 'node5'), { code: 0, out: 'node5\n', error: '' })
  assert.deepEqual(await machine('kill', 'node5'), { code: 1, out: '', error: 'swarmtop: node5 is off already\n' })
  assert.deepEqual(await machine('cut', 'node4'), { code: 0, out: 'node4\n', error: '' })
  const { code, out } = await machine('list')
  assert.equal(code, 0)
  const rows = out.split('\n').map(line => line.split(/ +/).slice(2).join(' '))
  assert.deepEqual(rows.slice(0, 2), ['POWER NETWORK SWARM ROLE', 'on connected active manager'])
  assert.deepEqual(rows.slice(4, 6), ['on cut active worker', 'off connected active worker'])
  assert.equal((await run('machine', 'list', '--listen', join(directory, 'nowhere'))).code, 66)
})

describe('the dashboard on a simulation', { timeout: 120_000 }, () => {
  test('knows it by its label, whoever has started it, and rules its time', async t => {
    const { directory } = await simulate(t)
    const terminal = open(t, '--host', `unix://${directory}/node1.sock`)
    await terminal.waitForScreen(/SIMULATION ×1 /)
    terminal.press('\\')
    await terminal.waitForScreen(/SIMULATION paused ×1 /)
    terminal.press('] ] ]')
    await terminal.waitForScreen(/SIMULATION paused ×10 /)
    terminal.press('\\ [')
    await terminal.waitForScreen(/SIMULATION ×5 /)
  })

  test('kills a worker, sees it go Down as in a real swarm, and starts it again', async t => {
    const terminal = open(t, '--simulate', '--speed', '20')
    await terminal.waitForScreen(/SIMULATION ×20 /)
    terminal.press('2 G K')
    await terminal.waitForScreen(/node5 \(off\)/)
    await terminal.waitForScreen(/node5 \(off\) +Down/)
    terminal.press('S')
    await terminal.waitForScreen(/node5 +Ready/, { limitMs: 30_000 })
  })

  test('falls over to another manager when the one it looks through is killed', async t => {
    const terminal = open(t, '--simulate', '--speed', '20')
    await terminal.waitForScreen(/SIMULATION ×20 /)
    terminal.press('2 K')
    await terminal.waitForScreen(screen => /node1 \(off\)/.test(screen) && LIVE.test(screen), { limitMs: 30_000 })
    await terminal.waitForScreen(/2 of 3\)/)
  })

  test('asks before the quorum is lost, and brings it back by a key', async t => {
    const terminal = open(t, '--simulate', '--speed', '20')
    await terminal.waitForScreen(/SIMULATION ×20 /)
    terminal.press('2 j K')
    await terminal.waitForScreen(/node2 \(off\) .*Unreachable/)
    terminal.press('j K')
    await terminal.waitForScreen(screen => screen.includes('This loses the quorum') && screen.includes('Enter answers'))
    terminal.press('enter')
    await terminal.waitForScreen(/○ no (leader|quorum)/, { limitMs: 30_000 })
    terminal.press('S')
    await terminal.waitForScreen(LIVE, { limitMs: 30_000 })
  })
})
