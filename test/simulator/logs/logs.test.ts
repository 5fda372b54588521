import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImageBehaviour } from '../../../source/simulator/world/image.ts'
import { EPOCH_MS, type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'
import { openLog } from '../../helpers/task-log.ts'

const BOTH = 'stdout=1&stderr=1'
const EVERY_SECOND = { log: { everyMs: [1_000, 1_000], lines: ['out {n}', '2> err {n}'] } } as const

test('a log comes in frames, one a line, each for its stream', () => {
  const swarm = oneTask({ ...EVERY_SECOND, firstWords: ['hello'] })
  const log = openLog(swarm.simulator, `/services/web/logs?${BOTH}`)
  assert.equal(log.type, 'application/vnd.docker.multiplexed-stream')
  assert.deepEqual(log.read(), {
    frames: [
      { stream: 1, text: 'hello\n' },
      { stream: 1, text: 'out 0\n' },
      { stream: 2, text: 'err 1\n' },
      { stream: 1, text: 'out 2\n' },
    ],
    raw: log.read().raw,
    hasEnded: true,
  })
  assert.equal(openLog(swarm.simulator, `/v1.41/services/web/logs?${BOTH}`).type, 'application/vnd.docker.raw-stream')
})

test('streams, tail and since choose lines, timestamps and details are put in front', () => {
  const swarm = oneTask(EVERY_SECOND)
  const [task] = swarm.tasks('web')
  const startedAt =
    swarm.simulator.world.machines.node1?.containers[task?.Status?.ContainerStatus?.ContainerID ?? '']?.startedAt
  const since = (EPOCH_MS + (startedAt ?? 0) + 2_000) / 1_000
  const details = `com.docker.swarm.node.id=${task?.NodeID},com.docker.swarm.service.id=${task?.ServiceID},com.docker.swarm.task.id=${task?.ID}`
  const texts = (query: string) =>
    openLog(swarm.simulator, `/tasks/${task?.ID}/logs?${query}`)
      .read()
      .frames.map(({ text }) => text.trimEnd())
  assert.deepEqual(texts(BOTH), ['out 0', 'err 1', 'out 2'])
  assert.deepEqual(texts('stderr=true'), ['err 1'])
  assert.deepEqual(texts(`${BOTH}&tail=1`), ['out 2'])
  assert.deepEqual(texts(`${BOTH}&tail=0`), [])
  assert.deepEqual(texts(`${BOTH}&since=${since.toFixed(3)}`), ['err 1', 'out 2'])
  assert.deepEqual(texts(`${BOTH}&tail=1&details=1`), [`${details} out 2`])
  const [line = ''] = texts(`${BOTH}&tail=1&timestamps=1`)
  assert.match(line, /^2026-11-21T12:00:\d\d\.\d{9}Z out 2$/)
})

test('who follows gets lines as they are written, of new tasks too, until it hangs up', () => {
  const swarm = oneTask(EVERY_SECOND)
  const log = openLog(swarm.simulator, `/services/web/logs?${BOTH}&follow=1&tail=1`)
  const texts = () => log.read().frames.map(({ text }) => text.trimEnd())
  assert.deepEqual(texts(), ['out 2'])
  log.read(2_000)
  assert.deepEqual(texts(), ['out 2', 'err 3', 'out 4'])

  swarm.simulator.inject({ kind: 'kill-container', taskId: swarm.tasks('web')[0]?.ID ?? '', exitCode: 1 })
  log.read(9_000)
  assert.deepEqual(texts().slice(3, 5), ['out 0', 'err 1'])
  swarm.simulator.inject({ kind: 'hang-up', stream: log.id })
  const { length } = texts()
  log.read(5_000)
  assert.equal(texts().length, length)
  assert.deepEqual(swarm.simulator.world.logStreams, {})
})

test('a followed task is over when its container is; who ends by itself has last words', () => {
  const exit = { chance: 1, afterMs: [2_500, 2_500], code: 1 } as const
  const swarm = oneTask({ ...EVERY_SECOND, exit, lastWords: ['2> fatal: out of luck'] }, 2_500)
  const [task] = swarm.tasks('web')
  const log = openLog(swarm.simulator, `/tasks/${task?.ID}/logs?${BOTH}&follow=1`)
  assert.equal(log.read().hasEnded, false)
  log.read(3_000)
  assert.deepEqual(log.read().frames.at(-1), { stream: 2, text: 'fatal: out of luck\n' })
  assert.equal(log.read().hasEnded, true)
})

test('a container that a fault lets crash has last words too, one that is killed has none', () => {
  for (const [exitCode, words] of [
    [1, ['fatal']],
    [137, []],
  ] as const) {
    const swarm = oneTask({ lastWords: ['2> fatal'] })
    const [task] = swarm.tasks('web')
    swarm.simulator.inject({ kind: 'kill-container', taskId: task?.ID ?? '', exitCode })
    const { frames } = openLog(swarm.simulator, `/tasks/${task?.ID}/logs?${BOTH}`).read()
    assert.deepEqual(
      frames.map(({ text }) => text.trimEnd()),
      words,
    )
  }
})

test('the same lines come out again, whenever they are asked for', () => {
  const swarm = oneTask({ log: { everyMs: [300, 900], lines: ['{n}'] } })
  const path = `/services/web/logs?${BOTH}&timestamps=1`
  const before = openLog(swarm.simulator, path).read().raw
  const followed = openLog(swarm.simulator, `${path}&follow=1&tail=0`)
  followed.read(60_000)
  const after = openLog(swarm.simulator, path).read().raw
  assert.equal(after, before + followed.read().raw)
  const times = after.match(/\d\d:\d\d\.\d{9}/g) ?? []
  assert.ok(times.length > 60)
  assert.deepEqual(times, times.toSorted())
})

test('lines of a node that is down are missing, and the stream says so at its end', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: EVERY_SECOND } })
  swarm.create(serviceSpec('web', { image: 'image:1', replicas: 'global' }))
  swarm.pass(3_000)
  const node2 = swarm.nodes().find(({ Description }) => Description?.Hostname === 'node2')
  swarm.strike('node2', 'kill')
  swarm.pass(30_000)
  const { frames } = openLog(swarm.simulator, `/services/web/logs?${BOTH}&tail=1`).read()
  assert.deepEqual(
    frames.map(({ stream, text }) => ({ stream, text: text.replace(/out \d+|err \d+/, 'a line') })),
    [
      { stream: frames[0]?.stream ?? 0, text: 'a line\n' },
      {
        stream: 3,
        text: `Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: node ${node2?.ID} is not available\n`,
      },
    ],
  )
})

