import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderOf, listNodes, secondsUntil } from '../../helpers/list-nodes.ts'
import { type SimulatedSwarm, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

/** Three managers and two workers; the leader is cut off at second 25. */
function cutOff(seed = 1): SimulatedSwarm {
  const swarm = simulatedSwarm({ seed })
  swarm.pass(25_000)
  swarm.strike('node1', 'cut')
  return swarm
}

test('a leader that is cut off shows the swarm as it knew it, while the others have another one', () => {
  const swarm = cutOff(3)
  swarm.pass(14_800)
  assert.deepEqual(listNodes(swarm), {
    node1: 'ready leader',
    node2: 'ready unreachable',
    node3: 'ready unreachable',
    node4: 'ready',
    node5: 'ready',
  })
  secondsUntil(swarm, () => leaderOf(swarm) !== '')
  const leader = leaderOf(swarm)
  assert.notEqual(leader, 'node1')
  assert.equal(listNodes(swarm, leader).node1, 'unknown unreachable')
})

test('two leaders may answer at once; what one shows stands still', () => {
  const swarms = Array.from({ length: 20 }, (_, seed) => cutOff(seed))
  const swarm = swarms.find(swarm => {
    swarm.pass(14_500)
    return leaderOf(swarm) !== 'node1'
  })
  assert.ok(swarm)
  const leader = leaderOf(swarm)
  assert.equal(listNodes(swarm).node1, 'ready leader')
  assert.equal(listNodes(swarm, leader)[leader]?.endsWith('leader'), true)
  swarm.pass(1_000)
  assert.equal(swarm.begin('GET', '/nodes')(), null)
})

test('a call that was sent to a leader who has vanished sits out its 20 s; a new one is answered at once', () => {
  const swarm = cutOff()
  swarm.pass(1_000)
  const sent = swarm.begin('GET', '/nodes', undefined, 'node2')
  secondsUntil(swarm, () => leaderOf(swarm) !== '' && leaderOf(swarm) !== 'node1')
  assert.equal(sent(), null)
  assert.equal(swarm.call('GET', '/nodes', undefined, 'node2').status, 200)
  swarm.pass(20_000)
  assert.equal(sent()?.status, 500)
})

test('a cut of a few seconds is nothing', () => {
  const swarm = cutOff()
  swarm.pass(7_000)
  swarm.strike('node1', 'heal')
  swarm.pass(60_000)
  assert.equal(leaderOf(swarm), 'node1')
  assert.ok(Object.values(listNodes(swarm)).every(row => row.startsWith('ready')))
})

test('a manager that was cut off for long deposes the healthy leader when it is back', () => {
  const swarm = simulatedSwarm()
  swarm.pass(25_000)
  swarm.strike('node3', 'cut')
  swarm.pass(60_000)
  assert.equal(leaderOf(swarm), 'node1')
  swarm.strike('node3', 'heal')
  swarm.pass(19_000)
  assert.equal(leaderOf(swarm), 'node1')

  const deposed = secondsUntil(swarm, () => leaderOf(swarm) === '')
  assert.ok(deposed <= 21)
  const outage = secondsUntil(swarm, () => leaderOf(swarm) !== '')
  assert.ok(outage >= 9 && outage <= 70, `${outage} s`)
  swarm.pass(15_000)
  const rows = listNodes(swarm, leaderOf(swarm))
  assert.ok(Object.values(rows).every(row => row.startsWith('ready')))
})

test('one that was killed instead, and started, deposes nobody', () => {
  const swarm = simulatedSwarm()
  swarm.pass(25_000)
  swarm.strike('node3', 'kill')
  swarm.pass(60_000)
  swarm.strike('node3', 'start')
  swarm.pass(90_000)
  assert.equal(leaderOf(swarm), 'node1')
  assert.equal(listNodes(swarm).node3, 'ready reachable')
})
