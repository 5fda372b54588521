import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { findHappenings } from '../../source/swarm/find-happenings.ts'
import type { Happening } from '../../source/swarm/happening.ts'
import {
  apiInfo,
  apiManager,
  apiNode,
  apiService,
  apiTask,
  HOUR,
  MINUTE,
  NOW,
  SECOND,
  timeAgo,
} from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

/** A swarm of m1, which leads, m2 and w1, with service api; what is given replaces what bears its ID. */
function swarm(words: Partial<ApiReading> & { readonly agoMs?: number } = {}) {
  const nodes = [apiManager('m1', { isLeader: true }), apiManager('m2'), apiNode({ name: 'w1' })]
  const services = [apiService({ name: 'api' })]
  const info = words.info ?? apiInfo({ SystemTime: timeAgo(words.agoMs ?? 0) })
  return clusterOf({ nodes, services, ...words, info })
}

type Words = Parameters<typeof swarm>[0]

/** What happened from a reading a minute ago until now. */
const between = (before: Words, after: Words): readonly Happening[] =>
  findHappenings(swarm({ agoMs: MINUTE, ...before }), swarm(after))

const withM2 = (words: Parameters<typeof apiManager>[1]) => ({
  nodes: [apiManager('m1', { isLeader: !words?.isLeader }), apiManager('m2', words), apiNode({ name: 'w1' })],
})

const withW1 = (words: Partial<Parameters<typeof apiNode>[0]>) => ({
  nodes: [apiManager('m1', { isLeader: true }), apiManager('m2'), apiNode({ name: 'w1', ...words })],
})

const withApi = (words: Omit<Parameters<typeof apiService>[0], 'name'>) => ({
  services: [apiService({ name: 'api', ...words })],
})

const withTask = (words: Omit<Parameters<typeof apiTask>[0], 'service'>) => ({
  tasks: [apiTask({ service: 'api', slot: 1, node: 'w1', id: 't', ...words })],
})

test('nothing happened', () => {
  assert.deepEqual(between({}, {}), [])
})

test('two different swarms have no history in common', () => {
  const other = apiInfo({ Swarm: { Cluster: { ID: 'another' } } })
  assert.deepEqual(between({}, { info: other, nodes: [], services: [] }), [])
})

test('the leader changed', () => {
  assert.deepEqual(between({}, withM2({ isLeader: true })), [{ at: NOW, kind: 'leader-changed', from: 'm1', to: 'm2' }])
})

test('a manager became unreachable, and is back', () => {
  const kind = 'manager-reachability-changed'
  const lost = withM2({ reachability: 'unreachable' })
  assert.deepEqual(between({}, lost), [{ at: NOW, kind, node: 'm2', isReachable: false }])
  assert.deepEqual(between(lost, {}), [{ at: NOW, kind, node: 'm2', isReachable: true }])
})

test('a node went down, with the dispatcher’s reason', () => {
  assert.deepEqual(between({}, withW1({ state: 'down', message: 'heartbeat failure' })), [
    {
      at: NOW - MINUTE,
      kind: 'node-state-changed',
      node: 'w1',
      from: 'ready',
      to: 'down',
      message: 'heartbeat failure',
    },
  ])
})

test('that a new leader has not heard from a node yet is no news, that it goes down then is', () => {
  const message = 'Node moved to "unknown" state due to leadership change in cluster'
  const doubted = withW1({ state: 'unknown', message })
  assert.deepEqual(between({}, doubted), [])
  assert.deepEqual(between(doubted, {}), [])
  assert.deepEqual(
    between(doubted, withW1({ state: 'down' })).map(({ kind }) => kind),
    ['node-state-changed'],
  )
})

test('a node was drained, another promoted', () => {
  assert.deepEqual(
    between({}, withW1({ availability: 'drain' })).map(({ at: _, ...rest }) => rest),
    [{ kind: 'node-availability-changed', node: 'w1', from: 'active', to: 'drain' }],
  )
  assert.deepEqual(between({}, withW1({ role: 'manager' })), [
    { at: NOW, kind: 'node-role-changed', node: 'w1', to: 'manager' },
  ])
})

