import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Stage, stage } from './harness.ts'
import type { RestartOptions } from './service-spec.ts'

/*
 * Cases of section A: the replicated orchestrator.
 * Source: moby/swarmkit manager/orchestrator/replicated/{replicated,drain,restart,update}_test.go
 */

test('2. Scale up', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('web', { replicas: 2 })
  swarm.create('api', { replicas: 1 })
  swarm.pass(1)
  const before = [...swarm.tasks('web'), ...swarm.tasks('api')].map(({ id }) => id)
  swarm.update('api', { replicas: 3 })
  swarm.pass(0.3)
  swarm.expect('api', ['api.1@* Running/Running', 'api.2@* Running/*', 'api.3@* Running/*'])
  const after = [...swarm.tasks('web'), ...swarm.tasks('api')].map(({ id }) => id)
  assert.deepEqual(after.slice(0, 3), before)
})

test('3. Scale down', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('api', { replicas: 3 })
  swarm.pass(1)
  const before = swarm.tasks('api').map(({ id }) => id)
  swarm.update('api', { replicas: 1 })
  const desired = swarm.tasks('api').map(task => task.desired)
  assert.deepEqual(desired.toSorted(), ['remove', 'remove', 'running'])
  swarm.pass(10)
  const [left] = swarm.tasks('api')
  assert.ok(before.includes(left?.id ?? ''))
  swarm.expect('api', ['api.*@* Running/Running'])
})

test('5. Service removal', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('api', { replicas: 1 })
  swarm.pass(1)
  swarm.remove('api')
  assert.deepEqual(swarm.api.services(), [])
  swarm.expect('api', ['api.1@n1 Remove/Running'])
  swarm.pass(10)
  swarm.expect('api', [])
})

describe('6 and 7', () => {
  const swarm = stage({
    nodes: { n1: {}, n2: {}, n3: {} },
    services: { web: { replicas: 6 } },
    tasks: [
      'web.1@n1 Running/Starting',
      'web.2@n2 Running/Running',
      'web.3@n2 Running/Running',
      'web.4@n3 Running/Running',
      'web.5@n3 Running/Running',
      'web.6@n3 Running/Running',
      'web.7 Running/Pending',
    ],
  })

  test('6. Unassigned slots go first', () => {
    swarm.startLeader()
    swarm.expect('web', [
      'web.1@n1 Running/Starting',
      'web.2@n2 Running/Running',
      'web.3@n2 Running/Running',
      'web.4@n3 Running/Running',
      'web.5@n3 Running/Running',
      'web.6@n3 Running/Running',
      'web.7 Remove/Pending',
    ])
    swarm.pass(10)
  })

  test('7. Which slots a scale-down removes', () => {
    swarm.update('web', { replicas: 4 })
    swarm.expect('web', [
      'web.1@n1 Running/Starting',
      'web.2@n2 Running/Running',
      'web.3@n2 Running/Running',
      'web.4@n3 Running/Running',
      'web.5@n3 Remove/Running',
      'web.6@n3 Remove/Running',
    ])
    swarm.pass(10)
    swarm.update('web', { replicas: 2 })
    swarm.expect('web', [
      'web.1@n1 Remove/Starting',
      'web.2@n2 Running/Running',
      'web.3@n2 Remove/Running',
      'web.4@n3 Running/Running',
    ])
  })
})

test('8. Leader start with a rejected task', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { web: { replicas: 1 } },
    tasks: ['web.1@n1 Ready/Rejected'],
  })
  swarm.startLeader()
  swarm.expect('web', ['web.1* Ready/*', 'web.1@n1 Shutdown/Rejected'])
})

test('9. Leader start with a failed task', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { web: { replicas: 2 } },
    tasks: ['web.1@n1 Running/Failed', 'web.2@n1 Running/Starting'],
  })
  swarm.startLeader()
  swarm.expect('web', ['web.1* Ready/*', 'web.1@n1 Shutdown/Failed', 'web.2@n1 Running/Starting'])
})

test('10. Leader start with a node already down', () => {
  const swarm = stage({
    nodes: { n1: { status: 'down' } },
    services: { web: { replicas: 1 } },
    tasks: ['web.1@n1 Running/Running'],
  })
  swarm.startLeader()
  swarm.expect('web', ['web.1 Ready/*', 'web.1@n1 Shutdown/Running'])
})

