import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiNode } from '../../../source/api/node.ts'
import { leaderOf, listNodes, secondsUntil } from '../../helpers/list-nodes.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed)

test('a worker that falls silent is down three heartbeats after its last: 8 to 16.5 s, however it died', () => {
  for (const action of ['kill', 'poweroff', 'stop', 'cut'] as const) {
    const waits = SEEDS.map(seed => {
      const swarm = simulatedSwarm({ seed })
      swarm.pass(20_000)
      swarm.strike('node5', action)
      return secondsUntil(swarm, () => listNodes(swarm).node5 === 'down')
    })
    assert.ok(Math.min(...waits) >= 8 && Math.max(...waits) <= 16.6, `${waits}`)
    assert.ok(Math.max(...waits) - Math.min(...waits) > 4)
  }
})

test('the message says why', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node5', 'kill')
  swarm.strike('node1', 'kill')
  swarm.pass(60_000)
  const leader = leaderOf(swarm)
  assert.equal(messageOf(swarm, leader, 'node5'), 'heartbeat failure for node in "unknown" state')
  swarm.strike('node4', 'kill')
  swarm.pass(17_000)
  assert.equal(messageOf(swarm, leader, 'node4'), 'heartbeat failure')
  swarm.strike('node4', 'start')
  swarm.pass(3_000)
  assert.equal(messageOf(swarm, leader, 'node4'), undefined)
})

test('a blink of a few seconds is not seen', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node5', 'kill')
  swarm.pass(4_000)
  swarm.strike('node5', 'start')
  for (let second = 0; second < 30; second++) {
    assert.equal(listNodes(swarm).node5, 'ready')
    swarm.pass(1_000)
  }
})

test('the heartbeat of the cluster object counts', () => {
  const swarm = simulatedSwarm()
  const cluster = swarm.call('GET', '/swarm').value as { Version: { Index: number }; Spec: object }
  const spec = { ...cluster.Spec, Dispatcher: { HeartbeatPeriod: 20e9 } }
  const answer = swarm.call('POST', `/swarm/update?version=${cluster.Version.Index}`, spec)
  assert.equal(answer.status, 200, answer.body)
  swarm.strike('node5', 'kill')
  const wait = secondsUntil(swarm, () => listNodes(swarm).node5 === 'down')
  assert.ok(wait >= 38 && wait <= 61.5, `${wait} s`)
})

test('a node that was down before the leader changed stays down', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node5', 'kill')
  swarm.pass(20_000)
  swarm.strike('node1', 'kill')
  secondsUntil(swarm, () => leaderOf(swarm) !== '')
  assert.equal(listNodes(swarm, leaderOf(swarm)).node5, 'down')
})

test('a day after a node went down its tasks are orphaned', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1 })
  swarm.changeNode('node1', { Availability: 'drain' })
  swarm.create(serviceSpec('web'))
  swarm.pass(10_000)
  swarm.strike('node2', 'poweroff')
  swarm.pass(24 * 60 * 60_000)
  assert.ok(states(swarm).includes('shutdown/running'))
  swarm.pass(60_000)
  assert.ok(states(swarm).includes('shutdown/orphaned'))
})

test('while a node is unknown its tasks are left alone and it gets no new ones', () => {
  const swarm = simulatedSwarm({ managers: 3, workers: 1 })
  swarm.create(serviceSpec('web', { replicas: 4 }))
  swarm.pass(10_000)
  swarm.strike('node1', 'poweroff')
  secondsUntil(swarm, () => leaderOf(swarm) !== '' && leaderOf(swarm) !== 'node1')
  const leader = leaderOf(swarm)
  const before = ids(swarm, leader)
  swarm.pass(25_000)
  assert.deepEqual(ids(swarm, leader), before)
  swarm.pass(20_000)
  assert.equal(ids(swarm, leader).length, before.length + 1)
})

function messageOf(swarm: SimulatedSwarm, via: string, name: string): string | undefined {
  return (swarm.call('GET', `/nodes/${name}`, undefined, via).value as ApiNode).Status?.Message
}

function states(swarm: SimulatedSwarm): readonly string[] {
  return swarm.tasks('web').map(({ DesiredState, Status }) => `${DesiredState}/${Status?.State}`)
}

function ids(swarm: SimulatedSwarm, via: string): readonly string[] {
  return (swarm.call('GET', '/tasks', undefined, via).value as readonly { ID: string }[]).map(({ ID }) => ID)
}
