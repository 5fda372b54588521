import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Members, members } from '../../helpers/membership.ts'

const LOCKED =
  'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.'

test('a swarm that locks its managers tells the key, and nothing else changes', () => {
  const swarm = members({ managers: 1, workers: 0 })
  assert.equal(keyOf(swarm), '')
  lock(swarm)
  assert.match(keyOf(swarm), /^SWMKEY-1-[A-Za-z0-9+/]{43}$/)
  assert.deepEqual(swarm.table(), ['node1 ready manager leader'])
})

test('a manager that restarts is locked until it is given the key', () => {
  const swarm = members({ managers: 3, workers: 0 })
  lock(swarm)
  const key = keyOf(swarm)
  swarm.strike('node3', 'kill')
  swarm.wait(20)
  swarm.strike('node3', 'start')
  swarm.wait(20)
  const { LocalNodeState, NodeID, Error: problem } = swarm.info('node3')
  assert.deepEqual([LocalNodeState, NodeID, problem], ['locked', '', LOCKED])
  assert.deepEqual(swarm.ask('node3', 'GET', '/nodes'), { status: 503, text: LOCKED, seconds: 0 })
  assert.match(swarm.leave('node3').text, /^Swarm is encrypted and locked\. Please unlock it first or use `--force`/)
  assert.match(swarm.init('node3', { ForceNewCluster: true }).text, /Worker nodes can't be used/)
  assert.equal(swarm.info('node3').LocalNodeState, 'locked')
  assert.equal(swarm.table()[2], 'node3 down manager unreachable')

  const wrong = 'swarm could not be unlocked: invalid key provided'
  assert.deepEqual(refusal(swarm, 'node3', `SWMKEY-1-${'A'.repeat(43)}`), [401, wrong])
  assert.deepEqual(refusal(swarm, 'node3', 'sesame'), [400, 'invalid key string'])
  assert.equal(swarm.ask('node3', 'POST', '/swarm/unlock', { UnlockKey: key }).status, 200)
  swarm.wait(10)
  assert.equal(swarm.table()[2], 'node3 ready manager reachable')
  assert.equal(swarm.info('node3').LocalNodeState, 'active')
})

test('what is not locked cannot be unlocked', () => {
  const swarm = members({ managers: 1, workers: 1, strangers: 1 })
  assert.deepEqual(refusal(swarm, 'node1', 'any'), [409, 'swarm is not locked'])
  assert.match(String(refusal(swarm, 'node2', 'any')[1]), /Worker nodes can't be used/)
  assert.match(String(refusal(swarm, 'node3', 'any')[1]), /Use "docker swarm init"/)
})

test('the key can be changed, and is forgotten with the lock', () => {
  const swarm = members({ managers: 1, workers: 0 })
  lock(swarm)
  const first = keyOf(swarm)
  lock(swarm, 'rotateManagerUnlockKey=true')
  assert.notEqual(keyOf(swarm), first)
  update(swarm, { EncryptionConfig: { AutoLockManagers: false } })
  assert.equal(keyOf(swarm), '')
})

test('tokens are rotated one by one, and the old ones are void at once', () => {
  const swarm = members({ managers: 1, workers: 0, strangers: 1 })
  const [worker, manager] = [swarm.token('worker'), swarm.token('manager')]
  update(swarm, {}, 'rotateWorkerToken=true')
  assert.notEqual(swarm.token('worker'), worker)
  assert.equal(swarm.token('worker').slice(0, 60), worker.slice(0, 60))
  assert.equal(swarm.token('manager'), manager)
  assert.equal(swarm.join('node2', worker).status, 400)
  assert.equal(swarm.join('node2', swarm.token('worker')).status, 200)
})

test('an update stores what it is given: what is left out is zero', () => {
  const swarm = members({ managers: 1, workers: 0 })
  const events = swarm.listen('/events')
  assert.equal(swarm.ask('node1', 'POST', `/swarm/update?version=${versionOf(swarm)}`, {}).status, 200)
  const { Spec } = swarm.call('GET', '/swarm').value as { Spec: object }
  assert.deepEqual(Spec, {
    Name: 'default',
    Labels: {},
    Orchestration: { TaskHistoryRetentionLimit: 0 },
    Raft: { KeepOldSnapshots: 0, ElectionTick: 0, HeartbeatTick: 0 },
    Dispatcher: {},
    CAConfig: {},
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: false },
  })
  assert.deepEqual(events().events, [])
})

test('updates that cannot be are refused', () => {
  const swarm = members({ managers: 1, workers: 0 })
  const version = versionOf(swarm)
  const cases: readonly (readonly [string, object, number, string])[] = [
    ['', {}, 400, `invalid swarm version '': strconv.ParseUint: parsing "": invalid syntax`],
    [`version=${version + 1}`, {}, 500, 'rpc error: code = Unknown desc = update out of sequence'],
    [`version=${version}`, { Name: 'mine' }, 400, 'swarm spec must be named "default"'],
    [
      `version=${version}`,
      { CAConfig: { NodeCertExpiry: 60e9 } },
      400,
      'rpc error: code = InvalidArgument desc = minimum certificate expiry time is: 1h0m0s',
    ],
    [`version=${version}&rotateWorkerToken=perhaps`, {}, 400, 'invalid value for rotateWorkerToken: perhaps'],
  ]
  for (const [query, body, status, text] of cases) {
    assert.deepEqual(swarm.ask('node1', 'POST', `/swarm/update?${query}`, body), { status, text, seconds: 0 }, text)
  }
  assert.equal(versionOf(swarm), version)
})

test('certificates are renewed between half and four fifths of their life, which shows as two bare updates', () => {
  const swarm = members({ managers: 1, workers: 1 })
  const days = 24 * 60 * 60
  const versions = () => swarm.nodes().map(({ Version }) => Version?.Index)
  const before = versions()
  swarm.wait(45 * days - 1)
  assert.deepEqual(versions(), before)
  const events = swarm.listen('/events?filters={"type":["node"]}')
  swarm.wait(27 * days + 2)
  assert.equal(events().events.length, 4)
  assert.ok(versions().every((version, index) => (version ?? 0) > (before[index] ?? 0)))
})

function keyOf(swarm: Members): string {
  return (swarm.call('GET', '/swarm/unlockkey').value as { UnlockKey: string }).UnlockKey
}

function lock(swarm: Members, query = ''): void {
  update(swarm, { EncryptionConfig: { AutoLockManagers: true } }, query)
}

function update(swarm: Members, spec: object, query = ''): void {
  const { Spec } = swarm.call('GET', '/swarm').value as { Spec: object }
  const path = `/swarm/update?version=${versionOf(swarm)}&${query}`
  assert.equal(swarm.ask('node1', 'POST', path, { ...Spec, ...spec }).status, 200)
}

function versionOf(swarm: Members): number {
  return (swarm.call('GET', '/swarm').value as { Version: { Index: number } }).Version.Index
}

function refusal(swarm: Members, machine: string, UnlockKey: string): readonly unknown[] {
  const { status, text } = swarm.ask(machine, 'POST', '/swarm/unlock', { UnlockKey })
  return [status, text]
}
