import assert from 'node:assert/strict'
import { after, before, beforeEach, type TestContext, test } from 'node:test'
import { allShown, isDrawnAsOld, pointedAt, row, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { onSockets, openProgram, runProgram } from '../helpers/whole-program.ts'
import { type Lab, startLab } from './lab.ts'
import { createService, leaderOf, MANAGERS, mendSwarm, runningTasks, SERVICE } from './whole-swarm.ts'

/** The whole program in a terminal, on one swarm of five real engines that is made whole before each test. */
let lab: Lab

before(async () => {
  lab = await startLab({ engines: 5 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  await createService(lab)
})

beforeEach(() => mendSwarm(lab))

after(() => lab.down())

test('shows five nodes, the leader and the service; status exits 0', async t => {
  const leader = await leaderOf(lab, 'node1')
  const dashboard = open(t, 'node1')
  const screen = await shows(dashboard, '● live', '5 nodes', `● ${leader} leader`, '3 of 3 managers')
  for (const { name } of lab.machines) assert.match(screen, row(name, 'Ready', 'Active'))
  assert.match(screen, row(leader, 'Ready', 'Active', 'Leader'))
  assert.match(screen, row(SERVICE.name, 'replicated', '5/5', 'swarmtop-lab:1'))
  assert.equal((await runStatus('node1')).code, 0)
})

test('gives the terminal back when it is quit', async t => {
  const dashboard = open(t, 'node1')
  await shows(dashboard, '● live')
  assert.equal(dashboard.isAlternateScreen(), true)
  dashboard.press('q')
  assert.deepEqual(await dashboard.exited, { exitCode: 0, signal: 0 })
  assert.equal(dashboard.isAlternateScreen(), false)
  assert.equal(dashboard.isCursorVisible(), true)
})

test('f renews every slot of a service', async t => {
  const before = await runningTasks(lab, 'node1')
  const dashboard = open(t, 'node1')
  await shows(dashboard, '● live', pointedAt(SERVICE.name))
  dashboard.press('f')
  await shows(dashboard, `Force update ${SERVICE.name}?`, /docker service update .*--force/, 'all of it takes', 'y / n')
  dashboard.press('y')
  await shows(dashboard, `force update ${SERVICE.name}: 5 tasks renewed`, row(SERVICE.name, 'replicated', '5/5'))
  const after = await runningTasks(lab, 'node1')
  const kept = after.filter(({ id }) => before.some(task => task.id === id))
  assert.deepEqual([after.length, kept], [SERVICE.replicas, []])
})

test('of two hosts, the loss of ours is survived, and it is used again when it is back', async t => {
  const [ours, other] = await leaderLast()
  const dashboard = open(t, ours, other)
  await shows(dashboard, '● live', `${ours} * `)
  await lab.kill(ours)
  await shows(dashboard, '● live', `${other} * `, `${ours} unreachable`, /now asking .* instead of/)
  await lab.start(ours)
  await shows(dashboard, '● live', `${ours} * `, '3 of 3 managers')
})

test('when the leader of three dies the new one is shown, and the dead node Down; status exits 1', async t => {
  const [watched, , leader] = await leaderLast()
  const dashboard = open(t, watched)
  await shows(dashboard, '● live', `● ${leader} leader`)
  await lab.kill(leader)
  await shows(dashboard, `${leader} unreachable`, '2 of 3 managers', 'can lose 0')
  const newLeader = await leaderOf(lab, watched)
  await shows(dashboard, row(newLeader, 'Ready', 'Active', 'Leader'), row(leader, 'Down', 'Active', 'Unreachable'))
  dashboard.press('7')
  await shows(dashboard, `leader ${leader} → ${newLeader}`, `${leader} is Down`)
  assert.equal((await runStatus(watched)).code, 1)
})

test('when two of three die the loss is told, keys answer, and starting one mends it; status exits 2', async t => {
  const [survivor, follower, leader] = await leaderLast()
  const dashboard = open(t, survivor)
  await shows(dashboard, '● live', row('node5', 'Ready', 'Active'))
  await Promise.all([lab.kill(leader), lab.kill(follower)])
  await shows(dashboard, 'no leader', /last reading \d+ s old/)
  await answersKeysWhileSwarmHangs(dashboard, survivor)

  const { address } = lab.machines.find(({ name }) => name === survivor) ?? { address: '' }
  const lost = [follower, leader].toSorted().join(', ')
  const lastResort = `docker swarm init --force-new-cluster --advertise-addr ${address}`
  await shows(dashboard, 'no quorum', `Bring back 1 of: ${lost}`, `On ${survivor}, and there only`, lastResort)
  const status = await runStatus(survivor)
  assert.equal(status.code, 2, status.error)

  dashboard.press('esc')
  await shows(dashboard, screen => !screen.includes('Bring back'), /last reading \d+ s old/)
  assert.match(dashboard.screen(), row('node5', 'Ready', 'Active'))
  assert.ok(isDrawnAsOld(dashboard, 'node5'), 'drawn as old')

  await lab.start(follower)
  await shows(dashboard, '● live', '2 of 3 managers', /● node\d leader/)
  await shows(dashboard, screen => !screen.includes('last reading'))
})

test('status exits 3 when there is nobody to ask', async () => {
  const worker = await runStatus('node5')
  assert.deepEqual([worker.code, /ask a manager/.test(worker.error)], [3, true])
  await lab.kill('node5')
  assert.equal((await runStatus('node5')).code, 3)
})

/** A call that was made before the keys were pressed, and is not answered when they have been, shows that it hangs. */
async function answersKeysWhileSwarmHangs(dashboard: Terminal, survivor: string): Promise<void> {
  let isAnswered = false
  const call = lab.docker(survivor, 'node', 'ls').catch(() => '')
  call.then(() => {
    isAnswered = true
  })
  dashboard.press('?')
  await shows(dashboard, 'this help')
  dashboard.press('?')
  await shows(dashboard, screen => !screen.includes('this help'))
  assert.equal(isAnswered, false)
}

function open(t: TestContext, ...machines: readonly string[]): Terminal {
  return openProgram(t, onSockets(...machines.map(lab.socket)), { columns: 140, rows: 50 })
}

/** How `swarmtop status` on a machine ended, and what it printed. */
function runStatus(machine: string) {
  return runProgram('status', ...onSockets(lab.socket(machine)))
}

/** The screen on which all of it is to be seen at once. A minute and a half is enough for any election and any Down. */
function shows(dashboard: Terminal, ...wanted: readonly Shown[]) {
  return dashboard.waitForScreen(allShown(...wanted), { limitMs: 90_000 })
}

/** The managers, the leader last. */
async function leaderLast(): Promise<readonly [string, string, string]> {
  const leader = await leaderOf(lab, 'node1')
  const [one = '', two = ''] = MANAGERS.filter(name => name !== leader)
  return [one, two, leader]
}
