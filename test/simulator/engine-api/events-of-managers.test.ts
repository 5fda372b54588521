import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiEvent } from '../../../source/api/info.ts'
import {
  driveSwarm,
  EPOCH_MS,
  type SimulatedSwarm,
  serviceSpec,
  simulatedSwarm,
} from '../../helpers/simulated-swarm.ts'

test('every manager tells what is written, whoever was asked to write it', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  for (const machine of ['node1', 'node2', 'node3']) assert.deepEqual(remembered(swarm, machine), ['service create'])
  assert.deepEqual(remembered(swarm, 'node4'), [])
})

test('one that was cut off tells what it has missed when it hears it, with the times of old', () => {
  const { simulator } = simulatedSwarm()
  const [node1, node3] = [driveSwarm(simulator, 'node1'), driveSwarm(simulator, 'node3')]
  const heard = node3.listen(`/events?filters=${encodeURIComponent('{"type":["service"]}')}`)
  node3.strike('node3', 'cut')
  node3.pass(1_000)
  node1.create(serviceSpec('web'))
  node3.pass(5_000)
  assert.deepEqual(heard().events, [])

  node3.strike('node3', 'heal')
  node3.pass(2_000)
  assert.deepEqual(
    heard().events.map(({ Action, timeNano = 0 }) => [Action, timeNano / 1e6 - EPOCH_MS]),
    [['create', 1_000]],
  )
})

test('without a majority nothing is written, so nothing is told', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node2', 'kill')
  swarm.strike('node3', 'kill')
  const hanging = swarm.begin('POST', '/services/create', serviceSpec('web'))
  swarm.pass(60_000)
  assert.equal(hanging()?.status, 500)
  assert.deepEqual(remembered(swarm, 'node1'), [])
})

/** What a machine says that has happened in the swarm so far: kind and action. */
function remembered(swarm: SimulatedSwarm, machine: string): readonly string[] {
  const now = (EPOCH_MS + swarm.simulator.world.now) / 1_000
  const { body } = swarm.call('GET', `/events?since=1&until=${now}`, undefined, machine)
  const events = body.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as ApiEvent]))
  return events.filter(({ scope }) => scope === 'swarm').map(({ Type, Action }) => `${Type} ${Action}`)
}
