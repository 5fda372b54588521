import assert from 'node:assert/strict'
import { after, afterEach, before, type TestContext, test } from 'node:test'
import type { Engine } from '../../source/engine/engine.ts'
import { openEngine } from '../../source/engine/open-engine.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { allShown, pointedAt, type Shown } from '../helpers/dashboard-screen.ts'
import { onSockets, openProgram } from '../helpers/whole-program.ts'
import { type Meddling, standBetween } from './go-between.ts'
import { type Lab, startLab } from './lab.ts'
import { nodeState } from './swarm.ts'
import { waitFor } from './wait-for.ts'

/** What becomes of an operation when the swarm does not hold still meanwhile, on four engines, three of them managers. */
let lab: Lab

before(async () => {
  lab = await startLab({ engines: 4 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  const create = ['service', 'create', '--no-resolve-image', '--detach', '--name', 'web', '--replicas', '2']
  await lab.docker('node1', ...create, '--update-monitor', '1s', 'swarmtop-lab:1')
})

afterEach(async () => {
  if (!lab.isRunning('node2')) await lab.start('node2')
  await waitFor('node2 to be a reachable manager', () => nodeState(lab, 'node1', 'node2'), {
    until: node => node?.status === 'Ready' && node.manager === 'Reachable',
  })
  await lab.docker('node1', 'node', 'update', '--availability', 'active', 'node4')
})

after(() => lab.down())

test('somebody else was quicker: the node is read anew, and what both wanted is there', async t => {
  const label = once(() => lab.docker('node1', 'node', 'update', '--label-add', 'rack=7', 'node4'))
  const engine = await engineBetween(t, 'node2', { before: label })
  const outcome = await perform(engine, await onNode('drain', 'node4'))
  assert.equal(outcome.kind, 'accepted')
  assert.equal(await inspect('node', 'node4', '{{.Spec.Availability}} {{.Spec.Labels.rack}}'), 'drain 7')
})

test('somebody else is quicker each time: the daemon refuses in its own words, and nothing of theirs is lost', async t => {
  let times = 0
  const label = () => lab.docker('node1', 'node', 'update', '--label-add', `again=${++times}`, 'node4')
  const engine = await engineBetween(t, 'node2', { before: label })
  const outcome = await perform(engine, await onNode('drain', 'node4'))
  assert.deepEqual(outcome, { kind: 'refused', text: 'update out of sequence' })
  assert.equal(await inspect('node', 'node4', '{{.Spec.Availability}} {{.Spec.Labels.again}}'), 'active 2')
})

test('a service that was scaled meanwhile keeps its scale, and is renewed once', async t => {
  const scale = once(() => lab.docker('node1', 'service', 'scale', '--detach', 'web=3'))
  const engine = await engineBetween(t, 'node2', { before: scale })
  const renewals = await renewalsOfWeb()
  const outcome = await perform(engine, await renewWeb())
  assert.equal(outcome.kind, 'accepted')
  assert.equal(await inspect('service', 'web', '{{.Spec.Mode.Replicated.Replicas}}'), '3')
  assert.equal(await renewalsOfWeb(), renewals + 1)
})

test('two operators at once, through two managers: each that is told yes has been heard', async t => {
  const engines = await Promise.all(['node1', 'node2'].map(machine => engineBetween(t, machine, {})))
  const renewals = await renewalsOfWeb()
  const operation = await renewWeb()
  const outcomes = await Promise.all([...engines, ...engines].map(engine => perform(engine, operation)))
  const accepted = outcomes.filter(({ kind }) => kind === 'accepted').length
  assert.ok(accepted > 0)
  assert.equal(await renewalsOfWeb(), renewals + accepted)
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused') assert.match(outcome.text, /update out of sequence$/)
  }
})

test('the manager dies before it hears of it: that is no answer, and nothing is done', async t => {
  const engine = await engineBetween(t, 'node2', { before: () => lab.kill('node2') })
  const answer = await engine.perform(await onNode('drain', 'node4'), AbortSignal.timeout(45_000))
  assert.equal(answer.ok, false)
  assert.equal(await inspect('node', 'node4', '{{.Spec.Availability}}'), 'active')
})

test('the manager is dead when it is asked: it was refused, since nothing was sent', async t => {
  const operation = await onNode('drain', 'node4')
  const engine = await engineBetween(t, 'node2', {})
  await lab.kill('node2')
  const outcome = await perform(engine, operation)
  assert.match(outcome.kind === 'refused' ? outcome.text : '', /nothing was changed/)
  assert.equal(await inspect('node', 'node4', '{{.Spec.Availability}}'), 'active')
})

test('the manager dies before it has answered: the dashboard says so, asks the next, and does it once', async t => {
  const renewals = await renewalsOfWeb()
  const dies = once(() => lab.kill('node2'))
  const between = await standBetween(t, lab, 'node2', {
    after: async () => {
      await dies()
      throw new Error('who is dead hands nothing on')
    },
  })
  const dashboard = openProgram(t, onSockets(between, lab.socket('node1')), { columns: 140, rows: 50 })
  const shows = (...wanted: readonly Shown[]) => dashboard.waitForScreen(allShown(...wanted), { limitMs: 60_000 })
  await shows('● live', 'node2 * ', pointedAt('web'))
  dashboard.press('f')
  await shows('Force update web?', 'all of it takes', 'Enter answers')
  dashboard.press('y')
  await shows('● live', 'node1 * ')
  dashboard.press('7')
  await shows('no answer, so it may have been done: look before you repeat it')
  assert.equal(await renewalsOfWeb(), renewals + 1)
})

test('a node that was replaced by one of the same name: the operation finds the old one, or nothing', async t => {
  const operation = await onNode('drain', 'node4')
  const engine = await engineBetween(t, 'node2', {})
  const oldId = operation.nodeId
  await lab.docker('node4', 'swarm', 'leave')
  const token = await lab.docker('node1', 'swarm', 'join-token', '--quiet', 'worker')
  await lab.docker('node4', 'swarm', 'join', '--token', token, lab.machines[0]?.address ?? '')
  const newId = await lab.docker('node4', 'info', '--format', '{{.Swarm.NodeID}}')
  const availabilities = (...ids: string[]) =>
    lab.docker('node1', 'node', 'inspect', '--format', '{{.Description.Hostname}} {{.Spec.Availability}}', ...ids)

  assert.equal((await perform(engine, operation)).kind, 'accepted')
  assert.equal(await availabilities(oldId, newId), 'node4 drain\nnode4 active')

  await lab.docker('node1', 'node', 'rm', '--force', oldId)
  assert.deepEqual(await perform(engine, operation), { kind: 'refused', text: `node ${oldId} not found` })
  assert.equal(await availabilities(newId), 'node4 active')
})

async function engineBetween(t: TestContext, machine: string, meddling: Meddling): Promise<Engine> {
  const path = await standBetween(t, lab, machine, meddling)
  const engine = openEngine({ kind: 'unix', name: `unix://${path}`, context: '', path })
  t.after(engine.close)
  return engine
}

async function perform(engine: Engine, operation: Operation) {
  const answer = await engine.perform(operation, AbortSignal.timeout(45_000))
  if (!answer.ok) throw new Error(`no answer: ${JSON.stringify(answer.problem)}`)
  return answer.value
}

async function onNode(kind: 'drain', name: string): Promise<Operation & { readonly nodeId: string }> {
  return { kind, nodeId: await inspect('node', name, '{{.ID}}'), name }
}

async function renewWeb(): Promise<Operation> {
  return { kind: 'force-update', serviceId: await inspect('service', 'web', '{{.ID}}'), name: 'web' }
}

/** How often somebody has asked for all tasks of the service anew. */
async function renewalsOfWeb(): Promise<number> {
  return Number(await inspect('service', 'web', '{{.Spec.TaskTemplate.ForceUpdate}}'))
}

function inspect(kind: 'node' | 'service', name: string, format: string): Promise<string> {
  return lab.docker('node1', kind, 'inspect', '--format', format, name)
}

/** Does it the first time it is asked to. */
function once(act: () => Promise<unknown>): () => Promise<unknown> {
  let isDone = false
  return async () => {
    if (isDone) return
    isDone = true
    await act()
  }
}
