import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiEvent, ApiInfo } from '../../source/api/info.ts'
import type { ApiService } from '../../source/api/service.ts'
import { serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

test('every path works plain and with a version, and every other one is not found', () => {
  const { call } = simulatedSwarm()
  for (const path of ['/nodes', '/v1.50/nodes', '/v1.41/nodes']) assert.equal(call('GET', path).status, 200)
  for (const path of ['/nodes/', '/node', '/v1.50', '/w1.50/nodes']) {
    assert.deepEqual(call('GET', path), NOT_FOUND, path)
  }
  assert.deepEqual(call('POST', '/nodes'), NOT_FOUND)
})

const NOT_FOUND = {
  status: 404,
  value: { message: 'page not found' },
  body: '{"message":"page not found"}\n',
}

test('refusals are the engine’s own, word for word', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web', { ports: [8080] }))
  const [web] = swarm.services()
  const spec = web?.Spec ?? {}
  const [node1] = swarm.nodes().filter(node => node.Description?.Hostname === 'node1')

  const cases: readonly (readonly [status: number, message: string, method: string, path: string, body?: unknown])[] = [
    [400, 'client version 1.99 is too new. Maximum supported API version is 1.50', 'GET', '/v1.99/nodes'],
    [404, 'node nosuch not found', 'GET', '/nodes/nosuch'],
    [404, 'service nosuch not found', 'GET', '/services/nosuch'],
    [404, 'task nosuch not found', 'GET', '/tasks/nosuch'],
    [400, "invalid filter 'foo'", 'GET', '/nodes?filters={"foo":["bar"]}'],
    [400, 'invalid filter', 'GET', '/nodes?filters={'],
    [500, "Invalid role filter: 'foo'", 'GET', '/nodes?filters={"role":["foo"]}'],
    [500, "Invalid desired-state filter: 'foo'", 'GET', '/tasks?filters={"desired-state":["foo"]}'],
    [404, 'service nosuch not found', 'GET', '/tasks?filters={"service":["nosuch"]}'],
    [
      400,
      'invalid value for status: foo: strconv.ParseBool: parsing "foo": invalid syntax',
      'GET',
      '/services?status=foo',
    ],
    [
      400,
      `invalid node version '': strconv.ParseUint: parsing "": invalid syntax`,
      'POST',
      '/nodes/node1/update',
      node1?.Spec,
    ],
    [
      500,
      'rpc error: code = Unknown desc = update out of sequence',
      'POST',
      '/nodes/node1/update?version=1',
      node1?.Spec,
    ],
    [
      400,
      'invalid Availability: "foo"',
      'POST',
      '/nodes/node1/update?version=1',
      { ...node1?.Spec, Availability: 'foo' },
    ],
    // A word that every object of JavaScript knows is none of Swarm's.
    [
      400,
      'invalid Role: "constructor"',
      'POST',
      '/nodes/node1/update?version=1',
      { ...node1?.Spec, Role: 'constructor' },
    ],
    [500, 'rpc error: code = Unknown desc = update out of sequence', 'POST', '/services/web/update?version=1', spec],
    [400, 'mismatched Runtime and *Spec fields', 'POST', '/services/create'],
    [400, 'mismatched Runtime and *Spec fields', 'POST', '/services/create', {}],
    [
      409,
      'rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists',
      'POST',
      '/services/create',
      serviceSpec('web'),
    ],
    [
      400,
      `rpc error: code = InvalidArgument desc = port '8080' is already in use by service 'web' (${web?.ID}) as an ingress port`,
      'POST',
      '/services/create',
      serviceSpec('other', { ports: [8080] }),
    ],
    [
      400,
      `rpc error: code = FailedPrecondition desc = service ${web?.ID} does not have a previous spec`,
      'POST',
      `/services/web/update?rollback=previous&version=${web?.Version?.Index}`,
      spec,
    ],
    [
      501,
      'rpc error: code = Unimplemented desc = renaming services is not supported',
      'POST',
      `/services/web/update?version=${web?.Version?.Index}`,
      { ...spec, Name: 'other' },
    ],
  ]
  for (const [status, message, method, path, body] of cases) {
    const answer = swarm.call(method, path, body)
    assert.deepEqual(
      { status: answer.status, value: answer.value },
      { status, value: { message } },
      `${method} ${path}`,
    )
  }
})

