import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EPOCH_MS, type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('each filter asks its own question, and one that nobody knows asks none', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  swarm.create(serviceSpec('worker'))
  swarm.call('POST', '/networks/create', { Name: 'web-net', Driver: 'overlay' })
  const cases: readonly (readonly [filters: object, found: readonly string[]])[] = [
    [{ type: ['service'] }, ['service create web', 'service create worker']],
    [{ type: ['service'], service: ['web'] }, ['service create web']],
    [{ service: ['web'], event: ['create'] }, ['service create web', 'network create web-net']],
    [{ network: ['web-net'], scope: ['swarm'] }, ['network create web-net', 'network update web-net']],
    [{ type: ['service'], label: ['name=worker'] }, ['service create worker']],
    [{ type: ['service'], nosuch: ['x'], event: ['remove'] }, []],
  ]
  for (const [filters, found] of cases) {
    assert.deepEqual(replay(swarm, `since=1&until=${now(swarm)}&filters=${JSON.stringify(filters)}`), found)
  }
})

test('without a beginning or an end nothing is replayed; with one of them what is remembered', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('early'))
  swarm.pass(10_000)
  swarm.create(serviceSpec('late'))
  const between = now(swarm) - 5
  const services = 'filters={"type":["service"]}'
  assert.deepEqual(replay(swarm, services), [])
  assert.deepEqual(replay(swarm, `since=${between}&${services}`), ['service create late'])
  assert.deepEqual(replay(swarm, `until=${between}&${services}`), ['service create early'])
  assert.deepEqual(replay(swarm, `since=1.5&until=${now(swarm)}.5&${services}`), [
    'service create early',
    'service create late',
  ])
})

test('times that are none, or the wrong way round, are refused', () => {
  const { call } = simulatedSwarm()
  assert.deepEqual(
    [call('GET', '/events?since=x').value, call('GET', '/events?since=20&until=10').value],
    [
      { message: 'strconv.ParseInt: parsing "x": invalid syntax' },
      { message: '`since` time (20) cannot be after `until` time (10)' },
    ],
  )
})

test('a new swarm is told of once its first node is ready, and its ingress network after that', () => {
  const swarm = simulatedSwarm({ managers: 0, workers: 0, strangers: 1 })
  const told = swarm.listen('/events')
  const init = swarm.begin('POST', '/swarm/init', { ListenAddr: '0.0.0.0:2377' })
  swarm.pass(2_000)
  assert.equal(init()?.status, 200)
  assert.deepEqual(
    told().events.map(({ Type, Action, Actor }) => [Type, Action, Actor?.Attributes]),
    [
      ['node', 'update', { name: 'node1', 'state.new': 'ready', 'state.old': 'unknown' }],
      ['network', 'create', { name: 'ingress', type: 'overlay' }],
    ],
  )
})

test('a service with ports is told of twice, one without once', () => {
  const swarm = simulatedSwarm()
  const heard = swarm.listen('/events?filters={"type":["service"]}')
  swarm.create(serviceSpec('plain'))
  swarm.create(serviceSpec('open', { ports: [8080] }))
  swarm.changeService('plain', spec => ({ ...spec, Labels: { a: 'b' } }))
  swarm.call('DELETE', '/services/open')
  const told = heard().events.map(({ Action, Actor }) => `${Action} ${Actor?.Attributes?.name}`)
  assert.deepEqual(told, ['create plain', 'create open', 'update open', 'update plain', 'remove open'])
})

function now(swarm: SimulatedSwarm): number {
  return Math.ceil((EPOCH_MS + swarm.simulator.world.now) / 1_000)
}

function replay(swarm: SimulatedSwarm, query: string): readonly string[] {
  return swarm
    .listen(`/events?${query}`)()
    .events.map(({ Type, Action, Actor }) => `${Type} ${Action} ${Actor?.Attributes?.name}`)
}
