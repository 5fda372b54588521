import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ServiceOptions, type Stage, type StageOptions, stage } from '../../cases/harness.ts'

/*
 * What an update does beyond the cases of Swarm's own tests. An old task takes about 1.3 s to stop here: 1.1 s by itself
 * and until it is known.
 */

/** A service `web` of image v:1 that runs, and what its next update is to be like. */
function running(service: ServiceOptions, options: StageOptions = {}): Stage {
  const swarm = stage({ nodes: { n1: {}, n2: {} }, ...options })
  swarm.create('web', { restart: { delay: 1 }, ...service })
  swarm.pass(2)
  return swarm
}

const updated = (swarm: Stage) => swarm.tasks('web').filter(({ spec }) => spec.ContainerSpec?.Image === 'v:2')
const imagesRunning = (swarm: Stage) =>
  swarm.tasks('web').flatMap(({ status, spec }) => (status.state === 'running' ? [spec.ContainerSpec?.Image] : []))

describe('pace', () => {
  test('parallelism 2 is two belts, each with its own delay', () => {
    const swarm = running({ replicas: 5, update: { parallelism: 2, delay: 10 } })
    swarm.update('web', { image: 'v:2' })
    const begun = [0, 9, 4, 9, 4].map(seconds => {
      swarm.pass(seconds)
      return updated(swarm).length
    })
    assert.deepEqual(begun, [2, 2, 4, 4, 5])
  })

  test('parallelism 0 takes all at once', () => {
    const swarm = running({ replicas: 5, update: { parallelism: 0 } })
    swarm.update('web', { image: 'v:2' })
    assert.equal(updated(swarm).length, 5)
  })

  test('the delay is kept after the last slot too, and a delay as long as the monitor makes the watch longer', () => {
    const swarm = running({ replicas: 1, update: { delay: 2, monitor: 1 } })
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.find('web.1').status.state === 'running')
    const { now } = swarm.world
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.equal(Math.round((swarm.world.now - now) / 1_000), 2 + 3)
  })
})

describe('order start-first', () => {
  test('the old task is told to stop when the new one runs', () => {
    const swarm = running({ replicas: 3, update: { order: 'start-first' } })
    swarm.update('web', { image: 'v:2' })
    assert.equal(swarm.find('web.1').desired, 'running')
    swarm.passUntil(() => swarm.find('web.1').status.state === 'running')
    assert.equal(swarm.replicas('web'), '4/3')
    assert.deepEqual(
      swarm.tasks('web').flatMap(({ slot, desired }) => (slot === 1 ? [desired] : [])),
      ['running', 'shutdown'],
    )
  })

  test('when the new task fails the old one is kept', () => {
    const swarm = running({ replicas: 1, update: { order: 'start-first' } })
    swarm.fates('v:2', ['fails'])
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'paused')
    swarm.pass(10)
    assert.deepEqual(imagesRunning(swarm).toSorted(), ['v:1', 'v:2'])
  })

  test('without room for one more task it waits for ever, until the order is changed', () => {
    const swarm = running({ replicas: 2, maxPerNode: 1, update: { order: 'start-first' } })
    swarm.update('web', { image: 'v:2' })
    swarm.pass(60)
    assert.equal(swarm.updateState('web'), 'updating')
    assert.equal(
      swarm.find('web.1').status.error,
      'no suitable node (max replicas per node limit exceed; 1 node not available for new tasks)',
    )
    assert.deepEqual(imagesRunning(swarm), ['v:1', 'v:1'])
    swarm.update('web', { update: { order: 'stop-first' } })
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesRunning(swarm), ['v:2', 'v:2'])
  })
})

