import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import { guardOperation } from '../../source/operations/guard-operation.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { apiManager, apiNode, apiService, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'
import { forceUpdate, onNode } from '../helpers/operation-builders.ts'

const guard = (operation: Operation, nodes: readonly ApiNode[] = wellReading.nodes ?? []) =>
  guardOperation(operation, clusterOf({ ...wellReading, nodes }), { isReadOnly: false })

const leader = apiManager('m1', { isLeader: true })
const well = (...names: readonly string[]) => names.map(name => apiManager(name))
const dead = (...names: readonly string[]) =>
  names.map(name => apiManager(name, { reachability: 'unreachable', state: 'down' }))

describe('what may be done to a swarm that is well', () => {
  const allowed: readonly Operation[] = [
    onNode('drain', 'w1'),
    onNode('drain', 'm1'),
    onNode('pause', 'w1'),
    onNode('promote', 'w1'),
    onNode('demote', 'm1'),
    onNode('demote', 'm3'),
    forceUpdate('api'),
  ]
  for (const operation of allowed) {
    test(`${operation.kind} ${operation.name}`, () => assert.equal(guard(operation), null))
  }
})

test('read-only refuses all of it', () => {
  const answer = guardOperation(onNode('drain', 'w1'), clusterOf(wellReading), { isReadOnly: true })
  assert.equal(answer, 'Nothing can be changed: swarmtop was started with --read-only')
})

describe('what is gone', () => {
  test('a node', () => assert.equal(guard(onNode('drain', 'w9')), 'Node w9 is no longer in the swarm'))
  test('a service', () => assert.equal(guard(forceUpdate('web')), 'Service web is no longer there'))
})

describe('what is so already', () => {
  const cases: readonly (readonly [Operation, ApiNode, string])[] = [
    [onNode('drain', 'w1'), apiNode({ name: 'w1', availability: 'drain' }), 'w1 is drained already'],
    [onNode('pause', 'w1'), apiNode({ name: 'w1', availability: 'pause' }), 'w1 is paused already'],
    [onNode('activate', 'w1'), apiNode({ name: 'w1' }), 'w1 is active already'],
    [onNode('demote', 'w1'), apiNode({ name: 'w1' }), 'w1 is a worker already'],
    [onNode('promote', 'm2'), apiManager('m2'), 'm2 is a manager already'],
    [
      onNode('promote', 'm2'),
      apiManager('m2', { reachability: null, state: 'down' }),
      'm2 is to be a manager already; it joins the managers when it is back',
    ],
  ]
  for (const [operation, node, expected] of cases) {
    test(expected, () => assert.equal(guard(operation, [leader, node]), expected))
  }
})

describe('a demotion that the raft would refuse', () => {
  const cases: readonly (readonly [why: string, target: string, nodes: readonly ApiNode[], answer: string | null])[] = [
    ['the only one', 'm1', [leader], 'm1 is the last manager: promote another node first'],
    ['one of two', 'm2', [leader, ...well('m2')], null],
    [
      'a reachable one of three, one of which is dead',
      'm2',
      [leader, ...well('m2'), ...dead('m3')],
      'Without m2 the quorum would be lost: only 1 of the other 2 managers can be reached and 2 are needed; first bring back or demote m3',
    ],
    ['the dead one of three', 'm3', [leader, ...well('m2'), ...dead('m3')], null],
    ['a reachable one of four, one of which is dead', 'm2', [leader, ...well('m2', 'm3'), ...dead('m4')], null],
    [
      'a reachable one of five, two of which are dead',
      'm2',
      [leader, ...well('m2', 'm3'), ...dead('m4', 'm5')],
      'Without m2 the quorum would be lost: only 2 of the other 4 managers can be reached and 3 are needed; first bring back or demote one of m4, m5',
    ],
    ['a dead one of five, two of which are dead', 'm5', [leader, ...well('m2', 'm3'), ...dead('m4', 'm5')], null],
    [
      'one that never joined the raft',
      'm2',
      [leader, apiManager('m2', { reachability: null })],
      'm2 cannot be demoted before it has joined; it has not joined the managers yet',
    ],
  ]
  for (const [why, target, nodes, answer] of cases) {
    test(why, () => assert.equal(guard(onNode('demote', target), nodes), answer))
  }
})

test('without a quorum nothing is even tried', () => {
  assert.equal(
    guard(onNode('drain', 'w1'), [leader, ...dead('m2', 'm3'), apiNode({ name: 'w1' })]),
    'Nothing can be changed without a quorum: only 1 of 3 managers can be reached, bring back one of m2, m3',
  )
})

describe('a forced update', () => {
  const guardService = (service: Parameters<typeof apiService>[0]) =>
    guardOperation(forceUpdate(service.name), clusterOf({ services: [apiService(service)] }), { isReadOnly: false })

  test('of no tasks at all has nothing to renew', () => {
    assert.equal(guardService({ name: 'api', replicas: 0 }), 'api is scaled to 0, so there is no task to renew')
  })
  test('of a job runs it again, which may be what is wanted', () => {
    assert.equal(guardService({ name: 'backup', mode: { ReplicatedJob: { TotalCompletions: 3 } } }), null)
  })
})