test('a node joined, at the time of its birth, and was removed; its name is no news', () => {
  const joined = withW1({ id: 'new', name: 'w2', createdAgoMs: 10 * SECOND })
  assert.deepEqual(between({}, joined), [
    { at: NOW - 10 * SECOND, kind: 'node-joined', node: 'w2' },
    { at: NOW, kind: 'node-removed', node: 'w1' },
  ])
  assert.deepEqual(between({}, withW1({ id: 'node-w1', name: 'renamed' })), [])
})

test('a service came, was scaled, got another image, went', () => {
  const at = NOW - MINUTE
  assert.deepEqual(between({ services: [] }, {}), [{ at, kind: 'service-created', service: 'api' }])
  assert.deepEqual(between({}, { services: [] }), [{ at: NOW, kind: 'service-removed', service: 'api' }])
  assert.deepEqual(between({}, withApi({ replicas: 4 })), [
    { at, kind: 'service-scaled', service: 'api', from: 1, to: 4 },
  ])
  assert.deepEqual(between({}, withApi({ image: 'api:2' })), [
    { at, kind: 'service-image-changed', service: 'api', from: 'api:1', to: 'api:2' },
  ])
})

test('what tasks of a service still do that was removed before is no news', () => {
  const gone = { services: [] }
  const states = ['running', 'shutdown', 'failed'] as const
  for (const state of states) {
    assert.deepEqual(between({ ...withTask({ state: 'starting' }), ...gone }, { ...withTask({ state }), ...gone }), [])
  }
  assert.deepEqual(between({ ...withTask({ state: 'running' }), ...gone }, gone), [])
})

test('an update began, was paused with its message, and was completed', () => {
  const started = { State: 'updating', StartedAt: timeAgo(30 * SECOND), Message: 'update in progress' }
  const updating = withApi({ update: started })
  const message = 'update paused due to failure or early termination of task t'
  const paused = withApi({ update: { ...started, State: 'paused', Message: message } })
  const completed = withApi({
    update: { ...started, State: 'completed', CompletedAt: timeAgo(5 * SECOND), Message: 'update completed' },
  })
  const change = { kind: 'update-changed', service: 'api' }
  assert.deepEqual(between({}, updating), [
    { at: NOW - 30 * SECOND, ...change, from: null, to: 'updating', message: 'update in progress' },
  ])
  assert.deepEqual(between(updating, paused), [{ at: NOW, ...change, from: 'updating', to: 'paused', message }])
  assert.deepEqual(between(updating, completed), [
    { at: NOW - 5 * SECOND, ...change, from: 'updating', to: 'completed', message: 'update completed' },
  ])
  assert.deepEqual(between(completed, {}), [])
  assert.deepEqual(between(completed, completed), [])
})

test('an update that began and ended between two readings is told by its times', () => {
  const completedAgo = (agoMs: number) =>
    withApi({ update: { State: 'completed', StartedAt: timeAgo(agoMs + SECOND), CompletedAt: timeAgo(agoMs) } })
  assert.deepEqual(
    between(completedAgo(HOUR), completedAgo(SECOND)).map(({ at, kind }) => [at, kind]),
    [[NOW - SECOND, 'update-changed']],
  )
})

test('a task failed: once, with its error and exit code', () => {
  const running = withTask({ state: 'running' })
  const failed = withTask({ state: 'failed', error: 'task: non-zero exit (137)', exitCode: 137, stateAgoMs: SECOND })
  const happening = {
    at: NOW - SECOND,
    kind: 'task-ended',
    task: 'api.1',
    node: 'w1',
    state: 'failed',
    error: 'task: non-zero exit (137)',
    exitCode: 137,
  }
  assert.deepEqual(between(running, failed), [happening])
  assert.deepEqual(between({}, failed), [happening])
  assert.deepEqual(between(failed, failed), [])
  assert.deepEqual(between(failed, withTask({ state: 'orphaned' })), [])
})

