import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { allShown, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { onSockets, openProgram, runProgram, simulate, temporaryFolder } from '../helpers/whole-program.ts'

const SCENARIO = `
machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 2 }
images:
  shop/api: { pull: 0s, start: 1s, stop: 3s }
services:
  api: { image: 'shop/api:1', replicas: 6, update: { parallelism: 2, monitor: 1s, order: start-first } }
`

/** A swarm that lives on while sessions come and go, and the folder in which they keep what they are at. */
async function surroundings(t: TestContext) {
  const folder = temporaryFolder(t)
  const scenario = join(folder, 'swarm.yaml')
  writeFileSync(scenario, SCENARIO)
  const { directory } = await simulate(t, scenario)
  const env = { XDG_STATE_HOME: folder }
  const open = (...more: readonly string[]) =>
    openProgram(t, [...onSockets(`${directory}/node1.sock`, `${directory}/node2.sock`), ...more], {
      columns: 80,
      rows: 24,
      env,
    })
  const kept = () => readdirSync(join(folder, 'swarmtop')).filter(name => name.startsWith('maintenance-'))
  return { directory, open, kept, folder: join(folder, 'swarmtop') }
}

const shows = (terminal: Terminal, ...wanted: readonly Shown[]): Promise<string> =>
  terminal.waitForScreen(allShown(...wanted), { limitMs: 30_000 })

/** What has just come upon the screen does not hear keys before it could have been read. */
async function press(terminal: Terminal, keys: string): Promise<void> {
  for (const key of keys.split(' ')) {
    await sleep(400)
    terminal.press(key)
  }
}

async function beginOn(terminal: Terminal, keys: string): Promise<void> {
  await shows(terminal, '● live')
  terminal.press('2')
  await shows(terminal, 'Nodes 5', 'node5')
  await press(terminal, keys)
}

describe('a maintenance whose session is lost', { timeout: 120_000 }, () => {
  const moments = [
    ['the terminal hangs up while a service moves', 'SIGHUP', 'moving'],
    ['it is told to end while the node is drained', 'SIGTERM', 'drain'],
    ['it is killed while the node is in hand', 'SIGKILL', 'do your work'],
    ['it is killed while the node is watched', 'SIGKILL', 'watched for another'],
  ] as const

  for (const [name, signal, shown] of moments) {
    test(`${name}: the next one offers to go on, and does`, async t => {
      const { directory, open, kept } = await surroundings(t)
      const first = open()
      await beginOn(first, 'end M g enter')
      if (shown === 'watched for another') {
        await shows(first, 'node5 is empty: do your work')
        await press(first, 'enter')
      }
      await shows(first, shown)
      first.kill(signal)
      await first.exited
      assert.equal(kept().length, 1)

      const second = open()
      await shows(second, 'left off at node5', 'Enter goes on')
      assert.doesNotMatch(second.screen(), /since then/)
      await press(second, 'enter')
      if (shown !== 'watched for another') {
        await shows(second, 'node5 is empty: do your work')
        await press(second, 'enter')
      }
      await shows(second, 'watched for another')
      await press(second, 'enter')
      const screen = await shows(second, /Uneven by now|Over: 1 node done/)
      if (!screen.includes('Over')) await press(second, 'enter')
      await shows(second, 'Over: 1 node done')
      assert.deepEqual(kept(), [])
      const { out } = await runProgram('status', '--json', ...onSockets(`${directory}/node1.sock`))
      assert.doesNotMatch(out, /swarmtop\.maintenance|"drain"/)
    })
  }
})

test('a damaged file is said to be so, and kept aside', { timeout: 60_000 }, async t => {
  const { open, kept, folder } = await surroundings(t)
  const first = open()
  await beginOn(first, 'end M enter')
  await shows(first, 'do your work')
  first.kill('SIGKILL')
  await first.exited
  const [file = ''] = kept()
  const text = readFileSync(join(folder, file), 'utf8')
  writeFileSync(join(folder, file), text.slice(0, 100))
  const second = open()
  await shows(second, 'is damaged')
  assert.match(kept().join(' '), /^maintenance-\w+\.json\.damaged-\d+T\d+Z$/)
})

test('two operators: who comes second sees whose the node is, and read-only looks on', { timeout: 60_000 }, async t => {
  const one = await surroundings(t)
  const first = one.open()
  await beginOn(first, 'end M enter')
  await shows(first, 'do your work')
  const watcher = one.open('--read-only')
  await shows(watcher, 'Another session here', 'looks on')
  await press(watcher, 'T')
  await shows(watcher, 'Nothing can be changed')
  const other = openProgram(t, onSockets(`${one.directory}/node2.sock`), { columns: 80, rows: 24 })
  await beginOn(other, 'end d')
  await shows(other, /node5 is drained already|in maintenance by/)
  await press(other, 'a')
  await shows(other, 'Activate node5?', 'in maintenance by')
  await press(other, 'esc M enter')
  await shows(other, 'Held: node5 is in maintenance by', 'T takes it over')
})
