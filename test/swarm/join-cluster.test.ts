import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../source/api/task.ts'
import type { Slot } from '../../source/swarm/cluster.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, HOUR, MINUTE, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, nodeNamed, serviceNamed, wellReading } from '../helpers/cluster-builders.ts'

const NODES = [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' }), apiNode({ name: 'w2' })]

const api = (replicas: number, tasks: readonly ApiTask[], words: Partial<Parameters<typeof apiService>[0]> = {}) =>
  serviceNamed(clusterOf({ nodes: NODES, services: [apiService({ name: 'api', replicas, ...words })], tasks }), 'api')

const states = ({ tasks }: Slot) => tasks.map(({ desired, state }) => `${desired}/${state}`)
const summary = (slots: readonly Slot[]) =>
  slots.map(({ name, isRunning, why }) => [name, isRunning, why?.kind ?? null])

test('all well: every slot runs and nothing asks why', () => {
  const cluster = clusterOf(wellReading)
  assert.equal(cluster.verdict, 'healthy')
  assert.deepEqual([cluster.running, cluster.desired], [3, 3])
  assert.deepEqual(summary(serviceNamed(cluster, 'api').slots), [
    ['api.1', true, null],
    ['api.2', true, null],
    ['api.3', true, null],
  ])
})

test('a slot keeps its history, newest first below the task that is live', () => {
  const { slots } = api(1, [
    apiTask({ service: 'api', slot: 1, node: 'w1', state: 'failed', createdAgoMs: 3 * MINUTE }),
    apiTask({ service: 'api', slot: 1, node: 'w2', state: 'running', createdAgoMs: 1 * MINUTE }),
    apiTask({ service: 'api', slot: 1, node: 'w1', state: 'shutdown', createdAgoMs: 2 * MINUTE }),
  ])
  assert.deepEqual(slots.map(states), [['running/running', 'shutdown/shutdown', 'shutdown/failed']])
})

test('start-first: the old task runs on beside the new one, and keeps the slot running', () => {
  const { slots, running } = api(1, [
    apiTask({ service: 'api', slot: 1, node: 'w1', createdAgoMs: HOUR }),
    apiTask({ service: 'api', slot: 1, node: 'w2', state: 'starting', createdAgoMs: SECOND }),
  ])
  assert.deepEqual(slots.map(states), [['running/starting', 'running/running']])
  assert.deepEqual([running, slots[0]?.why], [1, null])
})

test('start-first that failed: the live task stands above the newer one that is history', () => {
  const { slots } = api(1, [
    apiTask({ service: 'api', slot: 1, node: 'w1', createdAgoMs: HOUR }),
    apiTask({ service: 'api', slot: 1, node: 'w2', state: 'failed', createdAgoMs: SECOND }),
  ])
  assert.deepEqual(slots.map(states), [['running/running', 'shutdown/failed']])
})

test('slots stand by number, ten after nine', () => {
  const { slots } = api(11, apiTasks('api', Array(11).fill('w1')))
  assert.deepEqual(
    slots.map(({ number }) => number),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  )
})

test('4/3: the old task on a node that died is still shown as running, and is not counted', () => {
  const cluster = clusterOf({
    nodes: [...NODES, apiNode({ name: 'w3', state: 'down', message: 'heartbeat failure' })],
    services: [apiService({ name: 'api', replicas: 3, status: [4, 3] })],
    tasks: [
      ...apiTasks('api', ['w1', 'w2', 'm1']),
      apiTask({ service: 'api', slot: 3, node: 'w3', desired: 'shutdown', createdAgoMs: 2 * HOUR }),
    ],
  })
  const { shown, running, desired, isShort } = serviceNamed(cluster, 'api')
  assert.deepEqual(shown, { running: 4, desired: 3, completed: 0 })
  assert.deepEqual([running, desired, isShort], [3, 3, false])
})

test('a node that died a moment ago: its task is meant to run, and does not count', () => {
  const cluster = clusterOf({
    nodes: [...NODES, apiNode({ name: 'w3', state: 'down' })],
    services: [apiService({ name: 'api', replicas: 2 })],
    tasks: apiTasks('api', ['w1', 'w3']),
  })
  const { running, slots } = serviceNamed(cluster, 'api')
  assert.equal(running, 1)
  assert.deepEqual(summary(slots), [
    ['api.1', true, null],
    ['api.2', false, 'on-down-node'],
  ])
})

test('100/4: tasks on their way out still run, and their slots are not wanted', () => {
  const leaving = Array.from({ length: 96 }, (_, index) =>
    apiTask({ service: 'api', slot: index + 5, node: 'w1', desired: 'remove' }),
  )
  const { shown, running, desired, slots } = api(4, [...apiTasks('api', ['w1', 'w2', 'w1', 'w2']), ...leaving])
  assert.deepEqual(shown, { running: 100, desired: 4, completed: 0 })
  assert.deepEqual([running, desired], [4, 4])
  assert.equal(slots.length, 100)
  assert.ok(slots.every(({ why }) => why === null))
})

test('a replica that finished and is not restarted is still wanted: 0/2, and why', () => {
  const { running, isShort, slots } = api(2, [
    apiTask({ service: 'api', slot: 1, node: 'w1', state: 'complete', desired: 'shutdown', exitCode: 0 }),
    apiTask({ service: 'api', slot: 2, node: 'w2', state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1 }),
  ])
  assert.deepEqual([running, isShort], [0, true])
  assert.deepEqual(summary(slots), [
    ['api.1', false, 'ended'],
    ['api.2', false, 'ended'],
  ])
})

test('replicas for which there is no task get the lowest free numbers', () => {
  const { slots } = api(3, [apiTask({ service: 'api', slot: 2, node: 'w1' })])
  assert.deepEqual(summary(slots), [
    ['api.1', false, 'no-task'],
    ['api.2', true, null],
    ['api.3', false, 'no-task'],
  ])
})

test('a replica count that nobody could look at makes no million slots', () => {
  assert.equal(api(Number.MAX_SAFE_INTEGER, []).slots.length, 1_000)
})

test('scaled to nothing: nothing is short, and history may stay', () => {
  const { running, desired, isShort } = api(0, [])
  assert.deepEqual([running, desired, isShort], [0, 0, false])
})

const GLOBAL = { mode: { Global: {} } }
const agentOn = (node: string, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'agent', node, ...words })
const agent = (
  nodes: Parameters<typeof clusterOf>[0],
  tasks: readonly ApiTask[],
  words: Partial<Parameters<typeof apiService>[0]> = {},
) =>
  serviceNamed(
    clusterOf({ nodes: NODES, ...nodes, services: [apiService({ name: 'agent', ...GLOBAL, ...words })], tasks }),
    'agent',
  )

