import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderOf, listNodes, secondsUntil } from '../../helpers/list-nodes.ts'
import { type SimulatedSwarm, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."
const TIMED_OUT = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'

/** Three managers, of which the two followers have died at second 25; its check is due at 40. */
function withoutMajority(): SimulatedSwarm {
  const swarm = simulatedSwarm({ workers: 1 })
  swarm.pass(25_000)
  swarm.strike('node2', 'kill')
  swarm.strike('node3', 'kill')
  return swarm
}

test('a lone leader reads on for 10 to 20 s, then one call hangs for 20 s, then all are refused at once', () => {
  const swarm = withoutMajority()
  swarm.pass(14_900)
  assert.deepEqual(listNodes(swarm), {
    node1: 'ready leader',
    node2: 'ready unreachable',
    node3: 'ready unreachable',
    node4: 'ready',
  })

  swarm.pass(200)
  const hanging = swarm.begin('GET', '/nodes')
  swarm.pass(19_900)
  assert.equal(hanging(), null)
  swarm.pass(100)
  assert.deepEqual(told(hanging()), [500, TIMED_OUT])
  assert.deepEqual(told(swarm.call('GET', '/nodes')), [500, NO_LEADER])
  assert.deepEqual(told(swarm.call('DELETE', '/services/web')), [500, NO_LEADER])
})

test('what was to be written hangs until the leader gives up', () => {
  const swarm = withoutMajority()
  const early = swarm.begin('POST', '/nodes/node4/update?version=1', { Role: 'worker', Availability: 'drain' })
  swarm.pass(10_000)
  const late = swarm.begin('DELETE', '/services/web')
  swarm.pass(4_900)
  assert.deepEqual([early(), late()], [null, null])
  swarm.pass(200)
  const lost = 'rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status'
  assert.deepEqual(
    [told(early()), told(late())],
    [
      [500, lost],
      [500, lost],
    ],
  )
})

test('what was to be written is written when a majority is back in time', () => {
  const swarm = withoutMajority()
  const hanging = swarm.begin('DELETE', '/services/web')
  swarm.strike('node2', 'start')
  swarm.pass(7_000)
  assert.deepEqual(told(hanging()), [404, 'service web not found'])
  assert.equal(leaderOf(swarm), 'node1')
})

test('nothing changes without a majority, and the containers do not care', () => {
  const swarm = withoutMajority()
  const before = swarm.tasks()
  swarm.pass(14_000)
  const nodes = swarm.nodes()
  swarm.pass(10 * 60_000)
  const [store] = Object.values(swarm.simulator.world.swarms)
  assert.deepEqual(Object.values(store?.tasks ?? {}).length, before.length)
  assert.deepEqual(
    Object.values(store?.nodes ?? {}).map(({ version }) => version),
    nodes.map(({ Version }) => Version?.Index),
  )
})

test('one manager that returns is enough; the third stays down until it returns too', () => {
  const swarm = withoutMajority()
  swarm.pass(60_000)
  swarm.strike('node2', 'start')
  const wait = secondsUntil(swarm, () => leaderOf(swarm) !== '')
  assert.ok(wait <= 60, `${wait} s`)
  swarm.pass(10_000)
  const leader = leaderOf(swarm)
  assert.equal(listNodes(swarm, leader).node3, 'unknown unreachable')
  assert.equal(listNodes(swarm, leader).node4, 'ready')
  swarm.pass(30_000)
  assert.equal(listNodes(swarm, leader).node3, 'down unreachable')
  swarm.strike('node3', 'start')
  swarm.pass(10_000)
  assert.equal(listNodes(swarm, leader).node3, 'ready reachable')
})

test('a manager that is started without a majority answers nothing for 20 s and then only that it has no leader', () => {
  const swarm = withoutMajority()
  swarm.strike('node1', 'kill')
  swarm.pass(1_000)
  swarm.strike('node1', 'start')
  const ping = swarm.begin('GET', '/_ping')
  const nodes = swarm.begin('GET', '/nodes')
  swarm.pass(18_000)
  assert.deepEqual([ping(), nodes()], [null, null])
  swarm.pass(4_000)
  assert.equal(ping()?.body, 'OK')
  assert.deepEqual(told(nodes()), [500, NO_LEADER])
})

function told(answer: { readonly status: number; readonly value: unknown } | null): unknown {
  return answer && [answer.status, (answer.value as { readonly message?: string }).message]
}
