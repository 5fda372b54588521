import assert from 'node:assert/strict'
import { test } from 'node:test'
import { members } from '../../helpers/membership.ts'

const NOT_IN_SWARM =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'
const EXISTS =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.'

test('a machine on its own makes a swarm, and others join it with its tokens', () => {
  const swarm = members({ managers: 0, workers: 0, strangers: 3 })
  assert.deepEqual(swarm.ask('node1', 'GET', '/nodes'), { status: 503, text: NOT_IN_SWARM, seconds: 0 })
  const made = swarm.init('node1')
  assert.equal(made.status, 200)
  assert.match(made.text, /^"[0-9a-z]{25}"$/)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader'])

  assert.equal(swarm.join('node2', swarm.token('worker')).status, 200)
  assert.equal(swarm.info('node2').ControlAvailable, false)
  assert.equal(swarm.join('node3', swarm.token('manager')).status, 200)
  assert.equal(swarm.info('node3').ControlAvailable, true)
  const all = ['node1 ready manager leader', 'node2 ready worker', 'node3 ready manager reachable']
  assert.deepEqual(swarm.table('node1'), all)
  assert.deepEqual(swarm.table('node3'), all)
})

test('managers are found at the port of their advertise address, or else of the one they listen on', () => {
  const table = [
    { ListenAddr: '0.0.0.0:2377', at: '10.0.1.1:2377' },
    { ListenAddr: '0.0.0.0:2399', at: '10.0.1.1:2399' },
    { ListenAddr: 'eth0:2399', AdvertiseAddr: 'eth0', at: '10.0.1.1:2399' },
    { ListenAddr: '0.0.0.0:2399', AdvertiseAddr: '10.0.1.1:2400', at: '10.0.1.1:2400' },
  ]
  for (const { at, ...addresses } of table) {
    const swarm = members({ managers: 0, workers: 0, strangers: 2 })
    assert.equal(swarm.init('node1', addresses).status, 200)
    assert.equal(swarm.nodes()[0]?.ManagerStatus?.Addr, at)
    const token = swarm.token('manager')
    const join = (address: string) =>
      swarm.ask('node2', 'POST', '/swarm/join', {
        ...request(token),
        ListenAddr: '0.0.0.0:2401',
        RemoteAddrs: [address],
      })
    assert.match(join('10.0.1.1:2402').text, /dial tcp 10\.0\.1\.1:2402: connect: connection refused/)
    assert.equal(join(at).status, 200)
    const known = swarm.info('node2').RemoteManagers?.map(({ Addr }) => Addr)
    assert.deepEqual(known?.toSorted(), [at, '10.0.1.2:2401'])
  }
})

test('a node that has just joined has neither a name nor a state until its agent has registered', () => {
  const swarm = members({ managers: 1, workers: 0, strangers: 1 })
  const events = swarm.listen('/events?filters={"type":["node"]}')
  const joined = swarm.begin('POST', '/swarm/join', request(swarm.token('worker')), 'node2')
  const [node] = swarm.nodes().filter(({ Status }) => Status?.State === 'unknown')
  assert.deepEqual(node?.Description, { Platform: {}, Resources: {}, Engine: {}, TLSInfo: {} })
  assert.deepEqual(node?.Status, { State: 'unknown' })
  swarm.wait(0.2)
  assert.equal(joined()?.status, 200)
  const told = events().events.map(({ Action, Actor }) => {
    const { name = '', 'state.old': before, 'state.new': after } = Actor?.Attributes ?? {}
    return [Action, name, before, after].filter(Boolean).join(' ')
  })
  assert.deepEqual(told, ['create', 'update', 'update', 'update', 'update node2 unknown ready'])
})

test('whoever is in a swarm stays in it', () => {
  const swarm = members({ managers: 1, workers: 1 })
  for (const machine of ['node1', 'node2']) {
    assert.deepEqual(swarm.init(machine), { status: 503, text: EXISTS, seconds: 0 })
    assert.deepEqual(swarm.join(machine, swarm.token('worker')), { status: 503, text: EXISTS, seconds: 0 })
  }
})

