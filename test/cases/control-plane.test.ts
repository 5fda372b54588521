import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderOf, listNodes, secondsUntil } from '../helpers/list-nodes.ts'
import { simulatedSwarm } from '../helpers/simulated-swarm.ts'

test('124. Lost heartbeats: a node is down three periods after the last, and may not register too often', () => {
  for (let seed = 0; seed < 20; seed++) {
    const swarm = simulatedSwarm({ seed })
    swarm.pass(20_000)
    swarm.strike('node5', 'kill')
    const wait = secondsUntil(swarm, () => listNodes(swarm).node5 === 'down')
    // The last heartbeat was up to 5.5 s ago when its machine died.
    assert.ok(wait >= 13.5 - 5.5 && wait <= 16.6, `${wait} s`)
  }

  const swarm = simulatedSwarm()
  const [store] = Object.values(swarm.simulator.world.swarms)
  const registrations = () => Object.values(store?.leader.dispatcher.registrations ?? {}).flat()
  for (let ms = 0; ms < 8_000; ms += 200) {
    swarm.strike('node5', 'cut')
    swarm.strike('node5', 'heal')
    swarm.pass(200)
  }
  assert.ok(registrations().length <= 4)
  swarm.pass(10_000)
  assert.equal(listNodes(swarm).node5, 'ready')
})

test('128. Losing the leader: another leads, nobody else is ever down, and in the end all are ready', () => {
  for (let seed = 0; seed < 10; seed++) {
    const swarm = simulatedSwarm({ workers: 5, seed })
    swarm.pass(20_000)
    const before = swarm.nodes().map(({ ID }) => ID)
    swarm.strike('node1', 'stop')
    secondsUntil(swarm, () => leaderOf(swarm) !== '')
    const leader = leaderOf(swarm)
    assert.notEqual(leader, 'node1')

    const { node1: _, ...others } = listNodes(swarm, leader)
    assert.ok(Object.values(others).some(row => row.startsWith('unknown')))
    for (let second = 0; second < 60; second++) {
      const { node1: _, ...rows } = listNodes(swarm, leader)
      assert.ok(Object.values(rows).every(row => !row.startsWith('down')))
      swarm.pass(1_000)
    }
    swarm.strike('node1', 'start')
    swarm.strike('node8', 'kill')
    swarm.pass(5_000)
    swarm.strike('node8', 'start')
    swarm.pass(30_000)
    assert.ok(Object.values(listNodes(swarm, leader)).every(row => row.startsWith('ready')))
    const after = swarm.call('GET', '/nodes', undefined, leader).value as readonly { readonly ID: string }[]
    assert.deepEqual(
      after.map(({ ID }) => ID),
      before,
    )
  }
})
