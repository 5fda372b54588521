import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { stage } from './harness.ts'

/*
 * Cases of section D: jobs.
 * Source: moby/swarmkit manager/orchestrator/jobs/
 */

test('54. Three of five', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {} } })
  swarm.create('job', { job: { concurrent: 3, total: 5 } })
  swarm.pass(1)
  swarm.expect('job', ['job.0@* Complete/Running', 'job.1@* Complete/Running', 'job.2@* Complete/Running'])
})

test('57. Tasks told to stop do not count', () => {
  const slots = Array.from({ length: 10 }, (_, slot) => slot)
  const swarm = stage({
    nodes: { n1: {} },
    services: { job: { job: { concurrent: 10, total: 30 } } },
    tasks: slots.map(slot => `job.${slot}@n1 Shutdown/Running`),
  })
  swarm.startLeader()
  swarm.expect(
    'job',
    slots.flatMap(slot => [`job.${slot} Complete/Pending`, `job.${slot}@n1 Shutdown/Running`]),
  )
})

test('59. Near the end', () => {
  const swarm = stage({
    nodes: { n1: {} },
    services: { job: { job: { concurrent: 10, total: 30 } } },
    tasks: Array.from({ length: 20 }, (_, slot) => `job.${slot}@n1 Complete/Complete`),
  })
  swarm.startLeader()
  swarm.pass(1)
  const fresh = swarm.tasks('job').filter(({ status }) => status.state === 'running')
  assert.deepEqual(
    fresh.map(({ slot }) => slot),
    [20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
  )
  assert.equal(swarm.tasks('job').length, 30)
})

test('62. Job, max attempts', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.fates('v:1', Array(9).fill('fails'))
  swarm.create('job', {
    job: { concurrent: 1, total: 1 },
    restart: { condition: 'on-failure', attempts: 3, delay: 0.1 },
  })
  swarm.passUntil(() => swarm.tasks('job').length === 2)
  swarm.expect('job', ['job.0 Ready/*', 'job.0@n1 Shutdown/Failed'])
  swarm.passUntil(() => swarm.tasks('job')[0]?.desired === 'complete')
  swarm.pass(10)
  swarm.expect('job', Array(4).fill('job.0@n1 Shutdown/Failed'))
})

test('64. Removing a job', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.fates('v:1', ['finishes', 'runs'])
  swarm.create('job', { job: { concurrent: 2, total: 2 } })
  swarm.pass(1)
  assert.deepEqual(swarm.rows('job').toSorted(), ['job.0@n1 Complete/Complete', 'job.1@n1 Complete/Running'])
  swarm.remove('job')
  assert.deepEqual(swarm.rows('job').toSorted(), ['job.0@n1 Remove/Complete', 'job.1@n1 Remove/Running'])
  swarm.pass(10)
  swarm.expect('job', [])
})

describe('65 and 66', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {}, n3: {} } })
  const running = ['gjob@n1 Complete/Running', 'gjob@n2 Complete/Running', 'gjob@n3 Complete/Running']

  test('65. Global job start', () => {
    swarm.create('gjob', { mode: 'global-job' })
    swarm.pass(1)
    swarm.expect('gjob', running)
  })

  test('66. Updating a global job', () => {
    swarm.update('gjob', {})
    const iterations = swarm.tasks('gjob').map(task => `${task.jobIteration} ${task.desired}`)
    assert.deepEqual(iterations.toSorted(), [...Array(3).fill('0 remove'), ...Array(3).fill('1 complete')])
    swarm.pass(10)
    swarm.expect('gjob', running)
  })
})

test('68. Failed tasks of a global job', () => {
  const swarm = stage({
    nodes: { n1: {}, n2: {}, n3: {} },
    services: { gjob: { mode: 'global-job' } },
    tasks: ['gjob@n1 Complete/Failed', 'gjob@n2 Complete/Failed'],
  })
  swarm.startLeader()
  swarm.expect('gjob', [
    'gjob@n1 Ready/*',
    'gjob@n1 Shutdown/Failed',
    'gjob@n2 Ready/*',
    'gjob@n2 Shutdown/Failed',
    'gjob@n3 Complete/*',
  ])
})

test('69. Constraints', () => {
  const swarm = stage({ nodes: { n1: {}, n2: {}, n3: {} } })
  swarm.create('gjob', { mode: 'global-job', constraints: ['node.hostname==n1'] })
  swarm.pass(10)
  swarm.expect('gjob', ['gjob@n1 Complete/Running'])
})

test('70. Drained and paused nodes', () => {
  const swarm = stage({
    nodes: { n1: { availability: 'drain' }, n2: { availability: 'pause' }, n3: {} },
    services: { gjob: { mode: 'global-job' } },
    tasks: ['gjob@n1 Complete/Running'],
  })
  swarm.startLeader()
  swarm.expect('gjob', ['gjob@n1 Shutdown/Running', 'gjob@n3 Complete/*'])
})

test('71. Down node', () => {
  const swarm = stage({ nodes: { n1: { status: 'down' }, n2: {}, n3: {} } })
  swarm.create('gjob', { mode: 'global-job' })
  swarm.pass(10)
  swarm.expect('gjob', ['gjob@n2 Complete/Running', 'gjob@n3 Complete/Running'])
})

for (const [before, after] of [
  ['gjob@n9 Complete/Failed', 'gjob@n9 Shutdown/Failed'],
  ['gjob@n9 Shutdown/Shutdown', 'gjob@n9 Shutdown/Shutdown'],
] as const) {
  test(`72. Job task on a node that is gone: ${before}`, () => {
    const swarm = stage({ services: { gjob: { mode: 'global-job' } }, tasks: [before] })
    swarm.startLeader()
    swarm.pass(10)
    swarm.expect('gjob', [after])
  })
}
