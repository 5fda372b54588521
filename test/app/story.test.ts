import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { textOfFact } from '../../source/app/facts/fact.ts'
import { storyFacts } from '../../source/app/facts/story.ts'
import { apiManager, apiNode, apiService, apiTask, HOUR, MINUTE, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

type TaskWords = Omit<Parameters<typeof apiTask>[0], 'service'>

const nodes = [
  apiManager('m1', { isLeader: true }),
  apiNode({ name: 'w1', labels: { disk: 'ssd' } }),
  apiNode({ name: 'w2', availability: 'drain' }),
  apiNode({ name: 'w3', state: 'down', message: 'heartbeat failure' }),
]

type World = {
  readonly service?: Partial<Parameters<typeof apiService>[0]>
  readonly tasks?: readonly TaskWords[]
  readonly slot?: string
  readonly more?: Partial<ApiReading>
}

/** The story of a slot of `api`, line by line, as `label: text`. */
function story({ service = {}, tasks = [], slot = '1', more = {} }: World): readonly string[] {
  const reading = {
    nodes,
    services: [apiService({ name: 'api', ...service })],
    tasks: tasks.map(words => apiTask({ service: 'api', slot: 1, ...words })),
    ...more,
  }
  const view = { screen: { kind: 'slot', serviceId: serviceIdOf('api'), slot }, focus: 'story' } as const
  return storyFacts(stateOf({ reading, view })).map(fact => `${fact.label}: ${textOfFact(fact)}`)
}

const pending = (error: string, words: Partial<TaskWords> = {}): TaskWords => ({
  state: 'pending',
  error,
  createdAgoMs: 40 * SECOND,
  ...words,
})

const crash = (index: number, words: Partial<TaskWords> = {}): TaskWords => ({
  id: `crash-${index}`,
  node: index % 2 === 0 ? 'w1' : 'm1',
  state: 'failed',
  error: 'task: non-zero exit (137)',
  exitCode: 137,
  createdAgoMs: (index + 1) * 12 * SECOND,
  stateAgoMs: (index + 1) * 12 * SECOND - 7 * SECOND,
  ...words,
})

describe('a slot that runs', () => {
  test('says so', () => {
    assert.deepEqual(story({ tasks: [{ node: 'w1' }] }), ['now: api.1 runs as it should, on w1', 'service: 1 of 1 run'])
  })

  test('still tells of what failed within the hour, and no longer of what is older', () => {
    const [now, lately] = story({ tasks: [{ node: 'w1', createdAgoMs: SECOND }, crash(0)] })
    assert.equal(now, 'now: api.1 runs at the moment, on w1')
    assert.match(
      lately ?? '',
      /^failed: once on w1: task: non-zero exit \(137\), killed \(SIGKILL\), often out of memory/,
    )
    const before = crash(0, { createdAgoMs: 20 * MINUTE, stateAgoMs: 19 * MINUTE })
    assert.equal(story({ tasks: [{ node: 'w1' }, before] })[0], 'now: api.1 runs as it should, on w1')
    const old = crash(0, { createdAgoMs: 3 * HOUR, stateAgoMs: 2 * HOUR })
    assert.equal(story({ tasks: [{ node: 'w1' }, old] }).length, 2)
  })
})

describe('a slot whose tasks end well again and again', () => {
  const ended = (index: number) => crash(index, { state: 'complete', error: '', exitCode: 0 })
  const world: World = { tasks: [{ node: 'w1', state: 'starting', createdAgoMs: 2 * SECOND }, ended(0), ended(1)] }

  test('says how often, and that it goes on so', () => {
    assert.deepEqual(story(world), [
      'now: api.1 should run and does not: Starting 2 seconds on w1',
      'ended: 2 × in 12 s on m1, w1: by itself and well, with exit code 0; last 5 s ago, about every 12 s',
      'next: It is on its way again (restart any, 5 s after each end)',
      'service: 0 of 1 run',
    ])
  })

  test('names the health check that may have stopped them', () => {
    const template = { ContainerSpec: { Image: 'api:1', Healthcheck: { Test: ['CMD-SHELL', 'exit 1'] } } }
    const service = apiService({ name: 'api' })
    const services = [{ ...service, Spec: { ...service.Spec, TaskTemplate: template } }]
    assert.match(story({ ...world, more: { services } })[2] ?? '', /^: A health check that fails stops it too/)
  })

  test('is as it should be in a job, which tells what is completed', () => {
    const job = { mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } }
    const done = { node: 'w1', state: 'complete', desired: 'complete' } as const
    assert.deepEqual(story({ service: job, tasks: [done] }), [
      'now: api.1 has done its work on w1',
      'service: 1 of 1 completed',
    ])
  })
})