test('11. A restart delay survives a leader change', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { web: { replicas: 1, restart: { delay: 0.1 } } },
    tasks: ['web.1@n1 Ready/Ready'],
  })
  swarm.startLeader()
  swarm.pass(0.099)
  swarm.expect('web', ['web.1@n1 Ready/Ready'])
  swarm.pass(0.001)
  swarm.expect('web', ['web.1@n1 Running/Ready'])
})

describe('12 to 14', () => {
  const conditions = (): Stage => {
    const swarm = stage({
      nodes: {
        n1: {},
        n2: { status: 'down' },
        n3: { status: 'unknown' },
        n4: { availability: 'pause' },
        n5: { availability: 'drain' },
      },
      services: { web: { replicas: 6, restart: { condition: 'none' } } },
      tasks: [
        'web.1 Running/Pending',
        'web.2@n1 Running/Running',
        'web.3@n2 Running/Running',
        'web.4@n3 Running/Running',
        'web.5@n4 Running/Running',
        'web.6@n5 Running/Running',
      ],
    })
    swarm.startLeader()
    return swarm
  }
  const desired = (swarm: Stage) => Object.fromEntries(swarm.tasks('web').map(task => [task.slot, task.desired]))

  test('12. Which node conditions evict', () => {
    const swarm = conditions()
    swarm.pass(0.3)
    assert.deepEqual(desired(swarm), {
      1: 'running',
      2: 'running',
      3: 'shutdown',
      4: 'running',
      5: 'running',
      6: 'shutdown',
    })
    assert.equal(swarm.tasks('web').length, 6)
  })

  test('13. Pause then drain; node deletion', () => {
    const swarm = conditions()
    swarm.node('n4', { availability: 'drain' })
    assert.equal(desired(swarm)[5], 'shutdown')
    assert.equal(swarm.removeNode('n1', true).status, 200)
    assert.equal(desired(swarm)[2], 'shutdown')
    swarm.pass(10)
    assert.equal(swarm.tasks('web').length, 6)
  })

  test('14. A task turning up on a down node', () => {
    const swarm = conditions()
    swarm.insert('web.3@n2 Running/Running')
    swarm.expect('web', [
      'web.1* Running/*',
      'web.2@n1 Running/Running',
      'web.3@n2 Shutdown/Running',
      'web.3@n2 Shutdown/Running',
      'web.4@n3 Running/Running',
      'web.5@n4 Running/Running',
      'web.6@n5 Shutdown/*',
    ])
  })
})

describe('16 and 17', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('web', { replicas: 2, restart: { condition: 'on-failure', delay: 0 } })
  swarm.pass(1)

  test('16. Restart on failure, failure', () => {
    swarm.fail('web.1')
    swarm.expect('web', ['web.1* */*', 'web.1@* Shutdown/Failed', 'web.2@* Running/Running'])
    swarm.pass(1)
    swarm.expect('web', ['web.1@* Running/Running', 'web.1@* Shutdown/Failed', 'web.2@* Running/Running'])
  })

  test('17. Restart on failure, success', () => {
    swarm.finish('web.2')
    swarm.pass(10)
    const ended = ['web.1@* Running/Running', 'web.1@* Shutdown/Failed', 'web.2@* Shutdown/Complete']
    swarm.expect('web', ended)
    swarm.update('web', {})
    swarm.pass(10)
    swarm.expect('web', ended)
    swarm.force('web')
    swarm.pass(10)
    swarm.expect('web', [
      'web.1@* Running/Running',
      'web.1@* Shutdown/Shutdown',
      'web.1@* Shutdown/Failed',
      'web.2@* Running/Running',
      'web.2@* Shutdown/Complete',
    ])
  })
})

