import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Engine } from '../../source/engine/engine.ts'
import { openEngine } from '../../source/engine/open-engine.ts'
import { guardOperation } from '../../source/operations/guard-operation.ts'
import type { Operation, Progress } from '../../source/operations/operation.ts'
import { watchProgress } from '../../source/operations/watch-progress.ts'
import type { Cluster } from '../../source/swarm/cluster.ts'
import { joinCluster } from '../../source/swarm/join-cluster.ts'
import { readSnapshot } from '../../source/swarm/read-snapshot.ts'
import { type Lab, startLab } from './lab.ts'
import { waitFor } from './wait-for.ts'

/** Every operation once on real engines, followed to its end, and then looked at with the docker CLI. */
let lab: Lab
let engine: Engine

before(async () => {
  lab = await startLab({ engines: 5 })
  await Promise.all([lab.loadImages(), lab.formSwarm({ managers: 3 })])
  const path = lab.socket('node1')
  engine = openEngine({ kind: 'unix', name: 'node1', context: '', path })
  await lab.docker('node1', ...CREATE, '--name', 'web', '--replicas', '2', ...NOT_ON_NODE4, 'swarmtop-lab:1')
  await waitFor('web to run', () => running('web'), { until: count => count === 2 })
  await lab.kill('node4')
})

after(async () => {
  engine.close()
  await lab.down()
})

/** It is dead from the start, so that it is Down when it is to be removed. */
const NOT_ON_NODE4 = ['--constraint', 'node.hostname != node4']
const CREATE = [
  'service',
  'create',
  '--no-resolve-image',
  '--detach',
  '--update-monitor',
  '1s',
  '--rollback-monitor',
  '1s',
]

test('scale, change of image, rollback', async () => {
  const web = await serviceCalled('web')
  assert.deepEqual(await carryOut({ kind: 'scale', ...web, replicas: 3 }), {
    kind: 'converged',
    text: '3 of 3 running',
  })
  assert.equal(await docker('service', 'ls', '--format', '{{.Replicas}}', '--filter', 'name=web'), '3/3')

  await carryOut({ kind: 'change-image', ...web, image: 'swarmtop-lab:2' })
  assert.equal(await inspect('web', '{{.Spec.TaskTemplate.ContainerSpec.Image}}'), 'swarmtop-lab:2')
  assert.equal(await inspect('web', '{{.UpdateStatus.State}} {{.Spec.Mode.Replicated.Replicas}}'), 'completed 3')

  await carryOut({ kind: 'roll-back', ...web })
  assert.equal(await inspect('web', '{{.Spec.TaskTemplate.ContainerSpec.Image}}'), 'swarmtop-lab:1')
  assert.equal(await inspect('web', '{{.UpdateStatus.State}}'), 'rollback_completed')
})

test('an update that is paused for an image that is missing says which task failed, and goes on when it is there', async () => {
  const web = await serviceCalled('web')
  const paused = await carryOut({ kind: 'change-image', ...web, image: 'swarmtop-lab:late' })
  assert.equal(paused.kind, 'failed')
  assert.match(paused.text, /^paused: web\.\d rejected on node\d: No such image: swarmtop-lab:late$/)

  for (const { name } of lab.machines.filter(({ name }) => lab.isRunning(name))) {
    await lab.docker(name, 'tag', 'swarmtop-lab:2', 'swarmtop-lab:late')
  }
  const resumed = await carryOut({ kind: 'resume-update', ...web })
  // An engine may miss it, which is said, with what helps.
  if (resumed.kind === 'failed') {
    assert.match(resumed.text, /the swarm does not go on with it/)
    assert.equal((await carryOut({ kind: 'force-update', ...web })).kind, 'converged')
  }
  assert.equal(await inspect('web', '{{.UpdateStatus.State}}'), 'completed')

  assert.deepEqual(await carryOut({ kind: 'scale', ...web, replicas: 1 }), {
    kind: 'converged',
    text: '1 of 1 running',
  })
  assert.equal(await running('web'), 1)
})

test('labels of a service and of a node', async () => {
  const web = await serviceCalled('web')
  await carryOut({ kind: 'label-service', ...web, set: { tier: 'web', old: 'x' }, unset: [] })
  await carryOut({ kind: 'label-service', ...web, set: { tier: 'db' }, unset: ['old'] })
  assert.equal(await inspect('web', '{{json .Spec.Labels}}'), '{"tier":"db"}')

  const node5 = await nodeCalled('node5')
  await carryOut({ kind: 'label-node', ...node5, set: { zone: 'a', old: 'x' }, unset: [] })
  await carryOut({ kind: 'label-node', ...node5, set: { zone: 'b' }, unset: ['old'] })
  assert.equal(await docker('node', 'inspect', 'node5', '--format', '{{json .Spec.Labels}}'), '{"zone":"b"}')
})

