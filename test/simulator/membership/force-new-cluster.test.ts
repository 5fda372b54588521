import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Members, members } from '../../helpers/membership.ts'
import { serviceSpec } from '../../helpers/simulated-swarm.ts'

const FORCE = { ForceNewCluster: true }

test('the last manager goes on alone with everything the swarm had', () => {
  const swarm = members({ managers: 3, workers: 1, images: { stubborn: { stopMs: 'ignores-signal' } } })
  swarm.create(serviceSpec('web', { image: 'stubborn', replicas: 'global' }))
  swarm.wait(10)
  const before = swarm.info('node2').Cluster?.ID
  const token = swarm.token('worker')
  const container = tasksOf(swarm, 'node2').find(({ state }) => state === 'running')
  loseQuorum(swarm)

  const forced = swarm.init('node2', FORCE)
  assert.equal(forced.status, 200)
  assert.ok(forced.seconds > 14 && forced.seconds < 16, `its containers ignore the signal: ${forced.seconds} s`)
  swarm.wait(0.5)
  assert.equal(swarm.info('node2').Cluster?.ID, before)
  assert.equal(swarm.info('node2').Managers, 1)
  assert.equal(swarm.token('worker', 'node2'), token)
  assert.deepEqual(swarm.table('node2').slice(0, 3), [
    'node1 unknown manager',
    'node2 ready manager leader',
    'node3 down manager',
  ])
  swarm.wait(15)
  assert.equal(swarm.table('node2')[3], 'node4 ready worker')
  const lost = tasksOf(swarm, 'node2').find(({ id }) => id === container?.id)
  assert.equal(lost?.state, 'failed')
  assert.match(lost?.error ?? '', /^No such container: web\./)
  assert.ok(tasksOf(swarm, 'node2').some(({ state }) => state === 'running'))
})

test('its API is away meanwhile, and calls wait for it', () => {
  const swarm = members({ managers: 3, workers: 0 })
  loseQuorum(swarm)
  const forced = swarm.begin('POST', '/swarm/init', { ListenAddr: '0.0.0.0:2377', ...FORCE }, 'node2')
  const listed = swarm.begin('GET', '/nodes', undefined, 'node2')
  swarm.wait(2)
  assert.equal(listed(), null)
  assert.equal(pingOf(swarm, 'node2'), 'pending')
  swarm.wait(4)
  assert.equal(forced()?.status, 200)
  assert.equal(listed()?.status, 200)
  assert.equal(pingOf(swarm, 'node2'), 'active/manager')
})

test('old managers that come back are workers for a while, and then managers again', () => {
  const swarm = members({ managers: 3, workers: 0 })
  loseQuorum(swarm)
  swarm.init('node2', FORCE)
  swarm.strike('node1', 'start')
  swarm.wait(10)
  assert.equal(swarm.table('node2')[0], 'node1 ready manager')
  const listed = swarm.begin('GET', '/nodes', undefined, 'node1')
  while (pingOf(swarm, 'node1') === 'active/manager') swarm.wait(0.1)
  assert.equal(listed()?.status, 503, 'a call ends with the manager that it hung at')
  swarm.wait(10)
  assert.equal(pingOf(swarm, 'node1'), 'active/worker')
  swarm.wait(30)
  assert.equal(swarm.table('node2')[0], 'node1 ready manager reachable')
  assert.equal(swarm.info('node1').ControlAvailable, true)
})

test('a node that has left its raft behind can be removed without being demoted', () => {
  const swarm = members({ managers: 3, workers: 0 })
  loseQuorum(swarm)
  swarm.init('node2', FORCE)
  swarm.wait(40)
  assert.equal(swarm.ask('node2', 'DELETE', '/nodes/node1').status, 200)
  assert.deepEqual(swarm.table('node2'), ['node2 ready manager leader', 'node3 down manager'])
})

test('a majority that is well goes on without the one that forked off', () => {
  const swarm = members({ managers: 3, workers: 1 })
  swarm.init('node1', FORCE)
  swarm.wait(60)
  assert.deepEqual(swarm.table('node1'), [
    'node1 ready manager leader',
    'node2 down manager',
    'node3 down manager',
    'node4 down worker',
  ])
  assert.equal(swarm.table('node2').filter(row => row.endsWith('leader')).length, 1)
  assert.equal(swarm.table('node2')[0], 'node1 down manager unreachable')
  assert.equal(swarm.table('node2')[3], 'node4 ready worker')
})

test('machines that were out of reach follow when they are back', () => {
  const swarm = members({ managers: 2, workers: 1 })
  swarm.strike('node1', 'kill')
  swarm.strike('node3', 'cut')
  swarm.wait(40)
  swarm.init('node2', FORCE)
  assert.equal(Object.keys(swarm.simulator.world.swarms).length, 2)
  swarm.wait(40)
  assert.equal(swarm.table('node2')[2], 'node3 down worker')
  swarm.strike('node3', 'heal')
  swarm.wait(15)
  assert.equal(swarm.table('node2')[2], 'node3 ready worker')
  assert.equal(Object.keys(swarm.simulator.world.swarms).length, 1)
})

test('only a manager can force a new cluster; on a machine in no swarm it is an ordinary init', () => {
  const swarm = members({ managers: 1, workers: 1, strangers: 1 })
  const told = swarm.init('node2', FORCE)
  assert.deepEqual([told.status, told.seconds], [503, 0])
  assert.match(told.text, /Worker nodes can't be used/)
  assert.equal(swarm.init('node3', FORCE).status, 200)
  assert.deepEqual(swarm.table('node3'), ['node3 ready manager leader'])
})

/** node2 remains of three managers, and has found out that nobody leads. */
function loseQuorum(swarm: Members): void {
  swarm.strike('node3', 'kill')
  swarm.wait(20)
  swarm.strike('node1', 'kill')
  swarm.wait(40)
}

function pingOf(swarm: Members, machine: string): string | undefined {
  const reply = swarm.simulator.handle({ machine, method: 'GET', path: '/_ping', headers: {}, body: '' })
  return reply.kind === 'answer' ? reply.headers.Swarm : reply.kind
}

type SeenTask = { readonly id: string; readonly state: string; readonly error: string }

function tasksOf(swarm: Members, node: string): readonly SeenTask[] {
  const { value } = swarm.call('GET', `/tasks?filters={"node":["${node}"]}`, undefined, 'node2')
  const tasks = value as readonly { ID: string; Status: { State: string; Err?: string } }[]
  return tasks.map(({ ID, Status }) => ({ id: ID, state: Status.State, error: Status.Err ?? '' }))
}