describe('an availability that labels go with', () => {
  const locked = { set: { 'swarmtop.maintenance': 'ops' }, unset: [] }
  const guardDrain = (labels: Readonly<Record<string, string>>) =>
    guard({ kind: 'drain', nodeId: nodeIdOf('w1'), name: 'w1', labels: locked }, [
      leader,
      apiNode({ name: 'w1', availability: 'drain', labels }),
    ])

  test('is there already only when the labels are, too', () => {
    assert.equal(guardDrain({}), null)
    assert.equal(guardDrain(locked.set), 'w1 is drained already')
  })
})

describe('what takes more than a name', () => {
  const down = apiNode({ name: 'w9', state: 'down', labels: { zone: 'a' } })
  const reading = {
    ...wellReading,
    nodes: [...(wellReading.nodes ?? []), down],
    services: [
      apiService({ name: 'api', replicas: 3, image: 'api:1', labels: { tier: 'web' }, previous: {} }),
      apiService({ name: 'agent', mode: { Global: {} } }),
      apiService({ name: 'job', mode: { ReplicatedJob: { TotalCompletions: 4 } } }),
      apiService({ name: 'stuck', update: { State: 'paused', Message: 'why' } }),
      apiService({ name: 'back', update: { State: 'rollback_paused', Message: 'why' } }),
      apiService({ name: 'shop_web', labels: { 'com.docker.stack.namespace': 'shop' } }),
    ],
  }
  const on = (name: string) => ({ serviceId: serviceIdOf(name), name })
  const node = (name: string) => ({ nodeId: nodeIdOf(name), name })
  const verdict = (operation: Operation) => guardOperation(operation, clusterOf(reading), { isReadOnly: false })

  const allowed: readonly Operation[] = [
    { kind: 'scale', ...on('api'), replicas: 0 },
    { kind: 'scale', ...on('job'), replicas: 5 },
    { kind: 'change-image', ...on('agent'), image: 'agent:2' },
    { kind: 'roll-back', ...on('api') },
    { kind: 'resume-update', ...on('stuck') },
    { kind: 'resume-update', ...on('back') },
    { kind: 'remove-service', ...on('api') },
    { kind: 'label-service', ...on('api'), set: { tier: 'db' }, unset: [] },
    { kind: 'label-service', ...on('api'), set: {}, unset: ['tier'] },
    { kind: 'label-node', ...node('w1'), set: { zone: '' }, unset: [] },
    { kind: 'remove-node', ...node('w9'), isForced: false },
    { kind: 'remove-node', ...node('w1'), isForced: true },
    { kind: 'remove-node', ...node('m2'), isForced: true },
    { kind: 'remove-stack', stack: 'shop', name: 'shop' },
    { kind: 'set-history-limit', limit: 3, name: 'the swarm' },
  ]
  for (const operation of allowed) {
    test(`may be: ${operation.kind} ${operation.name}`, () => assert.equal(verdict(operation), null))
  }

  const refused: readonly (readonly [reason: string, operation: Operation])[] = [
    ['api is scaled to 3 already', { kind: 'scale', ...on('api'), replicas: 3 }],
    ['job is to complete 4 times already', { kind: 'scale', ...on('job'), replicas: 4 }],
    [
      'agent is global: it has one task on each node that its constraints allow, and cannot be scaled',
      { kind: 'scale', ...on('agent'), replicas: 2 },
    ],
    ['api has the image api:1 already', { kind: 'change-image', ...on('api'), image: 'api:1' }],
    ['agent has no earlier settings to go back to', { kind: 'roll-back', ...on('agent') }],
    ['api has no update that is paused (no update)', { kind: 'resume-update', ...on('api') }],
    ['Service gone is no longer there', { kind: 'remove-service', ...on('gone') }],
    ['api has these labels already', { kind: 'label-service', ...on('api'), set: { tier: 'web' }, unset: [] }],
    ['w9 has no label disk; it has zone', { kind: 'label-node', ...node('w9'), set: {}, unset: ['disk'] }],
    ['w1 has no label __proto__; it has none', { kind: 'label-node', ...node('w1'), set: {}, unset: ['__proto__'] }],
    [
      'w1 is Ready: run docker swarm leave on it first, or force it out',
      { kind: 'remove-node', ...node('w1'), isForced: false },
    ],
    [
      'We see the swarm through m1: look at it through another manager first (--host)',
      { kind: 'remove-node', ...node('m1'), isForced: true },
    ],
    ['No service is in the stack blog any more', { kind: 'remove-stack', stack: 'blog', name: 'blog' }],
    ['The history limit is 5 already', { kind: 'set-history-limit', limit: 5, name: 'the swarm' }],
  ]
  for (const [reason, operation] of refused) {
    test(reason, () => assert.equal(verdict(operation), reason))
  }

  test('a manager is removed only where the others are enough without it', () => {
    const nodes = [leader, ...well('m2'), ...dead('m3')]
    assert.equal(
      guard({ kind: 'remove-node', ...node('m2'), isForced: true }, nodes),
      'Without m2 the quorum would be lost: only 1 of the other 2 managers can be reached and 2 are needed; first bring back or demote m3',
    )
    assert.equal(guard({ kind: 'remove-node', ...node('m3'), isForced: false }, nodes), null)
  })
})