test('a request that cannot be is refused before anything is tried', () => {
  const swarm = members({ managers: 1, workers: 0, strangers: 1 })
  const refusals: readonly (readonly [string, object, number, string])[] = [
    ['init', { ListenAddr: '' }, 400, 'invalid ListenAddr "": invalid empty address'],
    [
      'init',
      { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: 'wlan7' },
      400,
      'advertise address must be a non-zero IP address or network interface (with optional port number)',
    ],
    ['init', { ListenAddr: '0.0.0.0:2377', Spec: { Name: 'mine' } }, 400, 'swarm spec must be named "default"'],
    ['join', { ListenAddr: '0.0.0.0:2377', RemoteAddrs: [] }, 400, 'at least 1 RemoteAddr is required to join'],
    ['join', request('SWMTKN-1-abc-def'), 500, 'invalid join token'],
  ]
  for (const [way, body, status, text] of refusals) {
    assert.deepEqual(swarm.ask('node2', 'POST', `/swarm/${way}`, body), { status, text, seconds: 0 }, text)
  }
  assert.equal(swarm.info('node2').LocalNodeState, 'inactive')
})

test('a machine that is refused asks five times, pending meanwhile, and is as it was before', () => {
  const swarm = members({ managers: 1, workers: 1, strangers: 1 })
  const good = swarm.token('worker')
  const other = members({ managers: 1, workers: 0, seed: 2 }).token('worker')

  const joining = swarm.begin('POST', '/swarm/join', request(good.replace(/.{25}$/, '0'.repeat(25))), 'node3')
  swarm.wait(5)
  assert.equal(swarm.info('node3').LocalNodeState, 'pending')
  assert.deepEqual(swarm.info('node3').RemoteManagers, [{ NodeID: '', Addr: '10.0.1.1:2377' }])
  swarm.wait(5)
  const text = 'rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster'
  assert.deepEqual(joining()?.value, { message: text })
  assert.equal(swarm.info('node3').LocalNodeState, 'inactive')

  const foreign = swarm.join('node3', other)
  assert.match(foreign.text, /^remote CA does not match fingerprint\. Expected: [0-9a-f]{64}$/)
  assert.deepEqual([foreign.status, foreign.seconds], [500, 10])

  const atWorker = swarm.join('node3', good, 'node2')
  assert.match(atWorker.text, /code = Unavailable .* dial tcp 10\.0\.1\.2:2377: connect: connection refused"$/)
  assert.deepEqual([atWorker.status, atWorker.seconds], [503, 10])
})

test('a swarm without a quorum takes nobody in', () => {
  const swarm = members({ managers: 3, workers: 0, strangers: 1 })
  const token = swarm.token('worker')
  swarm.strike('node1', 'kill')
  swarm.strike('node3', 'kill')
  swarm.wait(40)
  const told = swarm.join('node4', token, 'node2')
  assert.match(told.text, /^rpc error: code = Unknown desc = The swarm does not have a leader\./)
  assert.deepEqual([told.status, told.seconds], [500, 10])
})

test('an unheard request goes on in the background once the call has been given up', () => {
  const swarm = members({ managers: 1, workers: 0, strangers: 1 })
  const token = swarm.token('worker')
  swarm.strike('node1', 'cut')
  const told = swarm.join('node2', token)
  assert.match(told.text, /^Timeout was reached before node joined\. The attempt .* will continue in the background\./)
  assert.deepEqual([told.status, told.seconds], [503, 20])
  assert.equal(swarm.info('node2').LocalNodeState, 'pending')
  swarm.strike('node1', 'heal')
  swarm.wait(5)
  assert.equal(swarm.info('node2').LocalNodeState, 'active')
  assert.deepEqual(swarm.table(), ['node1 ready manager leader', 'node2 ready worker'])
})

test('who is refused at first and allowed meanwhile is taken in, however the path was spelt', () => {
  for (const path of ['/swarm/join', '/v1.50/swarm/join', '/v1.41/swarm/join?more=no']) {
    const swarm = members({ managers: 1, workers: 1, strangers: 1 })
    const joining = swarm.begin('POST', path, request(swarm.token('worker'), '10.0.1.2'), 'node3')
    swarm.wait(1)
    swarm.changeNode('node2', { Role: 'manager' })
    swarm.wait(4)
    assert.equal(joining()?.status, 200, path)
  }
})

test('several swarms live beside each other', () => {
  const swarm = members({ managers: 1, workers: 1, strangers: 2 })
  swarm.init('node3')
  swarm.join('node4', swarm.token('worker', 'node3'), 'node3')
  assert.deepEqual(swarm.table('node1'), ['node1 ready manager leader', 'node2 ready worker'])
  assert.deepEqual(swarm.table('node3'), ['node3 ready manager leader', 'node4 ready worker'])
})

function request(token: string, via = '10.0.1.1'): object {
  return { ListenAddr: '0.0.0.0:2377', RemoteAddrs: [`${via}:2377`], JoinToken: token }
}
