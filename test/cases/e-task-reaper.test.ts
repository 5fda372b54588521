import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TASK_STATES } from '../../source/rules/task-state.ts'
import { stage } from './harness.ts'

/*
 * Cases of section E: the task reaper.
 * Source: moby/swarmkit manager/orchestrator/taskreaper/task_reaper_test.go
 */

test('73. What may be deleted', () => {
  const swarm = stage({
    nodes: { n1: {} },
    historyLimit: 2,
    services: { web: { replicas: 2 }, gone: { replicas: 4 } },
    tasks: [
      { row: 'web.1@n1 Shutdown/Failed', age: 60 },
      'web.1@n1 Running/Running',
      'web.2@n1 Running/Running',
      'web.3@n1 Remove/Shutdown',
      'gone.1@n1 Running/Running',
      'gone.2@n1 Shutdown/Complete',
      'gone.3 Running/Pending',
      'gone.4 Running/New',
    ],
  })
  swarm.startLeader()
  swarm.remove('gone')
  swarm.pass(0.3)
  swarm.expect('gone', ['gone.1@n1 Remove/Running'])
  swarm.expect('web', ['web.1@n1 Running/Running', 'web.1@n1 Shutdown/Failed', 'web.2@n1 Running/Running'])
  swarm.pass(2)
  swarm.expect('gone', [])
})

test('74. The limit counts the current task', () => {
  const swarm = stage({ nodes: { n1: {} }, historyLimit: 2 })
  swarm.create('web', { replicas: 2, restart: { delay: 0 } })
  swarm.pass(1)
  const original = swarm.tasks('web').map(({ id }) => id)
  for (const _ of ['the originals', 'their replacements']) {
    swarm.fail('web.1')
    swarm.fail('web.2')
    swarm.pass(1)
  }
  swarm.expect('web', [
    'web.1@n1 Running/Running',
    'web.1@n1 Shutdown/Failed',
    'web.2@n1 Running/Running',
    'web.2@n1 Shutdown/Failed',
  ])
  assert.ok(swarm.tasks('web').every(({ id }) => !original.includes(id)))
})

test('75. Scale-down clean-up', () => {
  const swarm = stage({ nodes: { n1: {} }, historyLimit: 2 })
  swarm.create('web', { replicas: 2 })
  swarm.pass(1)
  swarm.update('web', { replicas: 1 })
  swarm.expect('web', ['web.1@n1 Running/Running', 'web.2@n1 Remove/Running'])
  swarm.passUntil(() => swarm.find('web.2').status.state === 'shutdown')
  swarm.pass(0.25)
  swarm.expect('web', ['web.1@n1 Running/Running'])
})

test('77. Dead tasks of a removed service', () => {
  const swarm = stage({ nodes: { n1: {} }, historyLimit: -1 })
  swarm.create('web', { replicas: 2, restart: { condition: 'none' } })
  swarm.pass(1)
  swarm.finish('web.1')
  swarm.finish('web.2')
  swarm.expect('web', ['web.1@n1 Shutdown/Complete', 'web.2@n1 Shutdown/Complete'])
  swarm.remove('web')
  swarm.expect('web', ['web.1@n1 Remove/Complete', 'web.2@n1 Remove/Complete'])
  swarm.pass(0.3)
  swarm.expect('web', [])
})

test('78. Never-assigned old task', () => {
  const swarm = stage({ nodes: { n1: {} }, historyLimit: 1 })
  swarm.create('web', { replicas: 1, restart: { condition: 'none' }, constraints: ['node.labels.no==where'] })
  swarm.pass(1)
  const { id } = swarm.find('web.1')
  swarm.force('web')
  swarm.pass(1)
  swarm.expect('web', ['web.1 */Pending'])
  assert.notEqual(swarm.find('web.1').id, id)
})

test('80. Exactly at the limit', () => {
  const swarm = stage({
    nodes: { n1: {} },
    historyLimit: 1,
    services: { web: { replicas: 1, restart: { condition: 'none' } } },
    tasks: ['web.1@n1 Shutdown/Shutdown'],
  })
  swarm.startLeader()
  swarm.pass(10)
  swarm.expect('web', ['web.1@n1 Shutdown/Shutdown'])
  swarm.insert('web.1 Running/New')
  swarm.pass(0.3)
  swarm.expect('web', ['web.1* Running/*'])
})

test('81. Deletable or not', () => {
  const ended = ['complete', 'shutdown', 'failed', 'rejected', 'orphaned']
  const unassigned = ['new', 'pending']
  for (const desired of ['running', 'shutdown'] as const) {
    const deletable = desired === 'running' ? ended : [...ended, ...unassigned]
    for (const state of TASK_STATES.filter(state => state !== 'remove' && state !== 'allocated')) {
      const node = unassigned.includes(state) ? '' : '@n1'
      const swarm = stage({
        nodes: { n1: { status: 'unknown' } },
        historyLimit: 0,
        services: { web: { replicas: 0, restart: { condition: 'none' } } },
      })
      swarm.startLeader()
      const row = `web.1${node} ${desired}/${state}`
      swarm.insert(row)
      const { id } = swarm.find('web.1')
      swarm.pass(0.3)
      const isKept = swarm.tasks('web').some(task => task.id === id)
      assert.equal(isKept, !deletable.includes(state), row)
    }
  }
})