describe('a slot that finds no node', () => {
  const all = { m1: 'm1', w1: 'w1' }
  const away = ['in the way: w2: drained', 'in the way: w3: down']
  const inTheWay = (world: World) => story(world).filter(line => /^(in the way|fits): /.test(line))

  test('names the scheduler’s words, the nodes that are away, and those that would do', () => {
    const lines = story({ tasks: [pending('no suitable node (2 nodes not available for new tasks)')] })
    assert.deepEqual(lines, [
      'now: api.1 should run and does not: Pending 40 seconds: no suitable node (2 nodes not available for new tasks)',
      `fits: ${all.m1}, ${all.w1} as far as the API tells; plugins, cluster volumes and generic resources it does not tell of`,
      ...away,
      'next: The scheduler tries again whenever a node or a task changes; it starts by itself once a node fits',
      'service: 0 of 1 run',
    ])
  })

  test('for want of memory or CPU: how much is missing where', () => {
    const memory = pending('no suitable node (…)', { reservations: { MemoryBytes: 5 * 2 ** 30 } })
    assert.deepEqual(inTheWay({ tasks: [memory] }), [
      'in the way: m1, w1: too little memory left: 5.0 GiB wanted, 4.0 GiB free',
      ...away,
    ])
    const cpu = pending('no suitable node (…)', { reservations: { NanoCPUs: 1.5e9 } })
    const taken = { id: 'other', slot: 2, node: 'w1', reservations: { NanoCPUs: 1e9 } }
    assert.deepEqual(inTheWay({ tasks: [cpu, taken] }), [
      'fits: m1 as far as the API tells; plugins, cluster volumes and generic resources it does not tell of',
      'in the way: w1: too little CPU left: 1.5 wanted, 1 free',
      ...away,
    ])
  })

  test('for a constraint: which one', () => {
    const constraints = ['node.platform.os == linux', 'node.labels.disk == nvme']
    assert.deepEqual(inTheWay({ service: { constraints }, tasks: [pending('no suitable node (…)')] }), [
      'in the way: m1, w1: does not meet node.labels.disk == nvme',
      ...away,
    ])
  })

  test('for the most replicas on a node', () => {
    const there = ['m1', 'w1'].map((node, index) => ({ id: node, node, slot: index + 2 }))
    assert.deepEqual(
      inTheWay({ service: { maxReplicasPerNode: 1 }, tasks: [pending('no suitable node (…)'), ...there] }),
      ['in the way: m1, w1: has its 1 already, the most for a node', ...away],
    )
  })

  test('for a port of the host: who has it', () => {
    const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }]
    const services = [apiService({ name: 'api', ports }), apiService({ name: 'proxy', ports })]
    const tasks = [
      apiTask({ service: 'api', slot: 1, ...pending('no suitable node (…)') }),
      apiTask({ service: 'proxy', slot: 1, node: 'w1' }),
    ]
    assert.deepEqual(inTheWay({ more: { services, tasks } }), [
      'fits: m1 as far as the API tells; plugins, cluster volumes and generic resources it does not tell of',
      'in the way: w1: port 8080/tcp is taken by proxy',
      ...away,
    ])
  })

  test('for the image’s platform', () => {
    const service = apiService({ name: 'api' })
    const spec = service.Spec ?? {}
    const arm = { ...spec.TaskTemplate, Placement: { Platforms: [{ OS: 'linux', Architecture: 'aarch64' }] } }
    const tasks = [apiTask({ service: 'api', slot: 1, ...pending('no suitable node (…)') })]
    const services = [{ ...service, Spec: { ...spec, TaskTemplate: arm } }]
    assert.deepEqual(inTheWay({ more: { services, tasks } }), [
      'in the way: m1, w1: is linux/x86_64, for which the image is not made',
      ...away,
    ])
  })

  test('of a global service only its own node counts', () => {
    const tasks = [
      apiTask({
        service: 'api',
        node: 'w1',
        ...pending('insufficient resources on 1 node'),
        reservations: { NanoCPUs: 3e9 },
      }),
    ]
    const services = [apiService({ name: 'api', mode: { Global: {} } })]
    assert.deepEqual(inTheWay({ slot: 'node-w1', more: { services, tasks } }), [
      'in the way: w1: too little CPU left: 3 wanted, 2 free',
    ])
  })
})