test('a task that was rejected, or whose node was removed', () => {
  const running = withTask({ state: 'running' })
  const rejected = withTask({ state: 'rejected', error: 'No such image: nosuch:1' })
  assert.deepEqual(
    between(running, rejected).map(happening => happening.kind === 'task-ended' && happening.state),
    ['rejected'],
  )
  assert.deepEqual(
    between(running, withTask({ state: 'orphaned' })).map(
      happening => happening.kind === 'task-ended' && happening.state,
    ),
    ['orphaned'],
  )
})

test('tasks that started, were stopped on request or finished are told together, service by service', () => {
  const both = (words: Partial<Parameters<typeof apiTask>[0]>) => ({
    tasks: [
      apiTask({ service: 'api', slot: 1, node: 'w1', id: 't', ...words }),
      apiTask({ service: 'api', slot: 2, node: 'm1', id: 'u', ...words }),
    ],
  })
  const running = both({ state: 'running', stateAgoMs: SECOND })
  const told = (kind: string, at: number) => [{ at, kind, service: 'api', count: 2, nodes: ['m1', 'w1'] }]
  assert.deepEqual(between({}, running), told('tasks-started', NOW - SECOND))
  assert.deepEqual(between(both({ state: 'starting' }), running), told('tasks-started', NOW - SECOND))
  assert.deepEqual(
    between(running, both({ state: 'shutdown', stateAgoMs: SECOND })),
    told('tasks-stopped', NOW - SECOND),
  )
  assert.deepEqual(
    between(running, both({ state: 'complete', stateAgoMs: SECOND })),
    told('tasks-finished', NOW - SECOND),
  )
  assert.deepEqual(between(running, running), [])
})

test('a task that ran and is there no more was stopped, one that had ended is no news', () => {
  assert.deepEqual(
    between(withTask({ state: 'running' }), { tasks: [] }).map(({ kind }) => kind),
    ['tasks-stopped'],
  )
  assert.deepEqual(between(withTask({ state: 'shutdown' }), { tasks: [] }), [])
})

test('a task finds no node: told when the scheduler says so first', () => {
  const pending = (error?: string) => ({
    tasks: [
      apiTask({
        service: 'api',
        slot: 1,
        id: 't',
        state: 'pending',
        createdAgoMs: SECOND,
        ...(error === undefined ? {} : { error }),
      }),
    ],
  })
  const error = 'no suitable node (1 node not available for new tasks)'
  const happening = { at: NOW - SECOND, kind: 'task-pending', task: 'api.1', error }
  assert.deepEqual(between({}, pending(error)), [happening])
  assert.deepEqual(between(pending(), pending(error)), [happening])
  assert.deepEqual(between(pending(error), pending(error)), [])
  assert.deepEqual(between(pending(error), pending('no suitable node (insufficient resources on 1 node)')), [])
})

test('they stand in order of time, causes before what they cause, and never outside the two readings', () => {
  const after = {
    ...withM2({ isLeader: true }),
    tasks: [
      apiTask({ service: 'api', slot: 2, state: 'failed', createdAgoMs: HOUR }),
      apiTask({ service: 'api', slot: 3, state: 'failed', createdAgoMs: SECOND }),
      apiTask({ service: 'api', slot: 4, state: 'failed', createdAgoMs: -HOUR }),
    ],
  }
  assert.deepEqual(
    between({}, after).map(happening => [
      happening.at,
      happening.kind === 'task-ended' ? happening.task : happening.kind,
    ]),
    [
      [NOW - MINUTE, 'api.2'],
      [NOW - SECOND, 'api.3'],
      [NOW, 'leader-changed'],
      [NOW, 'api.4'],
    ],
  )
})
