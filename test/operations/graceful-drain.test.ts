import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiService } from '../../source/api/service.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { gracefulConsequences, gracefulDrain } from '../../source/operations/graceful-drain.ts'
import { apiNode, apiService, apiTask, apiTasks } from '../helpers/api-builders.ts'
import { clusterOf, nodeNamed } from '../helpers/cluster-builders.ts'

const GIB = 2 ** 30

type World = {
  readonly services: readonly ApiService[]
  readonly tasks: readonly ApiTask[]
  readonly nodes?: Parameters<typeof clusterOf>[0]
}

/** Three workers, of which w1 is to be drained. */
function plan({ services, tasks, ...words }: World, w1: { readonly availability?: 'active' | 'pause' } = {}) {
  const nodes = words.nodes?.nodes ?? [apiNode({ name: 'w1', ...w1 }), apiNode({ name: 'w2' }), apiNode({ name: 'w3' })]
  const cluster = clusterOf({ nodes, services, tasks })
  const node = nodeNamed(cluster, 'w1')
  const { sequence, left } = gracefulDrain(node, cluster)
  return {
    operations: sequence.operations.map(({ kind, name }) => `${kind} ${name}`),
    undo: sequence.undo.map(({ kind, name }) => `${kind} ${name}`),
    left: left.map(({ service, isObstacle, reason }) => `${service.service.name}${isObstacle ? '!' : ''} ${reason}`),
    words: gracefulConsequences(node, cluster).map(({ text }) => text),
  }
}

describe('a graceful drain', () => {
  test('pauses the node, renews what has tasks there, those with few tasks first, and drains it', () => {
    const { operations, undo, left } = plan({
      services: [
        apiService({ name: 'api', replicas: 4, updateOrder: 'start-first' }),
        apiService({ name: 'db', replicas: 1, updateOrder: 'start-first' }),
        apiService({ name: 'web', replicas: 2, updateOrder: 'start-first' }),
      ],
      tasks: [
        ...apiTasks('api', ['w1', 'w2', 'w3', 'w1']),
        ...apiTasks('db', ['w1']),
        ...apiTasks('web', ['w2', 'w3']),
      ],
    })
    assert.deepEqual(operations, ['pause w1', 'force-update db', 'force-update api', 'drain w1'])
    assert.deepEqual(undo, ['activate w1'])
    assert.deepEqual(left, [])
  })

  test('of a node that was paused before is not undone by activating it', () => {
    const services = [apiService({ name: 'api', updateOrder: 'start-first' })]
    assert.deepEqual(plan({ services, tasks: apiTasks('api', ['w1']) }, { availability: 'pause' }).undo, [])
  })

  test('renews neither global services, which just end there, nor jobs, which run on', () => {
    const { operations } = plan({
      services: [
        apiService({ name: 'agent', mode: { Global: {} } }),
        apiService({ name: 'job', mode: { ReplicatedJob: {} } }),
      ],
      tasks: [
        apiTask({ service: 'agent', node: 'w1' }),
        apiTask({ service: 'job', node: 'w1', slot: 1, desired: 'complete' }),
      ],
    })
    assert.deepEqual(operations, ['drain w1'])
  })

  test('with nothing on the node is a plain drain', () => {
    assert.deepEqual(plan({ services: [], tasks: [] }).operations, ['drain w1'])
  })
})

describe('stop-first', () => {
  const stopFirst = (tasks: readonly string[], parallelism = 1, restartCondition: 'any' | 'none' = 'any') =>
    plan({
      services: [apiService({ name: 'api', replicas: tasks.length, parallelism, restartCondition })],
      tasks: apiTasks('api', tasks),
    })

  test('with one replica is left to the drain: it is down for a moment either way', () => {
    const { operations, left } = stopFirst(['w1'])
    assert.deepEqual(operations, ['drain w1'])
    assert.match(left[0] ?? '', /^api with one task and stop-first it is down for a moment either way/)
  })

  test('with no more tasks there than an update stops at once is left to the drain too', () => {
    assert.deepEqual(stopFirst(['w1', 'w2', 'w3']).operations, ['drain w1'])
    assert.deepEqual(stopFirst(['w1', 'w1', 'w3'], 2).operations, ['drain w1'])
    assert.deepEqual(stopFirst(['w1', 'w1', 'w3'], 0).operations, ['drain w1'])
  })

  test('with more tasks there than an update stops at once is renewed: a drain would stop them all together', () => {
    assert.deepEqual(stopFirst(['w1', 'w1', 'w3']).operations, ['pause w1', 'force-update api', 'drain w1'])
  })

  test('that is never restarted is renewed: in a drain it would be lost', () => {
    assert.deepEqual(stopFirst(['w1', 'w2'], 1, 'none').operations, ['pause w1', 'force-update api', 'drain w1'])
  })
})

