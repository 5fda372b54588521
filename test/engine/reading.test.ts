import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { type TestContext, test } from 'node:test'
import type { Problem } from '../../source/swarm/problem.ts'
import { apiNode } from '../helpers/api-builders.ts'
import { openForTest, refusal, startFakeEngine } from '../helpers/fake-engine.ts'

const NOBODY_STOPS_IT = new AbortController().signal
const NOT_LISTENING = () => {}

test('A reading holds what the five calls answered', async context => {
  const node = apiNode({ name: 'm1', role: 'manager' })
  const { endpoint, requests } = await startFakeEngine(context, { '/nodes': [node] })
  const engine = openForTest(context, endpoint)

  const answer = await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)

  assert(answer.ok)
  assert.deepEqual(answer.value.nodes, [node])
  assert.equal(answer.value.info.Name, 'm1')
  assert.deepEqual(requests.toSorted(), [
    'GET /info',
    'GET /nodes',
    'GET /services?status=true',
    'GET /tasks',
    'GET /version',
  ])
})

test('The version is asked for once, and connections are kept from one reading to the next', async context => {
  const { endpoint, requests, connections } = await startFakeEngine(context)
  const engine = openForTest(context, endpoint)

  await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)
  const opened = connections()
  for (let count = 0; count < 5; count++) assert((await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)).ok)

  assert.equal(connections(), opened)
  assert.equal(requests.filter(request => request === 'GET /version').length, 1)
})

test('Readings one after the other leave no listeners behind', async context => {
  const warnings: Error[] = []
  const onWarning = (warning: Error) => warnings.push(warning)
  process.on('warning', onWarning)
  context.after(() => process.off('warning', onWarning))
  const { endpoint } = await startFakeEngine(context)
  const engine = openForTest(context, endpoint)
  const { signal } = new AbortController()

  for (let count = 0; count < 30; count++) await engine.read(signal, NOT_LISTENING)

  assert.deepEqual(warnings, [])
})

/** A manager that begins to answer /tasks with nothing but headers, and goes on with each piece that is sent. */
async function startAnsweringSlowly(context: TestContext, status = 200) {
  let answer: ServerResponse | undefined
  const { endpoint } = await startFakeEngine(context, {
    '/info': () => {},
    '/nodes': () => {},
    '/services': () => {},
    '/tasks': (_request, response) => {
      answer = response
      response.writeHead(status).flushHeaders()
    },
  })
  return { engine: openForTest(context, endpoint), send: (piece: string) => answer?.write(piece) }
}

for (const status of [200, 500]) {
  test(`Headers with status ${status} and each piece of a body say that the reading does not hang`, async context => {
    let now = 1000
    context.mock.method(performance, 'now', () => now)
    const giveUp = new AbortController()
    const { engine, send } = await startAnsweringSlowly(context, status)
    let noticed = 0

    await engine.read(giveUp.signal, () => {
      noticed += 1
      now += 250
      if (noticed < 4) send('[')
      else giveUp.abort()
    })

    assert.equal(noticed, 4)
  })
}

test('Pieces that come one upon the other are told of once', async context => {
  context.mock.method(performance, 'now', () => 1000)
  const nodes = Array.from({ length: 100 }, (_, index) => ({ ID: `n${index}`, Spec: { Name: 'x'.repeat(10_000) } }))
  const { endpoint } = await startFakeEngine(context, { '/nodes': nodes })
  let noticed = 0

  assert((await openForTest(context, endpoint).read(NOBODY_STOPS_IT, () => noticed++)).ok)

  assert.equal(noticed, 1)
})

test('Neither /info nor /version counts as progress', async context => {
  const giveUp = new AbortController()
  const { endpoint } = await startFakeEngine(context, {
    '/nodes': () => {},
    '/services': () => {},
    '/tasks': () => giveUp.abort(),
  })
  const engine = openForTest(context, endpoint)
  let noticed = 0

  await engine.read(giveUp.signal, () => noticed++)

  assert.equal(noticed, 0)
})

test('A call that hangs ends when it is given up, and its connection with it', async context => {
  const giveUp = new AbortController()
  const closed = Promise.withResolvers<void>()
  const { endpoint } = await startFakeEngine(context, {
    '/tasks': request => {
      request.socket.once('close', () => closed.resolve())
      giveUp.abort()
    },
  })
  const engine = openForTest(context, endpoint)

  const answer = await engine.read(giveUp.signal, NOT_LISTENING)
  await closed.promise

  assert.equal(answer.ok, false)
})

test('A reading that is given up before it began ends too', async context => {
  const { endpoint } = await startFakeEngine(context)
  const answer = await openForTest(context, endpoint).read(AbortSignal.abort(), NOT_LISTENING)
  assert.equal(answer.ok, false)
})

test('Closing the engine ends what is under way', async context => {
  const { endpoint } = await startFakeEngine(context, { '/tasks': () => engine.close() })
  const engine = openForTest(context, endpoint)
  const answer = await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)
  assert.equal(answer.ok, false)
})

test('A ping has a connection of its own and is answered while everything else hangs', async context => {
  const giveUp = new AbortController()
  const asked = Promise.withResolvers<void>()
  const hang = () => asked.resolve()
  const { endpoint } = await startFakeEngine(context, {
    '/info': hang,
    '/version': hang,
    '/nodes': hang,
    '/services': hang,
    '/tasks': hang,
  })
  const engine = openForTest(context, endpoint)
  const reading = engine.read(giveUp.signal, NOT_LISTENING)
  await asked.promise

  const answer = await engine.ping(NOBODY_STOPS_IT)
  giveUp.abort()
  await reading

  assert(answer.ok && answer.value.roundTripMs > 0)
})