test('a worker’s engine speaks for itself but not for the cluster', () => {
  const { call } = simulatedSwarm()
  const answer = call('GET', '/nodes', undefined, 'node4')
  assert.equal(answer.status, 503)
  assert.match(answer.body, /Worker nodes can't be used to view or modify cluster state/)

  const info = call('GET', '/info', undefined, 'node4').value as ApiInfo
  assert.equal(info.Name, 'node4')
  assert.equal(info.Swarm?.ControlAvailable, false)
  assert.deepEqual(info.Labels, ['swarmtop.simulation=test'])
  assert.equal(info.Swarm?.RemoteManagers?.length, 3)
  assert.equal(info.Swarm?.Cluster, undefined)
})

test('demotions are refused in Swarm’s order', () => {
  const swarm = simulatedSwarm({ managers: 2, workers: 0 })
  assert.equal(swarm.changeNode('node2', { Role: 'worker' }).status, 200)
  assert.match(swarm.changeNode('node1', { Role: 'worker' }).body, /loss of quorum/)
  swarm.pass(6_000)
  assert.match(swarm.changeNode('node1', { Role: 'worker' }).body, /attempting to demote the last manager of the swarm/)
})

test('times are written as Go does, and the version of an object is the index of its last write', () => {
  const swarm = simulatedSwarm()
  swarm.pass(900)
  swarm.create(serviceSpec('web'))
  const before = swarm.services()[0]
  assert.equal(before?.CreatedAt, '2026-11-21T12:00:00.9Z')
  assert.match(before?.ID ?? '', /^[0-9a-z]{25}$/)
  swarm.pass(100)
  swarm.changeService('web', spec => ({ ...spec, Labels: { team: 'shop' } }))
  const after = swarm.services()[0]
  assert.equal(after?.UpdatedAt, '2026-11-21T12:00:01Z')
  assert.ok((after?.Version?.Index ?? 0) > (before?.Version?.Index ?? 0))
})

test('defaults are inserted for display and never stored', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  const plain = swarm.call('GET', '/services/web').value as ApiService
  const filled = swarm.call('GET', '/services/web?insertDefaults=true').value as ApiService
  assert.equal(plain.Spec?.UpdateConfig, undefined)
  assert.equal(filled.Spec?.UpdateConfig?.Parallelism, 1)
  assert.equal(filled.Spec?.TaskTemplate?.RestartPolicy?.Delay, 5e9)
  assert.equal(filled.Spec?.TaskTemplate?.ContainerSpec?.StopGracePeriod, 10e9)
})

test('a scale replaces nothing, and neither does a spec whose fields stand in another order', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web', { replicas: 2 }))
  swarm.pass(5_000)
  const ids = swarm.tasks('web').map(task => task.ID)
  swarm.changeService('web', ({ TaskTemplate, ...rest }) => ({
    TaskTemplate: Object.fromEntries(Object.entries({ ...TaskTemplate, RestartPolicy: null }).toReversed()),
    ...rest,
    Mode: { Replicated: { Replicas: 3 } },
  }))
  swarm.pass(5_000)
  assert.equal(swarm.tasks('web').filter(task => ids.includes(task.ID)).length, 2)
  assert.equal(swarm.services()[0]?.UpdateStatus, undefined)
})

test('events tell of nodes and services with what changed, and of no task', () => {
  const swarm = simulatedSwarm()
  const heard = swarm.listen('/events?filters={"scope":{"swarm":true}}')
  swarm.create(serviceSpec('web', { replicas: 2 }))
  swarm.pass(5_000)
  swarm.changeService('web', spec => ({ ...spec, Mode: { Replicated: { Replicas: 3 } } }))
  swarm.changeNode('node4', { Availability: 'drain' })
  swarm.changeService('web', spec => ({
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { Image: 'redis:9' } },
  }))
  swarm.call('DELETE', '/services/web')
  assert.deepEqual(heard().events.map(shorten), [
    'service create web',
    'service update web replicas.new=3 replicas.old=2',
    'node update node4 availability.new=drain availability.old=active',
    'service update web image.new=redis:9 image.old=redis:8',
    'service update web updatestate.new=updating',
    'service remove web',
  ])
})

test('an event stream replays what was missed and ends when it was told to', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  swarm.pass(60_000)
  const now = (Date.UTC(2026, 10, 21, 12) + 60_000) / 1_000
  const heard = swarm.listen(`/events?since=${now - 120}&until=${now + 5}&filters={"type":["service"]}`)
  assert.deepEqual(heard().events.map(shorten), ['service create web'])
  assert.equal(heard().hasEnded, false)
  swarm.pass(5_000)
  assert.equal(heard().hasEnded, true)
})

function shorten(event: ApiEvent): string {
  const { name, ...changes } = event.Actor?.Attributes ?? {}
  return [event.Type, event.Action, name, ...Object.entries(changes).map(([key, value]) => `${key}=${value}`)].join(' ')
}
