import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('what failed of specs that have been replaced is forgotten, the last but one at the latest', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { bad: { startError: 'no such file' } } })
  swarm.create(serviceSpec('web', { image: 'bad:0' }))
  for (let version = 1; version <= 6; version++) {
    swarm.pass(6 * 60_000)
    swarm.changeService('web', spec => ({ ...spec, ...serviceSpec('web', { image: `bad:${version}` }) }))
  }
  swarm.pass(60_000)
  const [found] = Object.values(swarm.simulator.world.swarms)
  assert.equal(Object.keys(found?.leader.scheduler.failures ?? {}).length, 2)
})
