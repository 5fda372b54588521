import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './harness.ts'

/*
 * Cases of section B: the updater, and what makes a task outdated.
 * Source: moby/swarmkit manager/orchestrator/update/updater_test.go
 */

test('28. New registry credentials alone restart nothing', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('web', { replicas: 3, restart: { condition: 'none' } })
  swarm.pass(1)
  const before = swarm.tasks('web').map(({ id }) => id)
  swarm.updateWithCredentials('web', 'a token')
  swarm.pass(10)
  assert.deepEqual(
    swarm.tasks('web').map(({ id }) => id),
    before,
  )
})

test('28. New registry credentials replace what has ended', () => {
  const swarm = stage({ nodes: { n1: {} }, images: { secret: { isMissing: true } } })
  swarm.create('web', { image: 'secret:1', replicas: 3, restart: { condition: 'none' } })
  swarm.pass(1)
  swarm.expect('web', ['web.1@n1 Shutdown/Rejected', 'web.2@n1 Shutdown/Rejected', 'web.3@n1 Shutdown/Rejected'])
  swarm.image('secret', {})
  swarm.updateWithCredentials('web', 'a token')
  swarm.pass(10)
  assert.equal(swarm.replicas('web'), '3/3')
})

test('29. Placement-only change', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('web', { replicas: 3 })
  swarm.pass(1)
  const before = swarm.tasks('web').map(({ id }) => id)
  swarm.update('web', { constraints: ['node.hostname==n1'] })
  swarm.pass(10)
  assert.deepEqual(
    swarm.tasks('web').map(({ id }) => id),
    before,
  )
  assert.deepEqual(swarm.tasks('web')[0]?.spec.Placement, {})
})

test('33. Old container that will not stop', () => {
  const swarm = stage({ nodes: { n1: {} }, images: { 'v:1': { stopMs: 'ignores-signal' } } })
  swarm.create('web', { replicas: 3, container: { StopGracePeriod: 1_000e9 } })
  swarm.pass(1)
  swarm.update('web', { image: 'v:2', container: { StopGracePeriod: 1_000e9 } })
  const switched: number[] = []
  const start = swarm.simulator.world.now
  for (const slot of [1, 2, 3]) {
    swarm.passUntil(() => swarm.tasks('web').some(task => task.slot === slot && task.desired === 'ready'))
    swarm.passUntil(() => swarm.find(`web.${slot}`).desired === 'running')
    switched.push(Math.round((swarm.simulator.world.now - start) / 1_000))
    swarm.passUntil(() => swarm.find(`web.${slot}`).status.state === 'running')
  }
  assert.deepEqual(switched, [60, 120, 180])
  swarm.expect(
    'web',
    [1, 2, 3].flatMap(slot => [`web.${slot}@n1 Running/Running`, `web.${slot}@n1 Shutdown/Running`]),
  )
  swarm.pass(6)
  assert.equal(swarm.updateState('web'), 'completed')
})