describe('a slot that fails', () => {
  test('again and again: how often, where, how regularly, and when it is tried again', () => {
    const waits = { id: 'waits', node: 'w1', state: 'ready', desired: 'ready', createdAgoMs: 2 * SECOND }
    assert.deepEqual(story({ tasks: [waits, ...[0, 1, 2, 3].map(index => crash(index))] }), [
      'now: api.1 should run and does not: it fails again and again',
      'failed: 4 × in 36 s on m1, w1: task: non-zero exit (137), killed (SIGKILL), often out of memory; last 5 s ago, about every 12 s',
      'next: Tried again in 3 s (restart any, 5 s after each end)',
      'service: 0 of 1 run',
    ])
  })

  test('for an image that nobody has: which it is, and what the others run', () => {
    const rejected = {
      ...crash(0),
      state: 'rejected',
      error: 'No such image: api:2',
      exitCode: undefined,
      image: 'api:2',
    }
    const { exitCode: _, ...words } = rejected
    const lines = story({ service: { replicas: 2 }, tasks: [words, { id: 'other', slot: 2, node: 'm1' }] })
    assert.match(lines[1] ?? '', /^rejected: once on w1: No such image: api:2; last 5 s ago/)
    assert.equal(lines[2], 'image: api:2; what runs is api:1 on m1')
  })

  test('and is given up: by its condition, by its attempts, or because it ended well', () => {
    const last = (world: World) => story(world).find(line => line.startsWith('next'))
    const failed = [0, 1].map(index => crash(index))
    assert.equal(
      last({ service: { restartCondition: 'none' }, tasks: failed }),
      'next: Not tried again: the restart condition is none',
    )
    const done = { node: 'w1', state: 'complete', desired: 'shutdown', exitCode: 0 }
    assert.equal(
      last({ service: { restartCondition: 'on-failure' }, tasks: [done] }),
      'next: Not started again: it ended well, and the restart condition is on-failure',
    )
  })
})

describe('a slot on a node that is down', () => {
  const onW3 = { node: 'w3', createdAgoMs: HOUR }

  test('may still run there, and Swarm starts another one', () => {
    assert.deepEqual(story({ tasks: [onW3] }), [
      'now: api.1 should run and does not: On w3, down for about an hour',
      'next: Nobody can ask w3 (heartbeat failure): the container may still run there',
      ': Swarm starts another one elsewhere 5 s after it took the node for down; what is on it is told to stop when it is back',
      'service: 0 of 1 run',
    ])
  })

  test('waits for its node where it is of a global service, or of a job; with no restarts nothing takes its place', () => {
    const second = (world: World) => story(world)[2]
    assert.match(second({ service: { restartCondition: 'none' }, tasks: [onW3] }) ?? '', /Nothing takes its place/)
    const job = { mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } }
    assert.match(second({ service: job, tasks: [{ ...onW3, desired: 'complete' }] }) ?? '', /24 hours/)
  })
})

test('a paused update names the slot whose task failed', () => {
  const id = 'abcdefghijklmnopqrstuvwx1'
  const update = { State: 'paused', Message: `update paused due to failure or early termination of task ${id}` }
  const lines = story({ service: { update }, tasks: [crash(0, { id })] })
  assert.match(
    lines.find(line => line.startsWith('update')) ?? '',
    /task abcdefghijklmnopqrstuvwx1 \(api\.1\); the slots/,
  )
})

test('a slot on its way says so, and after a while what may take so long', () => {
  const last = (stateAgoMs: number) => story({ tasks: [{ node: 'w1', state: 'preparing', stateAgoMs }] })[1]
  assert.equal(last(10 * SECOND), 'next: It is on its way')
  assert.match(last(2 * MINUTE) ?? '', /a slow pull is the usual reason/)
})

test('a slot that never had a task, one that is wanted no more, and one that there is not', () => {
  assert.equal(story({})[0], 'now: api.1 should run and does not: No task has been made for it')
  const removed = { id: 'old', slot: 2, node: 'w1', state: 'shutdown', desired: 'remove' }
  assert.match(story({ tasks: [{ node: 'w1' }, removed], slot: '2' })[0] ?? '', /^now: Nothing is wanted of api\.2/)
  assert.equal(story({ slot: '9' })[0], 'now: api has no such slot')
})
