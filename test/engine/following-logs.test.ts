import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Engine, LogStart } from '../../source/engine/engine.ts'
import { openEngine } from '../../source/engine/open-engine.ts'
import type { LogLine } from '../../source/swarm/log-line.ts'
import type { LogSource } from '../../source/swarm/log-source.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import { openForTest, refusal, startFakeEngine } from '../helpers/fake-engine.ts'
import { logFrame, logPayload } from '../helpers/log-frame.ts'
import { servedWorld } from '../helpers/served-world.ts'
import { serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

const ALL: LogStart = { since: '', tail: 'all' }
const SERVICE: LogSource = { kind: 'service', serviceId: 's1' }
const TIME = '2026-11-21T12:00:00.000000001Z'
const ORIGIN = { serviceId: 's1', taskId: 't1', nodeId: 'n1' }

type Heard = {
  readonly lines: LogLine[]
  readonly said: string[]
  readonly ends: (Problem | null)[]
  /** Resolves when so much of it has been heard. */
  readonly until: (isEnough: (heard: Heard) => boolean) => Promise<void>
  readonly stop: () => void
}

function follow(t: TestContext, engine: Engine, source = SERVICE, start = ALL): Heard {
  const abort = new AbortController()
  let onHeard = () => {}
  const heard: Heard = {
    lines: [],
    said: [],
    ends: [],
    until: isEnough =>
      new Promise(resolve => {
        onHeard = () => isEnough(heard) && resolve()
        onHeard()
      }),
    stop: () => abort.abort(),
  }
  engine.followLogs(source, start, abort.signal, {
    onOpen: () => hear(() => heard.said.push('open')),
    onLines: lines => hear(() => heard.lines.push(...lines)),
    onTrouble: text => hear(() => heard.said.push(text)),
    onEnd: problem => hear(() => heard.ends.push(problem)),
  })
  t.after(heard.stop)
  return heard

  function hear(note: () => void) {
    note()
    onHeard()
  }
}

/** An engine whose service has this log, which the test writes. */
async function withLog(t: TestContext) {
  const stream = Promise.withResolvers<ServerResponse>()
  const fake = await startFakeEngine(t, {
    '/services/s1/logs': (_request, response) => {
      response.writeHead(200).flushHeaders()
      stream.resolve(response)
    },
  })
  const engine = openForTest(t, fake.endpoint)
  const heard = follow(t, engine)
  return { ...fake, engine, heard, stream: await stream.promise }
}

test('A log is asked for as the docker CLI does, with times and origins, and goes on', async t => {
  const { heard, stream, requests } = await withLog(t)
  stream.write(logFrame({ time: TIME, origin: ORIGIN, text: 'one' }))
  await heard.until(({ lines }) => lines.length === 1)
  stream.write(logFrame({ time: TIME, origin: ORIGIN, text: 'two', stream: 2 }))
  await heard.until(({ lines }) => lines.length === 2)

  assert.deepEqual(heard.lines, [
    { time: TIME, origin: ORIGIN, text: 'one', isError: false },
    { time: TIME, origin: ORIGIN, text: 'two', isError: true },
  ])
  assert.deepEqual(heard.said, ['open'])
  assert.equal(requests.at(-1), 'GET /services/s1/logs?follow=1&stdout=1&stderr=1&timestamps=1&details=1&tail=all')
})

test('Characters that are cut by the network are whole', async t => {
  const { heard, stream } = await withLog(t)
  const bytes = logFrame({ time: TIME, origin: ORIGIN, text: '漢字 🚀' })
  stream.write(bytes.subarray(0, bytes.length - 4))
  await new Promise(resolve => setImmediate(resolve))
  stream.write(bytes.subarray(bytes.length - 4))
  await heard.until(({ lines }) => lines.length === 1)
  assert.equal(heard.lines[0]?.text, '漢字 🚀')
})

test('A line that the engine has cut is one', async t => {
  const { heard, stream } = await withLog(t)
  stream.write(logFrame({ time: TIME, origin: ORIGIN, text: 'first half, ', ending: '' }))
  stream.write(logFrame({ time: TIME, origin: ORIGIN, text: 'second half' }))
  await heard.until(({ lines }) => lines.length === 1)
  assert.equal(heard.lines[0]?.text, 'first half, second half')
})

test('What the engine says to be missing is passed on', async t => {
  const { heard, stream } = await withLog(t)
  stream.end(logFrame({ text: 'Error grabbing logs: node n9 is not available', stream: 3 }))
  await heard.until(({ ends }) => ends.length === 1)
  assert.deepEqual(heard.said, ['open', 'Error grabbing logs: node n9 is not available'])
  assert.deepEqual([heard.lines, heard.ends], [[], [null]])
})

test('A log without frames is read line by line', async t => {
  const { heard, stream } = await withLog(t)
  stream.write(logPayload({ time: TIME, origin: ORIGIN, text: '\u001b[31mred\u001b[0m', ending: '\r\n' }))
  await heard.until(({ lines }) => lines.length === 1)
  assert.deepEqual(heard.lines, [{ time: TIME, origin: ORIGIN, text: '\u001b[31mred\u001b[0m', isError: false }])
})

test('Whatever breaks a log is told once', async t => {
  const { heard, stream } = await withLog(t)
  stream.write(logFrame({ time: TIME, origin: ORIGIN, text: 'one' }))
  await heard.until(({ lines }) => lines.length === 1)
  stream.destroy()
  await heard.until(({ ends }) => ends.length === 1)
  assert.equal(heard.ends[0]?.kind, 'closed')
})

test('Bytes that are no log end it', async t => {
  const { heard, stream } = await withLog(t)
  stream.on('error', () => {})
  stream.write(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))
  await heard.until(({ ends }) => ends.length === 1)
  assert.equal(heard.ends[0]?.kind, 'bad-answer')
})

