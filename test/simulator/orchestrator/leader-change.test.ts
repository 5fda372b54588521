import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driveSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('an update goes on under the next leader when the first is killed in the middle of it', () => {
  const swarm = simulatedSwarm({ managers: 3, workers: 2 })
  const restart = { Condition: 'any', Delay: 1e9, MaxAttempts: 0 }
  swarm.create(serviceSpec('web', { replicas: 8, restart, update: { Parallelism: 1, Delay: 2e9, Monitor: 5e9 } }))
  swarm.pass(5_000)
  swarm.changeService('web', spec => ({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 1 } }))
  swarm.pass(10_000)
  assert.equal(swarm.services()[0]?.UpdateStatus?.State, 'updating')
  assert.equal(swarm.simulator.inject({ kind: 'machine', machine: 'node1', action: 'kill' }), null)
  swarm.pass(120_000)

  const next = driveSwarm(swarm.simulator, 'node2')
  assert.equal(next.services()[0]?.UpdateStatus?.State, 'completed')
  const wanted = next.tasks('web').filter(task => task.DesiredState === 'running')
  assert.deepEqual(
    wanted.map(task => `${task.Status?.State} ${task.Spec?.ForceUpdate}`),
    Array(8).fill('running 1'),
  )
})
