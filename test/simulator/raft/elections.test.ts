import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderOf, listNodes, secondsUntil } from '../../helpers/list-nodes.ts'
import { type SwarmOptions, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const SEEDS = Array.from({ length: 30 }, (_, seed) => seed)

/** A swarm that has been leading long enough for its phases to differ by seed. */
function settled(options: SwarmOptions = {}) {
  const swarm = simulatedSwarm(options)
  swarm.pass(20_300)
  return swarm
}

test('a leader that dies is followed after the shortest patience: 10 to 19 whole ticks since its last heartbeat', () => {
  const waits = SEEDS.map(seed => {
    const swarm = settled({ seed })
    swarm.strike('node1', 'kill')
    return secondsUntil(swarm, () => leaderOf(swarm) !== '')
  })
  assert.ok(Math.min(...waits) >= 9, `${Math.min(...waits)} s`)
  const single = waits.filter(wait => wait <= 19)
  assert.ok(single.length > SEEDS.length / 2, 'one round is the rule')
  assert.ok(single.length < SEEDS.length, 'a draw of two costs another round now and then')
  assert.ok(Math.max(...waits) <= 19 * 4)
})

test('until the others have registered with the new leader, nobody knows how they are', () => {
  const swarm = settled()
  swarm.strike('node1', 'kill')
  secondsUntil(swarm, () => leaderOf(swarm) !== '')
  const leader = leaderOf(swarm)
  const [message] = swarm
    .call('GET', '/nodes', undefined, leader)
    .body.match(/Node moved to \\"unknown\\" state due to leadership change in cluster/) ?? ['']
  assert.notEqual(message, '')
  assert.equal(listNodes(swarm, leader)[leader], 'unknown leader')

  secondsUntil(swarm, () => listNodes(swarm, leader)[leader] === 'ready leader')
  const others = secondsUntil(swarm, () => Object.values(listNodes(swarm, leader)).filter(isReady).length === 4)
  assert.ok(others <= 8)
  assert.equal(listNodes(swarm, leader).node1, 'unknown unreachable')

  const down = secondsUntil(swarm, () => listNodes(swarm, leader).node1 === 'down unreachable')
  assert.ok(down > 18 && down <= 33, `27 to 33 s after the election, here ${down} s after the last came back`)
})

test('a follower that dies costs no election and nobody is asked to wait', () => {
  const swarm = settled()
  swarm.strike('node2', 'kill')
  swarm.pass(300)
  assert.equal(listNodes(swarm, 'node3').node2, 'ready unreachable')
  swarm.pass(60_000)
  assert.equal(leaderOf(swarm), 'node1')
  assert.equal(listNodes(swarm, 'node3').node2, 'down unreachable')
})

test('a leader that is stopped in order hands nothing over: the wait is that of a crash', () => {
  const swarm = settled()
  swarm.strike('node1', 'stop')
  assert.ok(secondsUntil(swarm, () => leaderOf(swarm) !== '') >= 9)
})

test('a leader that is demoted hands over to the longest member, at once', () => {
  const swarm = settled()
  assert.equal(swarm.changeNode('node1', { Role: 'worker' }).status, 200)
  assert.ok(secondsUntil(swarm, () => leaderOf(swarm) === 'node2') < 0.3)
  assert.equal(listNodes(swarm, 'node2').node2, 'unknown leader')
  swarm.pass(12_000)
  assert.deepEqual(listNodes(swarm, 'node3'), {
    node1: 'ready',
    node2: 'ready leader',
    node3: 'ready reachable',
    node4: 'ready',
    node5: 'ready',
  })
})

test('a manager that is alone leads again as soon as it is back', () => {
  const swarm = settled({ managers: 1, workers: 1 })
  swarm.strike('node1', 'kill')
  swarm.pass(30_000)
  swarm.strike('node1', 'start')
  assert.ok(secondsUntil(swarm, () => leaderOf(swarm) === 'node1') <= 6.5)
  assert.deepEqual(listNodesWhenUp(), { node1: 'ready leader', node2: 'unknown' })
  swarm.pass(8_000)
  assert.deepEqual(listNodes(swarm), { node1: 'ready leader', node2: 'ready' })

  function listNodesWhenUp() {
    secondsUntil(swarm, () => swarm.simulator.world.machines.node1?.bootsUntil === null)
    return listNodes(swarm)
  }
})

test('of two managers neither can do without the other', () => {
  for (const lost of ['node1', 'node2']) {
    const swarm = settled({ managers: 2 })
    swarm.strike(lost, 'kill')
    swarm.pass(60_000)
    assert.equal(leaderOf(swarm), '')
    swarm.strike(lost, 'start')
    const wait = secondsUntil(swarm, () => leaderOf(swarm) !== '')
    assert.ok(wait >= 4 && wait <= 60, `${wait} s`)
    swarm.pass(10_000)
    assert.deepEqual(Object.values(listNodes(swarm)).filter(isReady).length, 4)
  }
})

test('who has missed a write is not elected, however often it asks', () => {
  for (const seed of SEEDS.slice(0, 10)) {
    const swarm = settled({ seed })
    swarm.strike('node3', 'cut')
    swarm.changeNode('node4', { Labels: { zone: 'a' } })
    swarm.strike('node1', 'kill')
    swarm.strike('node3', 'heal')
    secondsUntil(swarm, () => leaderOf(swarm) !== '')
    assert.equal(leaderOf(swarm), 'node2')
  }
})

test('five managers survive two deaths, and not a third', () => {
  const swarm = settled({ managers: 5 })
  swarm.strike('node1', 'kill')
  secondsUntil(swarm, () => leaderOf(swarm) !== '')
  const second = leaderOf(swarm)
  swarm.strike(second, 'poweroff')
  secondsUntil(swarm, () => leaderOf(swarm) !== second && leaderOf(swarm) !== '')
  swarm.strike(leaderOf(swarm), 'kill')
  swarm.pass(10 * 60_000)
  assert.equal(leaderOf(swarm), '')
})

function isReady(row: string): boolean {
  return row.startsWith('ready')
}