test('a global service has a slot for each node, named after it', () => {
  const { slots, running, desired } = agent({}, [agentOn('w2'), agentOn('m1'), agentOn('w1')])
  assert.deepEqual(
    slots.map(({ key, name, number }) => [key, name, number]),
    [
      ['node-m1', 'agent.m1', 0],
      ['node-w1', 'agent.w1', 0],
      ['node-w2', 'agent.w2', 0],
    ],
  )
  assert.deepEqual([running, desired], [3, 3])
})

test('without the daemon’s count a global service wants every node that is up, active and meets its constraints', () => {
  const nodes = [
    ...NODES,
    apiNode({ name: 'drained', availability: 'drain' }),
    apiNode({ name: 'paused', availability: 'pause' }),
    apiNode({ name: 'dead', state: 'down' }),
  ]
  const { slots, running, desired } = agent({ nodes }, [agentOn('w1')], { constraints: ['node.role==worker'] })
  assert.deepEqual([running, desired], [1, 2])
  assert.deepEqual(summary(slots), [
    ['agent.w1', true, null],
    ['agent.w2', false, 'no-task'],
  ])
})

test('with the daemon’s count a global service wants no more than that: 3/3 where constraints leave three nodes', () => {
  const { running, desired, isShort } = agent({}, [agentOn('w1'), agentOn('w2')], { status: [2, 2] })
  assert.deepEqual([running, desired, isShort], [2, 2, false])
})

test('a global task that waits for its restart is missed, though the daemon does not count it', () => {
  const { running, desired, slots } = agent(
    {},
    [
      agentOn('w1'),
      agentOn('w2', { state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1, createdAgoMs: MINUTE }),
      agentOn('w2', { state: 'ready', desired: 'ready', createdAgoMs: SECOND }),
    ],
    { status: [1, 1] },
  )
  assert.deepEqual([running, desired], [1, 2])
  assert.deepEqual(summary(slots), [
    ['agent.w1', true, null],
    ['agent.w2', false, 'failing'],
  ])
})

