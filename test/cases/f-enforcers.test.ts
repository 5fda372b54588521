import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './harness.ts'

const MB = 1e6

test('83. A role change has tasks rejected that asked for the old role', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('web', { constraints: ['node.role==worker'] })
  swarm.pass(1)
  swarm.node('n1', { role: 'manager' })
  swarm.pass(0.2)
  assert.equal(swarm.find('web.1@n1').status.state, 'rejected')
  assert.equal(swarm.find('web.1@n1').status.error, 'assigned node no longer meets constraints')
})

test('84. A node that shrinks loses what no longer fits', () => {
  const swarm = stage({
    nodes: { n2: { memoryBytes: 1_000 * MB } },
    services: { web: { reserve: { memoryBytes: 900 * MB } } },
    tasks: ['web.1@n2 Ready/Ready'],
  })
  swarm.startLeader()
  swarm.describe('n2', { memoryBytes: 500 * MB })
  assert.equal(swarm.find('web.1@n2').status.state, 'rejected')
})

test("85. The service's current constraints decide, not those of the task", () => {
  const swarm = stage({ nodes: { n1: { labels: { foo: 'bar' } } } })
  swarm.create('web', {})
  swarm.pass(1)
  const before = swarm.find('web.1@n1').id
  swarm.update('web', { constraints: ['node.labels.foo==bar'] })
  swarm.pass(10)
  assert.equal(swarm.find('web.1@n1').id, before)
  assert.equal(swarm.find('web.1@n1').spec.Placement?.Constraints, undefined)

  swarm.node('n1', { labels: {} })
  assert.equal(swarm.find('web.1@n1').status.state, 'rejected')
})

test('87. Finished tasks of a job reserve nothing', () => {
  const swarm = stage({
    nodes: { n1: { memoryBytes: 1_024 } },
    services: {
      web: { reserve: { memoryBytes: 700 } },
      job: { job: { concurrent: 1, total: 1 }, reserve: { memoryBytes: 700 } },
    },
    tasks: ['web.1@n1 Running/Running', 'job.0@n1 Complete/Complete'],
  })
  swarm.startLeader()
  swarm.node('n1', { labels: { any: 'thing' } })
  swarm.pass(1)
  swarm.expect('web', ['web.1@n1 Running/Running'])
  swarm.expect('job', ['job.0@n1 Complete/Complete'])
})
