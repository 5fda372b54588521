import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { watchProgress } from '../../source/operations/watch-progress.ts'
import { apiManager, apiNode, apiService, apiTask, SECOND } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { forceUpdate } from '../helpers/operation-builders.ts'

const nodes = [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })]

/** The update was sent at version 20 and raised the counter from 0 to 1. */
const watch = (name: string, after: Partial<ApiReading>) =>
  watchProgress({
    operation: forceUpdate(name),
    before: clusterOf({ nodes }),
    after: clusterOf({ nodes, ...after }),
    version: 20,
    forceUpdate: 1,
    elapsedMs: SECOND,
  })

type Words = Partial<Parameters<typeof apiService>[0]>
const updated = (words: Words) => apiService({ replicas: 2, version: 21, forceUpdate: 1, ...words, name: 'api' })
const watchApi = (state: string | null, tasks: readonly ApiTask[], words: Words = {}) =>
  watch('api', {
    services: [updated({ ...(state === null ? {} : { update: { State: state, Message: 'why' } }), ...words })],
    tasks,
  })

const old = (slot: number, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'api', slot, node: 'w1', ...words })
const fresh = (slot: number, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'api', slot, node: 'w1', forceUpdate: 1, createdAgoMs: 2 * SECOND, ...words })

describe('a forced update is watched', () => {
  test('a reading from before the change says nothing', () => {
    const services = [apiService({ name: 'api', replicas: 2, version: 20 })]
    assert.equal(watch('api', { services, tasks: [old(1), old(2)] }).text, 'accepted, not seen in a reading yet')
  })

  const steps: readonly (readonly [state: string | null, tasks: readonly ApiTask[], text: string, done: number])[] = [
    [null, [old(1), old(2)], '0 of 2 tasks renewed', 0],
    [
      'updating',
      [old(1, { desired: 'shutdown' }), fresh(1, { state: 'preparing' }), old(2)],
      '0 of 2 tasks renewed, api.1 preparing 2 seconds on w1',
      0,
    ],
    ['updating', [fresh(1), old(2)], '1 of 2 tasks renewed', 1],
    ['updating', [fresh(1), fresh(2)], '2 of 2 tasks renewed', 2],
  ]
  for (const [state, tasks, text, done] of steps) {
    test(`${state}: ${text}`, () => assert.deepEqual(watchApi(state, tasks), { kind: 'running', text, done, total: 2 }))
  }

  test('with start-first the old task hides that its successor is stuck', () => {
    const stuck = apiTask({
      service: 'api',
      slot: 1,
      forceUpdate: 1,
      state: 'pending',
      error: 'no suitable node',
      createdAgoMs: 0,
    })
    assert.equal(
      watchApi('updating', [stuck, old(1), old(2)]).text,
      '0 of 2 tasks renewed, api.1 pending: no suitable node',
    )
  })

  test('until the swarm calls it completed', () => {
    assert.deepEqual(watchApi('completed', [fresh(1), fresh(2)]), { kind: 'converged', text: '2 tasks renewed' })
  })

  test('a later forced update renews them just as well', () => {
    assert.equal(watchApi('completed', [fresh(1, { forceUpdate: 2 }), fresh(2)], { forceUpdate: 2 }).kind, 'converged')
  })

  test('when the service was scaled afterwards there is no status left', () => {
    assert.equal(watchApi(null, [fresh(1), fresh(2)]).kind, 'converged')
  })

  test('a task that has done its work and is not restarted counts', () => {
    const done = fresh(2, { state: 'complete', desired: 'shutdown', exitCode: 0 })
    assert.equal(watchApi('completed', [fresh(1), done], { restartCondition: 'on-failure' }).kind, 'converged')
  })

  test('a paused node keeps its task of a global service', () => {
    const tasks = [
      apiTask({ service: 'api', node: 'm1', forceUpdate: 1 }),
      apiTask({ service: 'api', node: 'w1', forceUpdate: 0 }),
    ]
    const after = {
      nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1', availability: 'pause' })],
      services: [updated({ mode: { Global: {} }, update: { State: 'completed' } })],
      tasks,
    }
    assert.deepEqual(watch('api', after), { kind: 'converged', text: '1 task renewed' })
  })
})

describe('a forced update fails', () => {
  const cases: readonly (readonly [state: string, text: string])[] = [
    ['paused', 'why'],
    ['rollback_started', 'rolled back: why'],
    ['rollback_paused', 'rolled back: why'],
    ['rollback_completed', 'rolled back: why'],
  ]
  for (const [state, text] of cases) {
    test(state, () => assert.deepEqual(watchApi(state, [old(1), fresh(2)]), { kind: 'failed', text }))
  }

  test('completed, and still a task keeps failing', () => {
    const crashed = fresh(1, { state: 'failed', desired: 'running', error: 'task: non-zero exit (1)', exitCode: 1 })
    const { kind, text } = watchApi('completed', [crashed, fresh(2)])
    assert.equal(kind, 'failed')
    assert.match(text, /^the update is completed, but api\.1 failed once.*task: non-zero exit \(1\)/)
  })

  test('the service is gone', () => {
    assert.deepEqual(watch('api', {}), { kind: 'failed', text: 'service api was removed meanwhile' })
  })
})

test('a job is watched until its new run is over', () => {
  const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }
  const run = (state: string, slot: number, jobIteration: number) =>
    apiTask({ service: 'api', node: 'w1', slot, state, desired: 'complete', jobIteration })
  const job = (tasks: readonly ApiTask[]) => watch('api', { services: [updated({ mode, jobIteration: 4 })], tasks })

  assert.deepEqual(job([run('complete', 0, 3), run('complete', 1, 3), run('running', 0, 4)]), {
    kind: 'running',
    text: '0 of 2 completed',
    done: 0,
    total: 2,
  })
  assert.deepEqual(job([run('complete', 0, 4), run('complete', 1, 4)]), {
    kind: 'converged',
    text: 'ran again: 2 of 2 completed',
  })
})
