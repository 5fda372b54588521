import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiInfo } from '../../../source/api/info.ts'
import { leaderOf, secondsUntil } from '../../helpers/list-nodes.ts'
import { type Answer, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const NO_LEADER =
  "The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."

test('a call without a leader is answered the moment there is one', () => {
  const swarm = simulatedSwarm()
  swarm.pass(20_300)
  swarm.strike('node1', 'kill')
  swarm.pass(1_000)
  const nodes = swarm.begin('GET', '/nodes', undefined, 'node2')
  const removal = swarm.begin('DELETE', '/services/web', undefined, 'node3')
  assert.deepEqual([nodes(), removal()], [null, null])
  secondsUntil(swarm, () => leaderOf(swarm) !== '')
  assert.equal(nodes()?.status, 200)
  assert.equal(removal()?.status, 404)
})

test('what an engine knows by itself it answers at once; about the swarm it has to ask', () => {
  const swarm = simulatedSwarm()
  swarm.pass(20_300)
  swarm.strike('node1', 'kill')
  swarm.strike('node2', 'kill')
  for (const path of ['/_ping', '/version', '/containers/json']) {
    assert.equal(swarm.call('GET', path, undefined, 'node3').status, 200)
  }
  const info = swarm.begin('GET', '/info', undefined, 'node3')
  assert.equal(info(), null)
  swarm.pass(20_000)
  const swarmInfo = swarmOf(info())
  assert.equal(swarmInfo.Error, 'rpc error: code = DeadlineExceeded desc = context deadline exceeded')
  assert.equal(swarmInfo.LocalNodeState, 'active')
  assert.equal(swarmInfo.ControlAvailable, true)
  assert.equal(swarmInfo.Nodes, undefined)

  swarm.pass(20_000)
  const late = swarmOf(swarm.call('GET', '/info', undefined, 'node3'))
  assert.match(late.Error ?? '', /The swarm does not have a leader/)
  const { Warnings } = swarm.call('GET', '/volumes', undefined, 'node3').value as { Warnings: readonly string[] | null }
  assert.deepEqual(Warnings, [late.Error])
})

test('networks of the swarm cannot be made or removed without a leader, an engine’s own can', () => {
  const swarm = simulatedSwarm()
  swarm.pass(20_300)
  swarm.strike('node1', 'kill')
  swarm.strike('node2', 'kill')
  swarm.pass(60_000)
  const ask = (method: string, path: string, body?: object) => {
    const { status, value } = swarm.call(method, path, body, 'node3')
    return [status, (value as { message?: string } | null)?.message]
  }
  const refusal = [500, `rpc error: code = Unknown desc = ${NO_LEADER}`]
  assert.deepEqual(ask('POST', '/networks/create', { Name: 'wide', Driver: 'overlay' }), refusal)
  assert.deepEqual(ask('DELETE', '/networks/ingress'), refusal)
  assert.deepEqual(ask('POST', '/networks/create', { Name: 'own', Driver: 'bridge' }), [201, undefined])
  assert.deepEqual(ask('DELETE', '/networks/own'), [204, undefined])
})

test('a leader that has just lost its majority makes and removes networks of its own all the same', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node2', 'kill')
  swarm.strike('node3', 'kill')
  assert.equal(swarm.call('POST', '/networks/create', { Name: 'own', Driver: 'bridge' }).status, 201)
  assert.equal(swarm.call('DELETE', '/networks/own').status, 204)
  const wide = swarm.begin('POST', '/networks/create', { Name: 'wide', Driver: 'overlay' })
  const ingress = swarm.begin('DELETE', '/networks/ingress')
  assert.deepEqual([wide(), ingress()], [null, null])
})

test('only a manager, and only for clients of today, asks the swarm for volumes', () => {
  const swarm = simulatedSwarm({ managers: 3, workers: 1 })
  swarm.pass(20_300)
  swarm.strike('node1', 'kill')
  swarm.strike('node2', 'kill')
  const hanging = swarm.begin('GET', '/volumes', undefined, 'node3')
  assert.equal(hanging(), null)
  const none = { Volumes: [], Warnings: null }
  assert.deepEqual(swarm.call('GET', '/v1.41/volumes', undefined, 'node3').value, none)
  assert.deepEqual(swarm.call('GET', '/volumes', undefined, 'node4').value, none)
  assert.equal(hanging(), null)
})