const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."
const TIMEOUT = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'
const AS_WORKER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager."
const OUTSIDE =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'
const PREPARING =
  'This node is not a swarm manager. Manager is being prepared or has trouble connecting to the cluster.'
const EXPIRED = 'Swarm certificates have expired. To replace them, leave the swarm and join again.'
const REMOTE = [
  { NodeID: 'n1', Addr: '10.0.0.1:2377' },
  { NodeID: 'n2', Addr: '[fd00::2]:2377' },
]

const situations: readonly {
  readonly title: string
  readonly swarm: object | undefined
  readonly refused: string
  readonly problem: Problem
}[] = [
  {
    title: 'An engine outside of any swarm',
    swarm: { LocalNodeState: 'inactive', ControlAvailable: false, RemoteManagers: null },
    refused: OUTSIDE,
    problem: { kind: 'not-a-swarm', node: 'm1' },
  },
  {
    title: 'An engine whose proxy hides what it says of the swarm',
    swarm: undefined,
    refused: OUTSIDE,
    problem: { kind: 'not-a-swarm', node: 'm1' },
  },
  {
    title: 'A worker names its managers without the raft port',
    swarm: { LocalNodeState: 'active', ControlAvailable: false, RemoteManagers: REMOTE },
    refused: AS_WORKER,
    problem: { kind: 'worker', node: 'm1', managers: ['10.0.0.1', '[fd00::2]'] },
  },
  {
    title: 'A worker that is becoming a manager',
    swarm: { LocalNodeState: 'active', ControlAvailable: false, RemoteManagers: REMOTE },
    refused: PREPARING,
    problem: { kind: 'not-ready', node: 'm1', detail: PREPARING },
  },
  {
    title: 'A locked manager',
    swarm: { LocalNodeState: 'locked', ControlAvailable: false },
    refused: 'Swarm is encrypted and needs to be unlocked before it can be used.',
    problem: { kind: 'locked', node: 'm1' },
  },
  {
    title: 'A manager that is starting',
    swarm: { LocalNodeState: 'pending', ControlAvailable: true },
    refused: 'something',
    problem: { kind: 'not-ready', node: 'm1', detail: '' },
  },
  {
    title: 'A manager that started without a quorum',
    swarm: { LocalNodeState: 'pending', ControlAvailable: true, Error: NO_LEADER },
    refused: NO_LEADER,
    problem: { kind: 'no-leader', how: 'quorum', detail: NO_LEADER.slice('rpc error: code = Unknown desc = '.length) },
  },
  {
    title: 'A manager whose swarm part failed',
    swarm: { LocalNodeState: 'error', Error: 'rpc error: code = Internal desc = disk full' },
    refused: 'something',
    problem: { kind: 'not-ready', node: 'm1', detail: 'disk full' },
  },
  {
    title: 'A manager with expired certificates',
    swarm: { LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: 'c1' } },
    refused: EXPIRED,
    problem: { kind: 'not-ready', node: 'm1', detail: EXPIRED },
  },
  {
    title: 'A manager without a quorum, which names the managers that it knew',
    swarm: {
      LocalNodeState: 'active',
      ControlAvailable: true,
      Cluster: { ID: '' },
      Error: NO_LEADER,
      RemoteManagers: [{ NodeID: 'a', Addr: '10.0.0.1:2377' }],
    },
    refused: NO_LEADER,
    problem: {
      kind: 'no-leader',
      how: 'quorum',
      detail: NO_LEADER.slice('rpc error: code = Unknown desc = '.length),
      managers: ['10.0.0.1'],
    },
  },
  {
    title: 'A manager that found no leader in its 20 s',
    swarm: { LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: '' }, Error: TIMEOUT },
    refused: TIMEOUT,
    problem: { kind: 'no-leader', how: 'timeout', detail: 'context deadline exceeded' },
  },
  {
    title: 'A manager that is being demoted',
    swarm: { LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: 'c1' } },
    refused: 'rpc error: code = Unavailable desc = connection error',
    problem: { kind: 'not-ready', node: 'm1', detail: 'connection error' },
  },
]

for (const { title, swarm, refused, problem } of situations) {
  test(`${title}: ${problem.kind}`, async context => {
    const no = refusal(503, refused)
    const { endpoint } = await startFakeEngine(context, {
      '/info': { Name: 'm1', Swarm: swarm },
      '/nodes': no,
      '/services': no,
      '/tasks': no,
    })
    const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
    assert.deepEqual(answer, { ok: false, problem })
  })
}

for (const [version, isRead] of [
  ['1.9', false],
  ['1.23', false],
  ['1.24', true],
  ['1.41', true],
  [undefined, true],
] as const) {
  test(`API ${version ?? 'of no version'} is ${isRead ? 'read' : 'too old'}`, async context => {
    const { endpoint } = await startFakeEngine(context, { '/version': { ApiVersion: version } })
    const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
    const problem = { kind: 'api-too-old', found: version, needed: '1.24' }
    if (isRead) assert(answer.ok)
    else assert.deepEqual(answer, { ok: false, problem })
  })
}