test('who follows hears no machine that is cut off, nor any other while its own is, and both again afterwards', () => {
  for (const cut of ['node1', 'node2']) {
    const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: EVERY_SECOND } })
    swarm.create(serviceSpec('web', { image: 'image:1', constraints: ['node.hostname == node2'] }))
    swarm.pass(4_000)
    const log = openLog(swarm.simulator, `/services/web/logs?${BOTH}&follow=1&tail=0`)
    const count = (ms: number) => log.read(ms).frames.length
    assert.equal(count(3_000), 3, cut)
    swarm.strike(cut, 'cut')
    assert.equal(count(5_000), 3, cut)
    swarm.strike(cut, 'heal')
    assert.ok(count(5_000) > 6, cut)
  }
})

test('a service with a terminal writes raw', () => {
  const swarm = oneTask(EVERY_SECOND, 4_000, { TTY: true })
  const log = openLog(swarm.simulator, `/services/web/logs?${BOTH}`)
  assert.equal(log.type, 'application/vnd.docker.raw-stream')
  assert.equal(log.read().raw, 'out 0\r\nerr 1\r\nout 2\r\n')
})

test('a container has its own log; what another driver keeps cannot be read', () => {
  const swarm = oneTask(EVERY_SECOND)
  const container = swarm.tasks('web')[0]?.Status?.ContainerStatus?.ContainerID
  const { frames } = openLog(swarm.simulator, `/containers/${container}/logs?${BOTH}&tail=2`).read()
  assert.deepEqual(
    frames.map(({ text }) => text),
    ['err 1\n', 'out 2\n'],
  )

  const silent = simulatedSwarm({ managers: 1, workers: 0, images: { image: EVERY_SECOND } })
  const spec = serviceSpec('web', { image: 'image:1' })
  silent.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, LogDriver: { Name: 'none' } } })
  silent.pass(4_000)
  const other = silent.tasks('web')[0]?.Status?.ContainerStatus?.ContainerID
  const refusal = silent.call('GET', `/containers/${other}/logs?${BOTH}`)
  assert.deepEqual(
    [refusal.status, refusal.value],
    [501, { message: 'configured logging driver does not support reading' }],
  )
  assert.deepEqual(openLog(silent.simulator, `/services/web/logs?${BOTH}`).read().frames, [])
  assert.deepEqual(openLog(silent.simulator, `/services/web/logs?${BOTH}&follow=1`).read(1_000).frames, [])
  assert.deepEqual(logTimers(silent), [])
})

test('refusals are the engine’s own', () => {
  const swarm = oneTask(EVERY_SECOND)
  const cases = [
    ['/services/web/logs', 500, 'Bad parameters: you must choose at least one stream'],
    ['/services/web/logs?stdout=0', 500, 'Bad parameters: you must choose at least one stream'],
    [`/services/web/logs?${BOTH}&tail=x`, 500, 'tail value must be a positive integer or "all"'],
    [`/services/web/logs?${BOTH}&tail=-1`, 500, 'negative tail values not supported'],
    [`/services/nosuch/logs?${BOTH}`, 404, 'service nosuch not found'],
    [`/tasks/nosuch/logs?${BOTH}`, 404, 'task nosuch not found'],
    [`/containers/nosuch/logs?${BOTH}`, 404, 'No such container: nosuch'],
  ] as const
  for (const [path, status, message] of cases) {
    const answer = swarm.call('GET', path)
    assert.deepEqual([answer.status, answer.value], [status, { message }], path)
  }
})

test('nothing ticks while nobody follows', () => {
  const swarm = oneTask(EVERY_SECOND)
  swarm.pass(60_000)
  assert.deepEqual(logTimers(swarm), [])
})

function logTimers({ simulator }: SimulatedSwarm): readonly string[] {
  const kinds = simulator.world.timers.map(({ what }) => what.kind)
  return kinds.filter(kind => kind === 'log-lines' || kind === 'agent-step')
}

/** One task that has written three lines after four seconds. */
function oneTask(behaviour: Partial<ImageBehaviour>, ms = 4_000, container: object = {}): SimulatedSwarm {
  const at = { createMs: [50, 50], startMs: [200, 200] } as const
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: { ...at, ...behaviour } } })
  const spec = serviceSpec('web', { image: 'image:1' })
  const ContainerSpec = { ...spec.TaskTemplate?.ContainerSpec, ...container }
  swarm.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec } })
  swarm.pass(ms)
  return swarm
}