describe('start-first that cannot finish is left to the drain, and it is said why', () => {
  const startFirst = { name: 'api', replicas: 3, updateOrder: 'start-first' } as const
  const tasks = apiTasks('api', ['w1', 'w2', 'w3'])
  const reservations = { MemoryBytes: 3 * GIB }
  const cases: readonly (readonly [string, World, RegExp])[] = [
    [
      'max replicas per node',
      { services: [apiService({ ...startFirst, maxReplicasPerNode: 1 })], tasks },
      /^api! no other node takes a task of it \(w2 has its 1 already, the most for a node, w3 has its 1 already/,
    ],
    [
      'a port of the host',
      {
        services: [
          apiService({
            ...startFirst,
            ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 80, PublishMode: 'host' }],
          }),
        ],
        tasks,
      },
      /^api! no other node takes a task of it \(w2 port 80\/tcp is taken by api/,
    ],
    [
      'reservations',
      {
        services: [apiService({ ...startFirst, reservations })],
        tasks: ['w1', 'w2', 'w3'].map((node, index) =>
          apiTask({ service: 'api', node, slot: index + 1, reservations }),
        ),
      },
      /^api! no other node takes a task of it \(w2 too little memory left: 3.0 GiB wanted, 1.0 GiB free/,
    ],
    [
      'room for those of this node but not for one more',
      {
        services: [apiService({ ...startFirst, replicas: 2, maxReplicasPerNode: 1 })],
        tasks: apiTasks('api', ['w1', 'w2']),
      },
      /^api! it needs room for 2 and other nodes have room for 1 \(w2 has its 1 already/,
    ],
    [
      'no other node',
      {
        services: [apiService({ ...startFirst, replicas: 1, constraints: ['node.hostname==w1'] })],
        tasks: apiTasks('api', ['w1']),
      },
      /^api! no other node takes a task of it \(w2 does not meet node.hostname==w1/,
    ],
    [
      'a paused update',
      { services: [apiService({ ...startFirst, update: { State: 'paused', Message: 'update paused' } })], tasks },
      /^api! its update is paused, and a forced one would set that going again/,
    ],
    [
      'an update under way',
      { services: [apiService({ ...startFirst, update: { State: 'updating', Message: '' } })], tasks },
      /^api! an update of it is under way/,
    ],
    [
      'tasks that fail',
      {
        services: [apiService(startFirst)],
        tasks: [
          ...apiTasks('api', ['w1', 'w2']),
          apiTask({ service: 'api', slot: 3, node: 'w3', state: 'ready', createdAgoMs: 1000 }),
          apiTask({
            service: 'api',
            slot: 3,
            node: 'w3',
            state: 'failed',
            exitCode: 1,
            error: 'task: non-zero exit (1)',
          }),
        ],
      },
      /^api! api.3 fails again and again, and so would an update/,
    ],
  ]
  for (const [name, world, expected] of cases) {
    test(name, () => {
      const { operations, left, words } = plan(world)
      assert.match(left[0] ?? '', expected)
      assert.deepEqual(operations, ['drain w1'])
      assert.match(words[0] ?? '', /^api cannot move gracefully: .*; the drain stops it before it starts elsewhere$/)
    })
  }
})

test('says what is renewed and what is not, for a person to decide', () => {
  const { words } = plan({
    services: [apiService({ name: 'api', replicas: 3, updateOrder: 'start-first' }), apiService({ name: 'redis' })],
    tasks: [...apiTasks('api', ['w1', 'w2', 'w3']), ...apiTasks('redis', ['w1'])],
  })
  assert.deepEqual(words, [
    'w1 is paused, then all tasks of these are renewed, one service after another: api (3 tasks, start-first)',
    'left to the drain, since with one task and stop-first it is down for a moment either way: redis',
  ])
})
