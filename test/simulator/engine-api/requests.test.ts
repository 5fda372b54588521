import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('a version that the engine does not speak is told so, each in its own way', () => {
  const { simulator, call } = simulatedSwarm()
  const tooNew = 'client version 1.99 is too new. Maximum supported API version is 1.50'
  assert.deepEqual(call('GET', '/v1.99/nodes').value, { message: tooNew })
  const reply = simulator.handle({ machine: 'node1', method: 'GET', path: '/v1.12/nodes', headers: {}, body: '' })
  assert.ok(reply.kind === 'answer')
  assert.equal(reply.headers['Content-Type'], 'text/plain; charset=utf-8')
  assert.match(reply.body, /^client version 1\.12 is too old\. Minimum supported API version is 1\.24, please upgrade/)
})

test('what a real engine does and this one does not is told apart from what no engine knows', () => {
  const { call } = simulatedSwarm()
  const cases: readonly (readonly [status: number, method: string, path: string])[] = [
    [501, 'POST', '/containers/create'],
    [501, 'POST', '/v1.41/containers/web/exec'],
    [501, 'GET', '/images/library/redis:8/json'],
    [501, 'POST', '/build'],
    [501, 'GET', '/plugins'],
    [501, 'POST', '/volumes/create'],
    [501, 'POST', '/session'],
    [404, 'POST', '/containers/web/nosuch'],
    [404, 'PUT', '/nodes'],
    [404, 'GET', '/secrets/'],
    [404, 'GET', '/'],
  ]
  for (const [status, method, path] of cases) assert.equal(call(method, path).status, status, `${method} ${path}`)
  assert.deepEqual(call('POST', '/v1.41/containers/web/exec').value, {
    message: 'POST /containers/{id}/exec is not simulated',
  })
})

test('a body without its type is no JSON, but no body needs no type', () => {
  const { simulator } = simulatedSwarm()
  const post = (body: string, type?: string) => {
    const headers = { 'content-type': type }
    const reply = simulator.handle({ machine: 'node1', method: 'POST', path: '/configs/create', headers, body })
    return reply.kind === 'answer' ? JSON.parse(reply.body).message : ''
  }
  assert.equal(post('{}'), 'malformed Content-Type header (): mime: no media type')
  assert.equal(post('{}', 'text/plain'), "unsupported Content-Type header (text/plain): must be 'application/json'")
  const nameless = 'rpc error: code = InvalidArgument desc = name must be provided'
  for (const type of [undefined, 'application/json', 'application/json; charset=utf-8'])
    assert.equal(post('', type), nameless)
})

test('a client of before 1.41 gets no counts, whatever it asks', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  assert.doesNotMatch(swarm.call('GET', '/v1.40/services?status=nonsense').body, /ServiceStatus/)
  assert.match(swarm.call('GET', '/v1.41/services?status=1').body, /ServiceStatus/)
})

test('an engine says to each version what that knows', () => {
  const { call } = simulatedSwarm()
  const info = (version: string) => call('GET', `/v${version}/info`).value as Readonly<Record<string, unknown>>
  assert.deepEqual(
    ['1.41', '1.46', '1.50'].map(version => [
      'Containerd' in info(version),
      'FirewallBackend' in info(version),
      'BridgeNfIptables' in info(version),
    ]),
    [
      [false, false, true],
      [true, false, true],
      [true, true, false],
    ],
  )
  const { Components } = call('GET', '/version').value as { readonly Components: readonly { readonly Name: string }[] }
  assert.deepEqual(
    Components.map(({ Name }) => Name),
    ['Engine', 'containerd', 'runc', 'docker-init'],
  )
})

test('filters are read in both their forms, and in no other', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  const status = (filters: string) => swarm.call('GET', `/services?filters=${encodeURIComponent(filters)}`).status
  for (const filters of ['{}', 'null', '{"name":["web"]}', '{"name":{"web":true}}', '{"name":null}']) {
    assert.equal(status(filters), 200, filters)
  }
  for (const filters of [
    '[]',
    '1',
    '{"name":"web"}',
    '{"name":{"web":1}}',
    '{"name":[1]}',
    '{"name":["a"],"id":{"b":true}}',
  ]) {
    assert.equal(status(filters), 400, filters)
  }
})
