import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('tasks are placed 50 ms after the last commit, whatever it was of, and after a second at the latest', () => {
  assert.equal(msUntilPlaced({ commits: 0 }), 50)
  assert.equal(msUntilPlaced({ commits: 3 }), 40 * 3 + 50)
  assert.equal(msUntilPlaced({ commits: 100 }), 1_000)
})

/** A commit that is nothing to the scheduler, each 40 ms. */
function msUntilPlaced({ commits }: { readonly commits: number }): number {
  const swarm = simulatedSwarm({ managers: 1, workers: 0 })
  swarm.pass(1_000)
  swarm.create(serviceSpec('web'))
  for (let ms = 1; ms <= 2_000; ms++) {
    swarm.pass(1)
    if (swarm.tasks('web')[0]?.NodeID !== undefined) return ms
    if (ms % 40 === 0 && ms / 40 <= commits) swarm.call('POST', '/secrets/create', { Name: `s${ms}`, Data: 'eA==' })
  }
  return Number.NaN
}