test('a global task that failed for good is missed; one that a drain or a label sent away is not', () => {
  const nodes = [...NODES, apiNode({ name: 'w3', availability: 'drain' })]
  const tasks = [
    agentOn('m1', { state: 'rejected', error: 'assigned node no longer meets constraints' }),
    agentOn('w1', { state: 'failed', error: 'task: non-zero exit (1)' }),
    agentOn('w2'),
    agentOn('w3', { state: 'shutdown' }),
  ]
  const { running, desired, slots } = agent({ nodes }, tasks, { status: [1, 1], constraints: ['node.role==worker'] })
  assert.deepEqual([running, desired], [1, 2])
  assert.deepEqual(summary(slots), [
    ['agent.m1', false, null],
    ['agent.w1', false, 'ended'],
    ['agent.w2', true, null],
    ['agent.w3', false, null],
  ])
})

test('a global service on a node that died: its old task stays as history and is not wanted', () => {
  const nodes = [...NODES.slice(0, 2), apiNode({ name: 'w2', state: 'down' })]
  const tasks = [agentOn('m1'), agentOn('w1'), agentOn('w2', { desired: 'shutdown' })]
  const { shown, running, desired, isShort } = agent({ nodes }, tasks, { status: [3, 2] })
  assert.deepEqual(shown, { running: 3, desired: 2, completed: 0 })
  assert.deepEqual([running, desired, isShort], [2, 2, false])
})

const job = (tasks: readonly ApiTask[], total = 3, words: Partial<Parameters<typeof apiService>[0]> = {}) =>
  api(0, tasks, {
    mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: total } },
    jobIteration: 1,
    ...words,
  })
const jobTask = (slot: number, state: string, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'api', slot, node: 'w1', state, desired: 'complete', jobIteration: 1, ...words })

test('a finished job is complete, not short: 0/2 (3/3 completed)', () => {
  const { shown, running, desired, isShort, slots } = job([0, 1, 2].map(slot => jobTask(slot, 'complete')))
  assert.deepEqual(shown, { running: 0, desired: 2, completed: 3 })
  assert.deepEqual([running, desired, isShort], [0, 3, false])
  assert.deepEqual(summary(slots), [
    ['api.0', false, null],
    ['api.1', false, null],
    ['api.2', false, null],
  ])
})

test('a job that gets on is not short: two at once are all it may run', () => {
  const { running, desired, isShort } = job([jobTask(0, 'complete'), jobTask(1, 'running'), jobTask(2, 'preparing')], 5)
  assert.deepEqual([running, desired, isShort], [1, 5, false])
})

test('a job whose task keeps failing is short', () => {
  const { isShort, slots } = job([
    jobTask(0, 'running'),
    jobTask(1, 'failed', { desired: 'shutdown', error: 'task: non-zero exit (1)', createdAgoMs: MINUTE }),
    jobTask(1, 'ready', { desired: 'ready', createdAgoMs: SECOND }),
  ])
  assert.equal(isShort, true)
  assert.deepEqual(summary(slots), [
    ['api.0', true, null],
    ['api.1', false, 'failing'],
  ])
})

test('only the present iteration of a job counts; older ones are the history of its slots', () => {
  const { shown, running, slots } = job([
    jobTask(0, 'complete', { jobIteration: 0, createdAgoMs: HOUR }),
    jobTask(0, 'running', { createdAgoMs: MINUTE }),
    jobTask(1, 'running', { jobIteration: 0, desired: 'remove', createdAgoMs: HOUR }),
  ])
  assert.deepEqual(shown, { running: 1, desired: 2, completed: 0 })
  assert.equal(running, 1)
  assert.deepEqual(slots.map(states), [['complete/running', 'complete/complete'], ['remove/running']])
  assert.deepEqual(summary(slots), [
    ['api.0', true, null],
    ['api.1', false, null],
  ])
})

test('a global job: the total is what runs and what is done', () => {
  const { shown, desired, isShort } = job(
    [
      apiTask({ service: 'api', node: 'w1', state: 'complete', desired: 'complete', jobIteration: 1 }),
      apiTask({ service: 'api', node: 'w2', state: 'running', desired: 'complete', jobIteration: 1 }),
    ],
    0,
    { mode: { GlobalJob: {} } },
  )
  assert.deepEqual(shown, { running: 1, desired: 1, completed: 1 })
  assert.deepEqual([desired, isShort], [2, false])
})