test('A log that is refused says why', async t => {
  const { endpoint } = await startFakeEngine(t, { '/services/s1/logs': refusal(404, 'service s1 not found') })
  const heard = follow(t, openForTest(t, endpoint))
  await heard.until(({ ends }) => ends.length === 1)
  assert.deepEqual(heard.ends, [{ kind: 'http', status: 404, message: 'service s1 not found' }])
  assert.deepEqual(heard.said, [])
})

test('To stop frees the connection and is silent; calls do not wait for a log', async t => {
  const { heard, stream, engine } = await withLog(t)
  assert((await engine.read(new AbortController().signal, () => {})).ok)
  const closed = new Promise(resolve => stream.once('close', resolve))
  heard.stop()
  await closed
  await engine.ping(new AbortController().signal)
  assert.deepEqual(heard.ends, [])
})

test('So is the end of an engine that is closed', async t => {
  const { heard, stream, engine } = await withLog(t)
  const closed = new Promise(resolve => stream.once('close', resolve))
  engine.close()
  await closed
  const after = follow(t, engine)
  await new Promise(resolve => setImmediate(resolve))
  assert.deepEqual([heard.ends, after.ends], [[], []])
})

const SPEED = 10

/** A swarm on sockets whose service has three tasks that write twice a second. */
async function servedLog(t: TestContext, spec: object = {}) {
  const swarm = simulatedSwarm({ images: { loud: { log: { everyMs: [500, 500], lines: ['tick {n}'] } } } })
  const service = serviceSpec('loud', { image: 'loud:1', replicas: 3 })
  swarm.create({
    ...service,
    TaskTemplate: {
      ...service.TaskTemplate,
      ContainerSpec: { ...service.TaskTemplate?.ContainerSpec, ...spec },
    },
  })
  swarm.pass(20_000)
  const { directory } = await servedWorld(t, swarm.simulator, SPEED)
  const path = join(directory, 'node1.sock')
  const engine = openEngine({ kind: 'unix', name: `unix://${path}`, context: '', path })
  t.after(engine.close)
  const [{ ID: serviceId } = assert.fail('There is no service')] = swarm.services()
  return { swarm, engine, serviceId }
}

test('A simulated service is followed: lines of all its tasks, each with where it ran', async t => {
  const { swarm, engine, serviceId } = await servedLog(t)
  const heard = follow(t, engine, { kind: 'service', serviceId }, { since: '', tail: 2 })
  await heard.until(({ lines }) => lines.length >= 9)
  const tasks = new Map(swarm.tasks().map(({ ID, NodeID }) => [ID, NodeID]))
  assert.deepEqual(new Set(heard.lines.map(({ origin }) => origin.taskId)), new Set(tasks.keys()))
  for (const { origin, time, text } of heard.lines) {
    assert.equal(origin.nodeId, tasks.get(origin.taskId))
    assert.match(time, /^2026-11-21T12:0\d:\d\d\.\d{9}Z$/)
    assert.match(text, /^tick \d+$/)
  }
})

test('A simulated task is followed alone, and a service with a terminal as well as one without', async t => {
  const { swarm, engine } = await servedLog(t, { TTY: true })
  const [{ ID: taskId } = assert.fail('There is no task')] = swarm.tasks()
  const heard = follow(t, engine, { kind: 'task', taskId }, { since: '', tail: 2 })
  await heard.until(({ lines }) => lines.length >= 3)
  assert.deepEqual(new Set(heard.lines.map(({ origin }) => origin.taskId)), new Set([taskId]))
  assert.match(heard.lines[0]?.text ?? '', /^tick \d+$/)
})

test('Tasks that a service gets while it is followed are heard as well', async t => {
  const { swarm, engine, serviceId } = await servedLog(t)
  const heard = follow(t, engine, { kind: 'service', serviceId }, { since: '', tail: 0 })
  await heard.until(({ lines }) => lines.length > 0)
  const before = new Set(swarm.tasks().map(({ ID }) => ID))
  swarm.changeService('loud', spec => ({ ...spec, Mode: { Replicated: { Replicas: 4 } } }))
  await heard.until(({ lines }) => lines.some(({ origin }) => !before.has(origin.taskId)))
})
