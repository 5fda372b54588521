import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../helpers/membership.ts'
import { serviceSpec } from '../../helpers/simulated-swarm.ts'

const WARNING = 'You are attempting to leave the swarm on a node that is participating as a manager. '
const CLOSING =
  'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.'

test('a manager is told what its leaving would mean', () => {
  const last = 'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. '
  const lost = (left: number, all: number) =>
    `Removing this node leaves ${left} managers out of ${all}. Without a Raft quorum your swarm will be inaccessible. `
  const cases = [
    { managers: 1, dead: [], text: last },
    { managers: 2, dead: [], text: lost(1, 2) + CLOSING },
    { managers: 3, dead: [], text: CLOSING },
    { managers: 3, dead: ['node3'], text: lost(1, 3) + CLOSING },
    { managers: 4, dead: ['node4'], text: lost(2, 4) + CLOSING },
    { managers: 5, dead: ['node5'], text: CLOSING },
    // Nobody can be asked how many there are.
    { managers: 3, dead: ['node2', 'node3'], text: CLOSING },
  ]
  for (const { managers, dead, text } of cases) {
    const swarm = members({ managers, workers: 0 })
    for (const machine of dead) swarm.strike(machine, 'kill')
    swarm.wait(40)
    const name = `${managers} managers, ${dead.length} dead`
    assert.deepEqual(swarm.leave('node1'), { status: 503, text: WARNING + text, seconds: 0 }, name)
  }
})

test('a manager waits five seconds for a leader that could count the managers', () => {
  const swarm = members({ managers: 3, workers: 0 })
  swarm.strike('node1', 'kill')
  swarm.wait(1)
  assert.deepEqual(swarm.leave('node2'), { status: 503, text: WARNING + CLOSING, seconds: 5 })
})

test('a worker leaves without a word, with its containers, and is missed after the usual grace', () => {
  const swarm = members({ managers: 1, workers: 1 })
  swarm.create(serviceSpec('web', { replicas: 'global' }))
  swarm.wait(10)
  const left = swarm.leave('node2')
  assert.equal(left.status, 200)
  assert.ok(left.seconds >= 0.7 && left.seconds < 2)
  assert.equal(swarm.info('node2').LocalNodeState, 'inactive')
  assert.deepEqual(swarm.call('GET', '/containers/json?all=1', undefined, 'node2').value, [])
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready worker'])
  swarm.wait(16.5)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 down worker'])
  const text = 'This node is not part of a swarm'
  assert.deepEqual(swarm.leave('node2'), { status: 503, text, seconds: 0 })
})

test('a manager that is forced out remains a member of the raft until it is demoted', () => {
  const swarm = members({ managers: 3, workers: 0 })
  assert.equal(swarm.leave('node3', 'force').status, 200)
  assert.equal(swarm.table()[2], 'node3 ready manager unreachable')
  swarm.wait(16.5)
  assert.equal(swarm.table()[2], 'node3 down manager unreachable')
  assert.equal(swarm.info('node1').Managers, 3)
  assert.equal(swarm.changeNode('node3', { Role: 'worker' }).status, 200)
  swarm.wait(1)
  assert.equal(swarm.table()[2], 'node3 down worker')
  assert.equal(swarm.info('node1').Managers, 2)
  assert.equal(swarm.ask('node1', 'DELETE', '/nodes/node3').status, 200)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready manager reachable'])
})

test('when the leader leaves another one is elected, as after a crash', () => {
  const swarm = members({ managers: 3, workers: 0 })
  swarm.leave('node1', 'force')
  swarm.wait(60)
  const leaders = swarm.table('node2').filter(row => row.endsWith('leader'))
  assert.equal(leaders.length, 1)
  assert.equal(swarm.table('node2')[0], 'node1 down manager unreachable')
})

test('who comes back is somebody else, and its name is ambiguous from then on', () => {
  const swarm = members({ managers: 1, workers: 1 })
  const token = swarm.token('worker')
  swarm.leave('node2')
  swarm.join('node2', token)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready worker', 'node2 ready worker'])
  const text = 'node node2 is ambiguous (2 matches found)'
  assert.deepEqual(swarm.ask('node1', 'GET', '/nodes/node2'), { status: 400, text, seconds: 0 })
  swarm.wait(16.5)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 down worker', 'node2 ready worker'])
})

test('a swarm that everybody has left is gone', () => {
  const swarm = members({ managers: 1, workers: 1 })
  swarm.leave('node2')
  swarm.leave('node1', 'force')
  assert.deepEqual(swarm.simulator.world.swarms, {})
  assert.equal(swarm.init('node2').status, 200)
  assert.deepEqual(swarm.table('node2'), ['node2 ready manager leader'])
})
