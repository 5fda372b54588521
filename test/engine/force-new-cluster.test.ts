import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forceNewCluster } from '../../source/engine/force-new-cluster.ts'
import { callSocket, servedWorld } from '../helpers/served-world.ts'
import { simulatedSwarm } from '../helpers/simulated-swarm.ts'

const NOBODY_STOPS_IT = new AbortController().signal

/** Fast enough for a manager to be stopped and to come back. */
const FAST = 200

test('a manager that is left is the only one then, and leads', async t => {
  const swarm = simulatedSwarm()
  for (const machine of ['node2', 'node3']) swarm.strike(machine, 'poweroff')
  swarm.pass(60_000)
  const world = await servedWorld(t, swarm.simulator, FAST)
  const answer = await forceNewCluster(world.pathOf('node1'), '10.0.1.1', NOBODY_STOPS_IT)
  assert.ok(answer.ok, JSON.stringify(answer))
  const { status, body } = await callSocket(world.pathOf('node1'), 'GET', '/info')
  assert.equal(status, 200)
  const { Swarm: info } = JSON.parse(body) as {
    readonly Swarm: { readonly Managers: number; readonly ControlAvailable: boolean }
  }
  assert.deepEqual([info.Managers, info.ControlAvailable], [1, true])
})

test('a worker refuses it, in its own words; where nothing listens that is told', async t => {
  const world = await servedWorld(t, simulatedSwarm().simulator, FAST)
  const refused = await forceNewCluster(world.pathOf('node4'), '10.0.1.4', NOBODY_STOPS_IT)
  assert.ok(!refused.ok && refused.problem.kind === 'worker', JSON.stringify(refused))
  const nobody = await forceNewCluster(world.pathOf('node9'), '10.0.1.9', NOBODY_STOPS_IT)
  assert.ok(!nobody.ok && nobody.problem.kind === 'no-socket', JSON.stringify(nobody))
})
