import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../helpers/membership.ts'
import { serviceSpec } from '../../helpers/simulated-swarm.ts'

test('only what is down, or forced, and no manager can be removed', () => {
  const swarm = members({ managers: 3, workers: 2 })
  swarm.strike('node5', 'kill')
  swarm.strike('node3', 'kill')
  swarm.wait(20)
  const idOf = (name: string) => swarm.nodes().find(({ Description }) => Description?.Hostname === name)?.ID
  const prefix = 'rpc error: code = FailedPrecondition desc = node'
  const isManager =
    'is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal'
  const cases: readonly (readonly [string, number, string])[] = [
    ['nosuch', 404, 'node nosuch not found'],
    ['node4', 400, `${prefix} ${idOf('node4')} is not down and can't be removed`],
    ['node3', 400, `${prefix} ${idOf('node3')} ${isManager}`],
    ['node3?force=1', 400, `${prefix} ${idOf('node3')} ${isManager}`],
    ['node5', 200, ''],
    ['node4?force=true', 200, ''],
  ]
  for (const [path, status, text] of cases) {
    assert.deepEqual(swarm.ask('node1', 'DELETE', `/nodes/${path}`), { status, text, seconds: 0 }, path)
  }
  assert.deepEqual(swarm.table(), [
    'node1 ready manager leader',
    'node2 ready manager reachable',
    'node3 down manager unreachable',
  ])
})

test('a removed node loses its tasks at once, and they are replaced elsewhere', () => {
  const swarm = members({ managers: 1, workers: 1 })
  swarm.create(serviceSpec('web', { replicas: 2 }))
  swarm.wait(5)
  const node = swarm.nodes().find(({ Spec }) => Spec?.Role === 'worker')?.ID
  assert.equal(swarm.ask('node1', 'DELETE', '/nodes/node2?force=1').status, 200)
  const lost = swarm.tasks('web').find(({ NodeID }) => NodeID === node)
  assert.equal(lost?.Status?.State, 'orphaned')
  assert.equal(lost?.Status?.Message, 'Task belonged to a node that has been deleted')
  swarm.wait(10)
  const running = swarm.tasks('web').filter(({ Status }) => Status?.State === 'running')
  assert.equal(running.length, 2)
  assert.ok(running.every(({ NodeID }) => NodeID !== node))
})

test('a removed machine does not notice: it is active, without containers, and has to leave before it can join', () => {
  const swarm = members({ managers: 1, workers: 1 })
  swarm.create(serviceSpec('web', { replicas: 'global' }))
  swarm.wait(5)
  const token = swarm.token('worker')
  swarm.ask('node1', 'DELETE', '/nodes/node2?force=1')
  swarm.wait(45)
  const { LocalNodeState, Error: problem } = swarm.info('node2')
  assert.deepEqual([LocalNodeState, problem], ['active', ''])
  assert.deepEqual(swarm.call('GET', '/containers/json?all=1', undefined, 'node2').value, [])
  assert.equal(swarm.join('node2', token).status, 503)
  assert.equal(swarm.leave('node2').status, 200)
  assert.equal(swarm.join('node2', token).status, 200)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready worker'])
})

test('a removed manager that restarts finds no leader', () => {
  const swarm = members({ managers: 3, workers: 0 })
  swarm.strike('node3', 'kill')
  swarm.wait(20)
  swarm.changeNode('node3', { Role: 'worker' })
  swarm.wait(1)
  assert.equal(swarm.ask('node1', 'DELETE', '/nodes/node3').status, 200)
  swarm.strike('node3', 'start')
  const told = swarm.ask('node3', 'GET', '/nodes')
  assert.equal(told.status, 500)
  assert.match(told.text, /^rpc error: code = Unknown desc = The swarm does not have a leader\./)
  assert.ok(told.seconds > 20 && told.seconds < 28)
  const { LocalNodeState, ControlAvailable, Cluster } = swarm.info('node3')
  assert.deepEqual([LocalNodeState, ControlAvailable, Cluster?.ID], ['pending', true, ''])
})
