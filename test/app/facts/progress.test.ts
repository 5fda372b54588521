import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiReading } from '../../../source/api/info.ts'
import type { ApiService } from '../../../source/api/service.ts'
import { progressFacts } from '../../../source/app/facts/progress.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTask,
  MINUTE,
  SECOND,
  serviceIdOf,
  timeAgo,
} from '../../helpers/api-builders.ts'
import { linesOf, toldUnder } from '../../helpers/fact-lines.ts'
import { troubledReading } from '../../helpers/readings.ts'
import { stateOf } from '../../helpers/state-builders.ts'

const nodes = [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' }), apiNode({ name: 'w2' })]

const pageOf = (service: ApiService, tasks: ApiReading['tasks']) =>
  progressFacts(
    stateOf({
      reading: { nodes, services: [service], tasks },
      view: { screen: { kind: 'service', serviceId: serviceIdOf('api') }, focus: 'progress' },
    }),
  )

const old = (slot: number, node = 'm1') => apiTask({ service: 'api', slot, node })
const renewed = (slot: number, node = 'w1') =>
  apiTask({ service: 'api', slot, node, createdAgoMs: MINUTE, stateAgoMs: 50 * SECOND })
const updating = { State: 'updating', StartedAt: timeAgo(2 * MINUTE), Message: 'update in progress' }

test('an update under way: a bar for the whole, a bar a slot, the message and what is left', () => {
  const service = apiService({ name: 'api', replicas: 4, update: updating, parallelism: 2, updateDelayMs: 10_000 })
  const tasks = [
    renewed(1),
    renewed(2, 'w2'),
    apiTask({ service: 'api', slot: 3, node: 'w1', state: 'preparing', createdAgoMs: 5 * SECOND }),
    apiTask({ service: 'api', slot: 3, node: 'm1', state: 'running', desired: 'shutdown' }),
    old(4),
  ]
  assert.deepEqual(linesOf(pageOf(service, tasks)), [
    '# Updating  2 of 4 slots renewed',
    'whole: [50] 2 new, 1 starting, 1 still old',
    'message: update in progress',
    'began: 2 minutes ago',
    'pace: 2 at a time, 10 s after each, stop-first, watched for 5 s',
    'left: 2 slots to go, about 2 min at this pace; then 11 s without a failure',
    '# Slot by slot',
    'api.1: [100] running on w1 for 50 seconds',
    'api.2: [100] running on w2 for 50 seconds',
    'api.3: [67] preparing on w1 for 5 seconds',
    'api.4: [0] old, running on m1',
  ])
})

test('an update that waits for its last watch', () => {
  const service = apiService({ name: 'api', replicas: 1, update: updating })
  assert.deepEqual(toldUnder(pageOf(service, [renewed(1)]), 'left'), [
    'every slot is renewed; it is complete after 5 s without a failure',
  ])
})

test('a paused update says which task paused it, why, and what helps', () => {
  const Message = 'update paused due to failure or early termination of task t1'
  const service = apiService({ name: 'api', replicas: 2, update: { ...updating, State: 'paused', Message } })
  const failed = (id: string, createdAgoMs: number) =>
    apiTask({
      id,
      service: 'api',
      slot: 1,
      node: 'w1',
      state: 'failed',
      error: 'task: non-zero exit (137)',
      exitCode: 137,
      createdAgoMs,
      stateAgoMs: createdAgoMs - 10 * SECOND,
    })
  const facts = pageOf({ ...service, PreviousSpec: service.Spec ?? null }, [
    failed('t1', 40 * SECOND),
    failed('t0', 70 * SECOND),
    apiTask({ service: 'api', slot: 1, node: 'w1', state: 'ready', desired: 'ready', createdAgoMs: SECOND }),
    old(2),
  ])
  assert.deepEqual(toldUnder(facts, 'message'), [Message])
  assert.deepEqual(toldUnder(facts, 'because'), [
    'api.1 failed on w1: task: non-zero exit (137), killed (SIGKILL), often out of memory',
  ])
  assert.equal(toldUnder(facts, 'what helps').length, 3)
  assert.deepEqual(toldUnder(facts, 'failed'), [
    '2 × task: non-zero exit (137), killed (SIGKILL), often out of memory on w1, last 30 seconds ago',
  ])
  assert.deepEqual(toldUnder(facts, 'left'), [])
  assert.deepEqual(toldUnder(facts, 'api.2'), ['[0] old, running on m1'])
})

test('an automatic rollback keeps the start of its update, so the image tells which tasks are back', () => {
  const update = { ...updating, State: 'rollback_started', Message: 'update rolled back due to failure' }
  const service = apiService({ name: 'api', image: 'api:1', replicas: 3, update })
  const facts = pageOf(service, [
    apiTask({ service: 'api', slot: 1, node: 'w1', image: 'api:1', createdAgoMs: 10 * SECOND }),
    apiTask({ service: 'api', slot: 2, node: 'w1', image: 'api:2', createdAgoMs: MINUTE }),
    apiTask({ service: 'api', slot: 3, node: 'm1', image: 'api:1' }),
  ])
  assert.deepEqual(toldUnder(facts, 'whole'), ['[67] 2 new, 1 still old'])
})

test('a service at rest says how its last update ended, and what of it does not run', () => {
  const update = {
    State: 'completed',
    StartedAt: timeAgo(5 * MINUTE),
    CompletedAt: timeAgo(3 * MINUTE),
    Message: 'update completed',
  }
  const service = apiService({ name: 'api', replicas: 2, update, status: [1, 2] })
  const pending = apiTask({
    service: 'api',
    slot: 2,
    state: 'pending',
    error: 'no suitable node',
    createdAgoMs: MINUTE,
  })
  assert.deepEqual(linesOf(pageOf(service, [old(1), pending])), [
    '# Not all of it runs  no update is under way',
    'running: [50] 1 of 2',
    'last update: completed 3 minutes ago, took 2 min',
    'message: update completed',
    '# What does not run',
    'api.2: Pending about a minute: no suitable node',
  ])
  const well = pageOf(apiService({ name: 'api', status: [1, 1] }), [old(1)])
  assert.deepEqual(linesOf(well), [
    '# At rest  no update is under way',
    'running: [100] 1 of 1',
    'last update: never updated',
  ])
})

test('a job counts what is completed, what runs and what failed', () => {
  const mode = { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 4 } }
  const service = apiService({ name: 'api', mode, jobIteration: 1, status: [1, 2, 2] })
  const ofRun = { service: 'api', node: 'w1', jobIteration: 1, desired: 'complete' }
  const facts = pageOf(service, [
    apiTask({ ...ofRun, slot: 0, state: 'complete', createdAgoMs: 5 * MINUTE }),
    apiTask({ ...ofRun, slot: 1, state: 'complete', createdAgoMs: 4 * MINUTE }),
    apiTask({ ...ofRun, slot: 2, state: 'running', createdAgoMs: MINUTE }),
    apiTask({
      ...ofRun,
      slot: 2,
      state: 'failed',
      desired: 'shutdown',
      error: 'boom',
      exitCode: 1,
      createdAgoMs: 2 * MINUTE,
    }),
    apiTask({ ...ofRun, slot: 3, state: 'failed', desired: 'shutdown', jobIteration: 0, createdAgoMs: 9 * MINUTE }),
  ])
  assert.deepEqual(linesOf(facts).slice(0, 6), [
    '# Running  run 2',
    'completed: [50] 2 of 4',
    'running: 1, 2 at a time',
    'left: 2 to be completed',
    'failed attempts: 1',
    'failed: boom on w1, 2 minutes ago',
  ])
})

test('with 300 slots each has its line, and a name of its own', () => {
  const service = apiService({ name: 'api', replicas: 300, update: updating })
  const facts = pageOf(
    service,
    Array.from({ length: 300 }, (_, index) => old(index + 1)),
  )
  assert.equal(facts.filter(({ id }) => id.startsWith('slot ')).length, 300)
  assert.equal(new Set(facts.map(({ id }) => id)).size, facts.length)
})

test('a slot leads to its own page', () => {
  const state = stateOf({
    reading: troubledReading,
    view: { screen: { kind: 'service', serviceId: serviceIdOf('web') } },
  })
  const slot = progressFacts(state).find(({ id }) => id === 'slot 2')
  assert.deepEqual(slot?.opens, { kind: 'slot', serviceId: serviceIdOf('web'), slot: '2' })
})
