import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MachineAction } from '../../source/rules/machine-action.ts'
import { listNodes, secondsUntil } from '../helpers/list-nodes.ts'
import { serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

test('what makes no sense is refused in one sentence', () => {
  const { simulator } = simulatedSwarm({ managers: 1, workers: 1 })
  const strike = (machine: string, action: MachineAction) => simulator.inject({ kind: 'machine', machine, action })
  assert.equal(strike('node9', 'kill'), 'There is no machine node9: there are node1, node2')
  assert.equal(strike('constructor', 'kill'), 'There is no machine constructor: there are node1, node2')
  assert.equal(strike('node2', 'start'), 'node2 is on already')
  assert.equal(strike('node2', 'heal'), 'node2 is not cut off')
  assert.equal(strike('node2', 'cut'), null)
  assert.equal(strike('node2', 'cut'), 'node2 is cut off already')
  for (const action of ['kill', 'poweroff', 'stop'] as const) {
    assert.equal(strike('node2', action), null)
    assert.equal(strike('node2', action), 'node2 is off already')
    assert.equal(strike('node2', 'start'), null)
    assert.equal(strike('node2', 'start'), 'node2 is starting already')
  }
})

test('a leader notices at once that a peer refuses, and after its time-out that one is silent', () => {
  for (const [action, from, to] of [
    ['kill', 0, 0.3],
    ['stop', 0, 0.3],
    ['poweroff', 2, 2.6],
    ['cut', 2, 2.6],
  ] as const) {
    const swarm = simulatedSwarm()
    swarm.strike('node2', action)
    const wait = secondsUntil(swarm, () => listNodes(swarm).node2 === 'ready unreachable')
    assert.ok(wait >= from && wait <= to, `${action}: ${wait} s`)
  }
})

test('a killed manager is back, ready and reachable, when its engine answers again: 4 to 6.5 s', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node2', 'kill')
  swarm.pass(30_000)
  swarm.strike('node2', 'start')
  const ping = swarm.begin('GET', '/_ping', undefined, 'node2')
  const wait = secondsUntil(swarm, () => ping() !== null)
  assert.ok(wait >= 4 && wait <= 6.7, `${wait} s`)
  assert.equal(listNodes(swarm, 'node2').node2, 'ready reachable')
})

test('after a kill tasks have failed with 255, and start again on their node if nobody has noticed', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1 })
  swarm.changeNode('node1', { Availability: 'drain' })
  swarm.create(serviceSpec('web'))
  swarm.pass(10_000)
  swarm.strike('node2', 'kill')
  swarm.pass(2_000)
  swarm.strike('node2', 'start')
  swarm.pass(20_000)
  const rows = swarm
    .tasks('web')
    .map(({ DesiredState, Status }) => `${DesiredState}/${Status?.State} ${Status?.Err ?? ''}`)
  assert.deepEqual(rows.toSorted(), ['running/running ', 'shutdown/failed task: non-zero exit (255)'])
})

test('a manager that is started while its swarm is locked waits for the key', () => {
  const swarm = simulatedSwarm()
  const cluster = swarm.call('GET', '/swarm').value as { Version: { Index: number }; Spec: object }
  const spec = { ...cluster.Spec, EncryptionConfig: { AutoLockManagers: true } }
  assert.equal(swarm.call('POST', `/swarm/update?version=${cluster.Version.Index}`, spec).status, 200)
  const { UnlockKey } = swarm.call('GET', '/swarm/unlockkey').value as { UnlockKey: string }
  swarm.strike('node2', 'kill')
  swarm.pass(20_000)
  swarm.strike('node2', 'start')
  swarm.pass(10_000)
  assert.equal(swarm.call('GET', '/nodes', undefined, 'node2').status, 503)
  assert.equal(listNodes(swarm).node2, 'down unreachable')

  const unlock = swarm.begin('POST', '/swarm/unlock', { UnlockKey }, 'node2')
  swarm.pass(10_000)
  assert.equal(unlock()?.status, 200)
  assert.equal(listNodes(swarm, 'node2').node2, 'ready reachable')
})