test('the history limit, and nothing else of the swarm', async () => {
  const token = await docker('swarm', 'join-token', '--quiet', 'worker')
  const spec = '{{json .Swarm.Cluster.Spec}}'
  const before = JSON.parse(await docker('info', '--format', spec))
  await carryOut({ kind: 'set-history-limit', limit: 2, name: 'the swarm' })
  assert.deepEqual(JSON.parse(await docker('info', '--format', spec)), {
    ...before,
    Orchestration: { TaskHistoryRetentionLimit: 2 },
  })
  assert.equal(await docker('swarm', 'join-token', '--quiet', 'worker'), token)
})

test('a stack with all that belongs to it', async () => {
  const file = join(tmpdir(), `swarmtop-stack-${process.pid}.yaml`)
  writeFileSync(file, STACK)
  await docker('stack', 'deploy', '--resolve-image', 'never', '--compose-file', file, 'shop')
  await waitFor('the stack to run', () => running('shop_api'), { until: count => count === 2 })
  await carryOut({ kind: 'remove-stack', stack: 'shop', name: 'shop' })
  assert.equal(await docker('stack', 'ls', '--format', '{{.Name}}'), '')
  for (const kind of ['secret', 'config', 'network', 'service']) {
    assert.doesNotMatch(await docker(kind, 'ls', '--format', '{{.Name}}'), /shop/, kind)
  }
})

const STACK = `
version: "3.8"
x-place: &not4 {constraints: ["node.hostname != node4"]}
services:
  api: {image: "swarmtop-lab:1", deploy: {replicas: 2, placement: *not4}, secrets: [key], configs: [conf], networks: [back]}
  db: {image: "swarmtop-lab:1", deploy: {placement: *not4}, networks: [back]}
secrets: {key: {file: /etc/hostname}}
configs: {conf: {file: /etc/hostname}}
networks: {back: {}}
`

test('a service', async () => {
  await carryOut({ kind: 'remove-service', ...(await serviceCalled('web')) })
  assert.equal(await docker('service', 'ls', '--quiet'), '')
})

test('a node that is Down, one that is Ready, and a manager, which is demoted first', async () => {
  const names = async () =>
    (await docker('node', 'ls', '--format', '{{.Hostname}} {{.ManagerStatus}}')).split('\n').toSorted()
  const node5 = await nodeCalled('node5')
  assert.match(await refused({ kind: 'remove-node', ...node5, isForced: false }), /is not down and can't be removed/)
  await carryOut({ kind: 'remove-node', ...node5, isForced: true })

  const isDown = async () => (await readCluster()).nodes.find(({ name }) => name === 'node4')?.node.state === 'down'
  await waitFor('node4 to be Down', isDown)
  await carryOut({ kind: 'remove-node', ...(await nodeCalled('node4')), isForced: false })

  await carryOut({ kind: 'remove-node', ...(await nodeCalled('node3')), isForced: true })
  assert.deepEqual(await names(), ['node1 Leader', 'node2 Reachable'])
})

const docker = (...args: readonly string[]): Promise<string> => lab.docker('node1', ...args)
const inspect = (service: string, format: string) => docker('service', 'inspect', service, '--format', format)

async function running(service: string): Promise<number> {
  const filter = ['--filter', 'desired-state=running', '--format', '{{.CurrentState}}']
  return (await docker('service', 'ps', service, ...filter)).split('\n').filter(state => state.startsWith('Running'))
    .length
}

async function readCluster(): Promise<Cluster> {
  const answer = await engine.read(AbortSignal.timeout(20_000), () => {})
  assert.ok(answer.ok, JSON.stringify(answer))
  return joinCluster(readSnapshot(answer.value))
}

async function serviceCalled(name: string) {
  const entry = (await readCluster()).services.find(({ service }) => service.name === name)
  return { serviceId: entry?.service.id ?? '', name }
}

async function nodeCalled(name: string) {
  return { nodeId: (await readCluster()).nodes.find(node => node.name === name)?.node.id ?? '', name }
}

/** Asks for it as the dashboard does, and follows it to its end. */
async function carryOut(operation: Operation): Promise<Progress> {
  const before = await readCluster()
  assert.equal(guardOperation(operation, before, { isReadOnly: false }), null)
  const askedAt = Date.now()
  const answer = await engine.perform(operation, AbortSignal.timeout(45_000))
  assert.ok(answer.ok, JSON.stringify(answer))
  assert.ok(answer.value.kind === 'accepted', JSON.stringify(answer))
  const { version, forceUpdate } = answer.value
  let previous: Progress | undefined
  const look = async () => {
    const elapsedMs = Date.now() - askedAt
    const known = { operation, before, after: await readCluster(), version, forceUpdate, elapsedMs }
    previous = watchProgress({ ...known, ...(previous !== undefined && { previous }) })
    return previous
  }
  return waitFor(`${operation.kind} to be done`, look, { until: ({ kind }) => kind !== 'running', limitMs: 90_000 })
}

async function refused(operation: Operation): Promise<string> {
  const answer = await engine.perform(operation, AbortSignal.timeout(45_000))
  assert.ok(answer.ok && answer.value.kind === 'refused', JSON.stringify(answer))
  return answer.value.text
}