test('a machine that is off answers nothing, and what hung on it is gone with it', () => {
  const swarm = simulatedSwarm()
  const { simulator } = swarm
  swarm.strike('node1', 'kill')
  swarm.pass(1_000)
  const hanging = swarm.begin('GET', '/nodes', undefined, 'node2')
  const events = swarm.simulator.handle({ machine: 'node2', method: 'GET', path: '/events', headers: {}, body: '' })
  assert.equal(events.kind, 'stream')
  swarm.strike('node2', 'kill')
  swarm.pass(60_000)
  assert.equal(hanging(), null)
  assert.deepEqual([simulator.world.calls, simulator.world.streams], [{}, {}])
  const ping = { machine: 'node2', method: 'GET', path: '/_ping', headers: {}, body: '' }
  assert.deepEqual(simulator.handle(ping), { kind: 'closed' })
})

test('while an engine boots, calls wait for it', () => {
  const swarm = simulatedSwarm()
  swarm.strike('node5', 'kill')
  swarm.pass(1_000)
  swarm.strike('node5', 'start')
  const ping = swarm.begin('GET', '/_ping', undefined, 'node5')
  const nodes = swarm.begin('GET', '/nodes', undefined, 'node5')
  assert.deepEqual([ping(), nodes()], [null, null])
  swarm.pass(3_000)
  assert.deepEqual([ping()?.status, nodes()?.status], [200, 503])
})

test('a log that was asked for without a leader is streamed to the one who asked, head first', () => {
  const swarm = simulatedSwarm({ images: { chatty: { log: { everyMs: [500, 500], lines: ['hello {n}'] } } } })
  const { simulator } = swarm
  swarm.create(serviceSpec('web', { image: 'chatty:1' }))
  swarm.pass(10_000)
  swarm.strike('node1', 'kill')
  const path = '/services/web/logs?stdout=1&stderr=1&follow=1'
  const reply = simulator.handle({ machine: 'node2', method: 'GET', path, headers: {}, body: '' })
  assert.ok(reply.kind === 'pending')
  const told = simulator.advance(simulator.world.now + 40_000)
  assert.ok(told.length > 1)
  assert.ok(told.every(({ stream }) => stream === reply.stream))
  assert.deepEqual(
    told.map(({ head }) => head?.status ?? null),
    [200, ...told.slice(1).map(() => null)],
  )
  simulator.inject({ kind: 'hang-up', stream: reply.stream })
  assert.deepEqual(simulator.world.logStreams, {})
  assert.deepEqual(simulator.world.continuedCalls, {})
})

test('a stream that answers a call which had hung is forgotten with its machine', () => {
  const swarm = simulatedSwarm()
  const { simulator } = swarm
  swarm.strike('node5', 'kill')
  swarm.strike('node5', 'start')
  const reply = simulator.handle({ machine: 'node5', method: 'GET', path: '/events', headers: {}, body: '' })
  assert.equal(reply.kind, 'pending')
  swarm.pass(10_000)
  assert.equal(Object.keys(simulator.world.continuedCalls).length, 1)
  swarm.strike('node5', 'kill')
  assert.deepEqual([simulator.world.streams, simulator.world.continuedCalls], [{}, {}])
})

test('a client that has gone is forgotten', () => {
  const swarm = simulatedSwarm()
  const { simulator } = swarm
  swarm.strike('node1', 'kill')
  const ask = { machine: 'node2', method: 'GET', path: '/nodes', headers: {}, body: '' }
  const reply = simulator.handle(ask)
  assert.ok(reply.kind === 'pending')
  simulator.inject({ kind: 'hang-up', stream: reply.stream })
  swarm.pass(60_000)
  assert.deepEqual(simulator.world.calls, {})
})

function swarmOf(answer: Answer | null): NonNullable<ApiInfo['Swarm']> {
  const { Swarm } = (answer?.value ?? {}) as ApiInfo
  assert.ok(Swarm)
  return Swarm
}
