import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { onSockets, openProgram, runProgram, runUnheard, simulate, temporaryFolder } from '../helpers/whole-program.ts'

const LIVE = /● live/

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
    const directory = temporaryFolder(t)
    const unknown = await runProgram('simulate', 'nope', '--listen', directory)
    assert.equal(unknown.code, 64)
    assert.match(unknown.error, /^swarmtop: There is no scenario "nope": there are quiet-day, /)
    const missing = await runProgram('simulate', './nope.yaml', '--listen', directory)
    assert.deepEqual(missing, {
      code: 66,
      out: '',
      error: 'swarmtop: ./nope.yaml cannot be read: there is no such file\n',
    })
    const file = join(directory, 'own.yaml')
    writeFileSync(file, 'machines: 1\n"no\\epe": 2\n')
    const { error } = await runProgram('simulate', file, '--listen', directory)
    const [first = '', second = '', ...rest] = error.split('\n')
    assert.ok(first.startsWith(`swarmtop: ${file}:1:1: `), error)
    assert.ok(second.startsWith(`${file}:2:1: The file has no key "no\\u001bpe"`), error)
    assert.deepEqual(rest, [''])
  })

  test('does not share a folder, neither with others nor with another simulation', async t => {
    const { directory } = await simulate(t)
    const second = await runProgram('simulate', '--listen', directory)
    assert.equal(second.code, 66)
    assert.match(second.error, /^swarmtop: A simulation runs in .* already/)
    assert.match(
      (await runProgram('simulate', '--listen', '/usr')).error,
      /^swarmtop: (Others can enter|\/usr is somebody)/,
    )
  })
})

test('who stops listening to what is printed is no failure', { timeout: 60_000 }, async t => {
  const { directory } = await simulate(t)
  const socket = `${directory}/node1.sock`
  for (const args of [
    ['--help'],
    ['--print-config'],
    ['status', ...onSockets(socket)],
    ['machine', 'list', '--listen', directory],
  ]) {
    const ended = await runUnheard(...args)
    assert.deepEqual(ended, { code: 0, error: '' }, args.join(' '))
  }
})

test('swarmtop machine does what it says, or says why not', { timeout: 60_000 }, async t => {
  const { directory } = await simulate(t)
  const machine = (...args: readonly string[]) => runProgram('machine', ...args, '--listen', directory)
  assert.deepEqual(await machine('kill', 'node5'), { code: 0, out: 'node5\n', error: '' })
  assert.deepEqual(await machine('kill', 'node5'), { code: 1, out: '', error: 'swarmtop: node5 is off already\n' })
  assert.deepEqual(await machine('cut', 'node4'), { code: 0, out: 'node4\n', error: '' })
  const { code, out } = await machine('list')
  assert.equal(code, 0)
  const rows = out.split('\n').map(line => line.split(/ +/).slice(2).join(' '))
  assert.deepEqual(rows.slice(0, 2), ['POWER NETWORK SWARM ROLE', 'on connected active manager'])
  assert.deepEqual(rows.slice(4, 6), ['on cut active worker', 'off connected active worker'])
  assert.equal((await runProgram('machine', 'list', '--listen', join(directory, 'nowhere'))).code, 66)
})

describe('the dashboard on a simulation', { timeout: 120_000 }, () => {
  test('knows it by its label, whoever has started it, and rules its time', async t => {
    const { directory } = await simulate(t)
    const terminal = openProgram(t, onSockets(`${directory}/node1.sock`))
    await terminal.waitForScreen(/SIMULATION ×1 /)
    terminal.press('\\')
    await terminal.waitForScreen(/SIMULATION paused ×1 /)
    terminal.press('] ] ]')
    await terminal.waitForScreen(/SIMULATION paused ×10 /)
    terminal.press('\\ [')
    await terminal.waitForScreen(/SIMULATION ×5 /)
  })

  test('kills a worker, sees it go Down as in a real swarm, and starts it again', async t => {
    const terminal = openProgram(t, ['--simulate', '--speed', '20'])
    await terminal.waitForScreen(/SIMULATION ×20 /)
    terminal.press('2 G K')
    await terminal.waitForScreen(/node5 \(off\)/)
    await terminal.waitForScreen(/node5 \(off\) +Down/)
    terminal.press('S')
    await terminal.waitForScreen(/node5 +Ready/, { limitMs: 30_000 })
  })

  test('falls over to another manager when the one it looks through is killed', async t => {
    const terminal = openProgram(t, ['--simulate', '--speed', '20'])
    await terminal.waitForScreen(/SIMULATION ×20 /)
    terminal.press('2 K')
    await terminal.waitForScreen(screen => /node1 \(off\)/.test(screen) && LIVE.test(screen), { limitMs: 30_000 })
    await terminal.waitForScreen(/2 of 3\)/)
  })

  test('asks before the quorum is lost, and brings it back by a key', async t => {
    const terminal = openProgram(t, ['--simulate', '--speed', '20'])
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
