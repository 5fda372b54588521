import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { allShown, focusOn, pointedAt, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { onSockets, openProgram } from '../helpers/whole-program.ts'
import { type Lab, startLab } from './lab.ts'

/** What operators come for, with the keys that it takes, on one swarm of three real engines. */
let lab: Lab

before(async () => {
  lab = await startLab({ engines: 3 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 1 })])
})

after(() => lab.down())

test('the failing slot, its reason and its log are two keys away', async t => {
  await create('steady', ['--replicas', '3'], 'swarmtop-lab:1')
  await create('broken', ['--restart-delay', '2s'], 'swarmtop-lab:1', 'sh', '-c', 'echo no more room; sleep 1; exit 3')
  const dashboard = open(t)
  await shows(dashboard, '● live', 'broken', /short of desired 1/)
  dashboard.press('4')
  await shows(dashboard, pointedAt('broken.1'), 'task: non-zero exit (3)')
  dashboard.press('l')
  await shows(dashboard, 'no more room')
  await lab.docker('node1', 'service', 'rm', 'broken', 'steady')
})

test('a rolling update is followed to its end on one screen', async t => {
  await create('web', ['--replicas', '4', '--update-monitor', '1s', '--update-delay', '1s'], 'swarmtop-lab:1')
  const dashboard = open(t)
  await shows(dashboard, '● live', /web +replicated +4\/4/)
  dashboard.press('3 enter')
  await shows(dashboard, 'Service web')
  await focusOn(dashboard, 'Progress')
  await lab.docker('node1', 'service', 'update', '--detach', '--no-resolve-image', '--image', 'swarmtop-lab:2', 'web')
  await shows(dashboard, 'updating', /[1-3]\/4/)
  await shows(dashboard, 'completed', 'swarmtop-lab:2')
  await focusOn(dashboard, 'Last change')
  await shows(dashboard, '- image: swarmtop-lab:1', '+ image: swarmtop-lab:2')
  await lab.docker('node1', 'service', 'rm', 'web')
})

test('what a service says and is called does nothing to the terminal', async t => {
  const bell =
    '\\033]0;owned\\007\\033[2J\\033[?1049l\\033[31mred\\033[0m \\342\\200\\256 \\346\\227\\245\\346\\234\\254 done'
  const labels = ['--label', 'note=\u001b]0;owned\u0007\u001b[2J 日本語 👩‍👩‍👧 שלום']
  await create('strange', labels, 'swarmtop-lab:1', 'sh', '-c', `while :; do printf '${bell}\\n'; sleep 1; done`)
  const dashboard = open(t)
  await shows(dashboard, '● live', /strange +replicated +1\/1/)
  for (const keys of ['3', 'enter', 'l']) {
    dashboard.press(keys)
    await shows(dashboard, 'strange')
  }
  const screen = await shows(dashboard, '日本 done')
  assert.match(screen, /red/)
  assert.equal(dashboard.style('red').colour, 1)
  assert.equal(dashboard.isAlternateScreen(), true)
  assert.equal(dashboard.title(), '')
  await lab.docker('node1', 'service', 'rm', 'strange')
})

test('a followed log names the worker that was killed, and the rest goes on', async t => {
  const say = 'i=0; while :; do i=$((i+1)); echo "line $i"; sleep 1; done'
  await create('talk', ['--mode', 'global'], 'swarmtop-lab:1', 'sh', '-c', say)
  const dashboard = open(t)
  await shows(dashboard, '● live', /talk +global +3\/3/)
  dashboard.press('3 l')
  await shows(dashboard, /node1\s*\| line/, /node2\s*\| line/, /node3\s*\| line/)
  await lab.kill('node3')
  const screen = await shows(dashboard, 'No lines from node3: it is down')
  const latest = Math.max(...[...screen.matchAll(/node2\s*\| line (\d+)/g)].map(([, line]) => Number(line)))
  await shows(dashboard, new RegExp(`node2\\s*\\| line ${latest + 1}\\b`))
  await lab.docker('node1', 'service', 'rm', 'talk')
  await lab.start('node3')
})

test('a secret says by which service it is used, and an encrypted network that it is one', async t => {
  await lab.docker('node1', 'secret', 'create', 'used-secret', '/etc/hostname')
  await lab.docker('node1', 'secret', 'create', 'spare-secret', '/etc/hostname')
  await lab.docker('node1', 'network', 'create', '--driver', 'overlay', '--opt', 'encrypted', 'private')
  await create('keeper', ['--secret', 'used-secret', '--network', 'private'], 'swarmtop-lab:1')
  const dashboard = open(t)
  await shows(dashboard, '● live', 'keeper')
  dashboard.press(':')
  dashboard.type('secrets')
  dashboard.press('enter')
  await shows(dashboard, /used-secret .* keeper /, /spare-secret .* nobody /)
  dashboard.press(':')
  dashboard.type('networks')
  dashboard.press('enter')
  await shows(dashboard, /private +overlay +swarm .* encrypted +keeper /)
  await lab.docker('node1', 'service', 'rm', 'keeper')
})

function create(name: string, options: readonly string[], image: string, ...command: readonly string[]) {
  const create = ['service', 'create', '--no-resolve-image', '--detach', '--name', name]
  return lab.docker('node1', ...create, ...options, image, ...command)
}

function open(t: TestContext): Terminal {
  return openProgram(t, onSockets(lab.socket('node1')), { columns: 140, rows: 50 })
}

function shows(dashboard: Terminal, ...wanted: readonly Shown[]): Promise<string> {
  return dashboard.waitForScreen(allShown(...wanted), { limitMs: 60_000 })
}