describe('21 and 22', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('web', { replicas: 2, restart: { delay: 0.1, attempts: 1 }, update: { action: 'continue' } })
  swarm.pass(1)

  test('21. Max attempts', () => {
    swarm.fail('web.1')
    swarm.fail('web.2')
    swarm.pass(1)
    swarm.expect('web', [
      'web.1@* Running/Running',
      'web.1@* Shutdown/Failed',
      'web.2@* Running/Running',
      'web.2@* Shutdown/Failed',
    ])
    swarm.fail('web.1')
    swarm.fail('web.2')
    swarm.pass(10)
    swarm.expect('web', Array(2).fill('web.1@* Shutdown/Failed').concat(Array(2).fill('web.2@* Shutdown/Failed')))
    assert.equal(swarm.replicas('web'), '0/2')
  })

  test('22. A new task template resets the attempts', () => {
    swarm.fates('v:2', Array(4).fill('fails'))
    swarm.update('web', { image: 'v:2' })
    swarm.pass(10)
    const updated = swarm.tasks('web').filter(task => task.spec.ContainerSpec?.Image === 'v:2')
    assert.deepEqual(
      updated.map(task => `${task.slot} ${task.desired} ${task.status.state}`),
      ['1 shutdown failed', '1 shutdown failed', '2 shutdown failed', '2 shutdown failed'],
    )
  })
})

test('23. Restart window', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('web', { replicas: 2, restart: { delay: 0.1, attempts: 1, window: 0.5 } })
  swarm.pass(1)
  swarm.fail('web.1')
  swarm.pass(0.3)
  swarm.fail('web.1')
  swarm.fail('web.2')
  swarm.pass(1)
  swarm.expect('web', [
    'web.1@* Shutdown/Failed',
    'web.1@* Shutdown/Failed',
    'web.2@* Running/Running',
    'web.2@* Shutdown/Failed',
  ])
  swarm.fail('web.2')
  swarm.expect('web', [
    'web.1@* Shutdown/Failed',
    'web.1@* Shutdown/Failed',
    'web.2* Ready/*',
    'web.2@* Shutdown/Failed',
    'web.2@* Shutdown/Failed',
  ])
  swarm.pass(1)
  assert.equal(swarm.replicas('web'), '1/2')
})

describe('24 and 25', () => {
  const policy = { parallelism: 1, delay: 0.01, monitor: 0.5, ratio: 0.4 } as const
  const rolledBack = (action: 'pause' | 'continue', restart: RestartOptions): Stage => {
    const swarm = stage({ nodes: { n1: {}, n2: {} } })
    swarm.create('web', {
      replicas: 4,
      restart,
      update: { ...policy, action: 'rollback' },
      rollback: { ...policy, action },
    })
    swarm.pass(1)
    swarm.fates('v:2', ['fails', 'runs', 'fails'])
    swarm.update('web', { image: 'v:2' })
    return swarm
  }
  const made = (swarm: Stage, image: string) =>
    swarm.tasks('web').filter(task => task.spec.ContainerSpec?.Image === image).length

  test('24. Automatic rollback', () => {
    const swarm = rolledBack('pause', { condition: 'none' })
    const original = swarm.tasks('web').map(({ id }) => id)
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_started')
    assert.equal(made(swarm, 'v:2'), 3)
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_completed')
    assert.equal(made(swarm, 'v:2'), 3)
    const running = swarm.tasks('web').filter(({ status }) => status.state === 'running')
    assert.deepEqual(
      running.map(task => task.spec.ContainerSpec?.Image),
      ['v:1', 'v:1', 'v:1', 'v:1'],
    )
    assert.equal(running.filter(({ id }) => original.includes(id)).length, 1)
  })

  for (const [action, end] of [
    ['pause', 'rollback_paused'],
    ['continue', 'rollback_completed'],
  ] as const) {
    test(`25. Rollback that fails too, action ${action}`, () => {
      const swarm = rolledBack(action, { condition: 'none' })
      swarm.passUntil(() => swarm.updateState('web') === 'rollback_completed')
      swarm.pass(1)
      const [before1, before2] = [made(swarm, 'v:1'), made(swarm, 'v:2')]
      swarm.fates('v:2', ['fails', 'runs', 'fails'])
      swarm.fates('v:1', Array(4).fill('fails'))
      swarm.update('web', { image: 'v:2' })
      swarm.passUntil(() => swarm.updateState('web') === 'rollback_started')
      assert.equal(made(swarm, 'v:2') - before2, 3)
      swarm.passUntil(() => swarm.updateState('web') === end)
      assert.equal(made(swarm, 'v:2') - before2, 3)
      assert.equal(made(swarm, 'v:1') - before1, 3)
    })
  }
})