describe('failures', () => {
  test('with action continue an update ends completed, whatever became of its tasks', () => {
    const swarm = running({ replicas: 3, update: { action: 'continue' } }, { images: { 'v:2': { isMissing: true } } })
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesRunning(swarm), [])
  })

  test('a task that is rejected breaks one slot, and keeps being replaced while the update is paused', () => {
    const swarm = running({ replicas: 3, update: {} }, { images: { 'v:2': { isMissing: true } } })
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'paused')
    assert.deepEqual([...new Set(updated(swarm).map(({ slot }) => slot))], [1])
    swarm.pass(10)
    assert.equal(swarm.replicas('web'), '2/3')
    swarm.expect('web', [
      'web.1@* Ready/Rejected',
      ...Array(4).fill('web.1@* Shutdown/Rejected'),
      'web.2@* Running/Running',
      'web.3@* Running/Running',
    ])
  })

  test('one that is rejected while the old task stops is seen, and replaced, when that has stopped', () => {
    const swarm = running({ replicas: 1, update: { action: 'rollback' } }, { images: { 'v:2': { isMissing: true } } })
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.tasks('web').some(({ status }) => status.state === 'rejected'))
    assert.equal(swarm.updateState('web'), 'updating')
    swarm.expect('web', ['web.1@* Ready/Rejected', 'web.1@* Shutdown/Running'])
    swarm.passUntil(() => swarm.updateState('web') === 'rollback_completed')
    swarm.expect('web', [
      'web.1@* Running/Running',
      'web.1@* Shutdown/Shutdown',
      'web.1@* Shutdown/Rejected',
      'web.1@* Shutdown/Shutdown',
    ])
    assert.equal(updated(swarm).length, 2)
  })

  test('one in the last slot is seen when its worker has waited the delay out', () => {
    const swarm = running({ replicas: 1, update: { delay: 10, monitor: 20 } })
    swarm.fates('v:2', ['fails'])
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.tasks('web').some(({ status }) => status.state === 'failed'))
    swarm.pass(9.8)
    assert.equal(swarm.updateState('web'), 'updating')
    swarm.pass(0.3)
    assert.equal(swarm.updateState('web'), 'paused')
  })

  test('one that comes later than the monitor period does not count', () => {
    const swarm = running({ replicas: 2, update: { delay: 3, monitor: 4 } })
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.find('web.2').status.state === 'running' && swarm.find('web.2').desired === 'running')
    swarm.passUntil(() => updated(swarm).length === 2 && swarm.find('web.2').status.state === 'running')
    swarm.fail('web.1')
    swarm.passUntil(() => swarm.updateState('web') !== 'updating')
    assert.equal(swarm.updateState('web'), 'completed')
  })

  test('what dies in a slot that a paused update has not reached comes back in the new version', () => {
    const swarm = running({ replicas: 2, update: {} })
    swarm.fates('v:2', ['fails'])
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'paused')
    swarm.fail('web.2')
    swarm.pass(3)
    assert.deepEqual(imagesRunning(swarm), ['v:2', 'v:2'])
    assert.equal(swarm.updateState('web'), 'paused')
  })

  test('a paused update goes on with any update of the service, even one that changes nothing', () => {
    const swarm = running({ replicas: 3, update: {} })
    swarm.fates('v:2', ['fails'])
    swarm.update('web', { image: 'v:2' })
    swarm.passUntil(() => swarm.updateState('web') === 'paused')
    swarm.pass(10)
    swarm.update('web', {})
    assert.equal(swarm.updateState('web'), 'updating')
    swarm.passUntil(() => swarm.updateState('web') === 'completed')
    assert.deepEqual(imagesRunning(swarm), ['v:2', 'v:2', 'v:2'])
  })
})

describe('slots that hold no running task', () => {
  test('one that has ended for good is replaced without a wait', () => {
    const swarm = running({ replicas: 1, restart: { condition: 'none' } })
    swarm.finish('web.1')
    swarm.update('web', { image: 'v:2' })
    swarm.pass(0.5)
    swarm.expect('web', ['web.1@* Running/Running', 'web.1@* Shutdown/Complete'])
  })

  test('a task that no node can take gives way to the new one and ends without ever having had a node', () => {
    const swarm = running({ replicas: 1, reserve: { memoryBytes: 1e12 } })
    swarm.expect('web', ['web.1 Running/Pending'])
    swarm.update('web', { reserve: { memoryBytes: 1e9 } })
    swarm.pass(2)
    swarm.expect('web', ['web.1@* Running/Running', 'web.1 Shutdown/Shutdown'])
  })
})

test('a rollback of nothing but a scale is completed at once', () => {
  const swarm = running({ replicas: 2 })
  swarm.update('web', { replicas: 3 })
  swarm.pass(2)
  assert.equal(swarm.updateState('web'), null)
  swarm.rollBack('web')
  assert.equal(swarm.updateState('web'), 'rollback_completed')
})

test('a rollback of a job stands for ever, and runs the job anew', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('web', { job: { concurrent: 1, total: 1 } })
  swarm.update('web', { image: 'v:2' })
  swarm.rollBack('web')
  swarm.pass(60)
  assert.equal(swarm.updateState('web'), 'rollback_started')
  assert.equal(swarm.service('web').job?.iteration, 2)
})