test('jobs are no part of the sum over all services', () => {
  const cluster = clusterOf({
    nodes: NODES,
    services: [
      apiService({ name: 'api', replicas: 2 }),
      apiService({ name: 'job', mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 9 } } }),
    ],
    tasks: apiTasks('api', ['w1']),
  })
  assert.deepEqual([cluster.running, cluster.desired], [1, 2])
})

test('nodes stand naturally by hostname, services by name', () => {
  const cluster = clusterOf({
    nodes: [apiNode({ name: 'w10' }), apiNode({ name: 'w9' }), apiNode({ name: 'm1' })],
    services: [apiService({ name: 'web10' }), apiService({ name: 'web9' })],
  })
  assert.deepEqual(
    cluster.nodes.map(({ name, isSelf }) => [name, isSelf]),
    [
      ['m1', true],
      ['w9', false],
      ['w10', false],
    ],
  )
  assert.deepEqual(
    cluster.services.map(({ service }) => service.name),
    ['web9', 'web10'],
  )
})

test('nodes that share a hostname are told apart by their IDs, one without a hostname goes by its ID', () => {
  const cluster = clusterOf({
    nodes: [
      apiNode({ name: 'w1', id: 'aaaaa11111' }),
      apiNode({ name: 'w1', id: 'bbbbb22222' }),
      apiNode({ name: 'w1', id: 'ccccc22222' }),
      { ID: 'joining' },
    ],
  })
  assert.deepEqual(
    cluster.nodes.map(({ name }) => name),
    ['joining', 'w1#11111', 'w1#22222', 'w1#ccccc22222'],
  )
})

test('a node holds the reservations of what has not ended, those told to stop among them', () => {
  const reservations = { NanoCPUs: 5e8, MemoryBytes: 2 ** 30 }
  const on = (slot: number, state: string, desired = 'running') =>
    apiTask({ service: 'api', slot, node: 'w1', state, desired, reservations })
  const cluster = clusterOf({
    nodes: NODES,
    services: [apiService({ name: 'api', replicas: 3 })],
    tasks: [on(1, 'running'), on(2, 'preparing'), on(3, 'running', 'shutdown'), on(4, 'failed', 'shutdown')],
  })
  const node = nodeNamed(cluster, 'w1')
  assert.deepEqual(node.reserved, { nanoCpus: 1.5e9, memoryBytes: 3 * 2 ** 30 })
  assert.equal(node.reservedShare, 0.75)
  assert.equal(node.running, 1)
})

test('the share that is reserved is not known while the capacity is not', () => {
  const cluster = clusterOf({ nodes: [apiNode({ name: 'w1', resources: {} })] })
  assert.equal(nodeNamed(cluster, 'w1').reservedShare, null)
})

test('the tasks of a node stand as in docker node ps: naturally by name, newest first', () => {
  const cluster = clusterOf({
    nodes: NODES,
    services: [apiService({ name: 'web', replicas: 10 }), apiService({ name: 'agent', ...GLOBAL })],
    tasks: [
      apiTask({ service: 'web', slot: 10, node: 'w1' }),
      apiTask({ service: 'web', slot: 2, node: 'w1', state: 'failed', createdAgoMs: 2 * HOUR }),
      apiTask({ service: 'web', slot: 2, node: 'w1' }),
      agentOn('w1'),
    ],
  })
  assert.deepEqual(
    nodeNamed(cluster, 'w1').tasks.map(({ id }) => id),
    [
      `task-agent.w1-running-${HOUR}`,
      `task-web.2-running-${HOUR}`,
      `task-web.2-failed-${2 * HOUR}`,
      `task-web.10-running-${HOUR}`,
    ],
  )
})

test('a thousand nodes and ten thousand tasks are joined, every one in its place', () => {
  const nodes = Array.from({ length: 1_000 }, (_, index) => apiNode({ name: `w${index}` }))
  const services = Array.from({ length: 500 }, (_, index) => apiService({ name: `s${index}`, replicas: 20 }))
  const tasks = services.flatMap(({ Spec }, index) =>
    apiTasks(
      Spec?.Name ?? '',
      Array.from({ length: 20 }, (_, slot) => `w${(index * 20 + slot) % 1_000}`),
    ),
  )
  const cluster = clusterOf({ nodes: [apiManager('m1', { isLeader: true }), ...nodes], services, tasks })
  assert.deepEqual([cluster.running, cluster.desired, cluster.verdict], [10_000, 10_000, 'healthy'])
  assert.equal(nodeNamed(cluster, 'w999').tasks.length, 10)
})
