import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiNode } from '../../source/api/node.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { watchProgress } from '../../source/operations/watch-progress.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, SECOND } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { onNode } from '../helpers/operation-builders.ts'

const leader = apiManager('m1', { isLeader: true })
const w2 = apiNode({ name: 'w2' })
const drained = apiNode({ name: 'w1', availability: 'drain', version: 11 })

const services = [
  apiService({ name: 'api', replicas: 3 }),
  apiService({ name: 'agent', mode: { Global: {} } }),
  apiService({ name: 'backup', mode: { ReplicatedJob: { TotalCompletions: 1 } } }),
]
const before: Partial<ApiReading> = {
  nodes: [leader, apiNode({ name: 'w1', version: 10 }), w2],
  services,
  tasks: apiTasks('api', ['w1', 'w1', 'w2']),
}

const watch = (after: Partial<ApiReading>, earlier = before) =>
  watchProgress({
    operation: onNode('drain', 'w1'),
    before: clusterOf(earlier),
    after: clusterOf({ ...earlier, nodes: [leader, drained, w2], ...after }),
    version: 10,
    forceUpdate: null,
    elapsedMs: 3 * SECOND,
  })

/** The two tasks on w1 as they come to be, and those that take their slots. */
const stays = apiTask({ service: 'api', slot: 3, node: 'w2' })
const old = (slot: number, state: string): ApiTask =>
  apiTask({ service: 'api', slot, node: 'w1', state, desired: 'shutdown' })
const fresh = (slot: number, words: Partial<Parameters<typeof apiTask>[0]>): ApiTask =>
  apiTask({ service: 'api', slot, createdAgoMs: 3 * SECOND, ...words })

describe('a drain is watched', () => {
  test('a reading from before the change says nothing', () => {
    assert.deepEqual(watch({ nodes: before.nodes ?? [] }), {
      kind: 'running',
      text: 'accepted, not seen in a reading yet',
      done: 0,
      total: 1,
    })
  })

  test('while the old tasks stop', () => {
    const tasks = [
      old(1, 'running'),
      old(2, 'running'),
      fresh(1, { state: 'ready', desired: 'ready', node: 'w2' }),
      stays,
    ]
    assert.deepEqual(watch({ tasks }), {
      kind: 'running',
      text: '0 of 2 tasks moved, api.1 is stopping and 1 more',
      done: 0,
      total: 2,
    })
  })

  test('one has moved, the other finds no node, which is told before what only needs time', () => {
    const pending = { state: 'pending', error: 'no suitable node (2 nodes not available for new tasks)' }
    const tasks = [old(1, 'shutdown'), fresh(1, { node: 'w2' }), old(2, 'shutdown'), fresh(2, pending), stays]
    assert.deepEqual(watch({ tasks }), {
      kind: 'running',
      text: '1 of 2 tasks moved, api.2 pending 3 seconds: no suitable node (2 nodes not available for new tasks)',
      done: 1,
      total: 2,
    })
  })

  test('until every slot runs again', () => {
    const tasks = [old(1, 'shutdown'), fresh(1, { node: 'w2' }), old(2, 'failed'), fresh(2, { node: 'm1' }), stays]
    assert.deepEqual(watch({ tasks }), { kind: 'converged', text: '2 tasks moved, now on w2, m1' })
  })

  test('the last to stop keeps it open although the slot runs elsewhere', () => {
    const tasks = [old(1, 'shutdown'), fresh(1, { node: 'w2' }), old(2, 'running'), fresh(2, { node: 'm1' }), stays]
    assert.equal(watch({ tasks }).text, '1 of 2 tasks moved, api.2 is stopping')
  })

  test('a task that came before the drain took effect is waited for as well', () => {
    const late = fresh(4, { node: 'w1', desired: 'shutdown' })
    const tasks = [
      old(1, 'shutdown'),
      fresh(1, { node: 'w2' }),
      old(2, 'shutdown'),
      fresh(2, { node: 'w2' }),
      stays,
      late,
    ]
    assert.equal(watch({ tasks }).text, '2 of 3 tasks moved, api.4 is stopping')
  })
})

describe('what a drain does not wait for', () => {
  test('global tasks need no successor, and tasks of jobs stay', () => {
    const agent = apiTask({ service: 'agent', node: 'w1' })
    const backup = apiTask({ service: 'backup', node: 'w1', desired: 'complete' })
    const ended = apiTask({ service: 'agent', node: 'w1', state: 'shutdown' })
    const earlier = { ...before, tasks: [stays, agent, backup] }
    assert.equal(
      watch({ tasks: [stays, agent, backup] }, earlier).text,
      '0 of 1 task stopped, agent.w1 still lives there',
    )
    assert.deepEqual(watch({ tasks: [stays, ended, backup] }, earlier), {
      kind: 'converged',
      text: '1 task stopped, 1 task of jobs still there',
    })
  })

  test('a slot that did not run before need not run now', () => {
    const crashing = { state: 'starting', node: 'w1' }
    const earlier = {
      ...before,
      tasks: [...apiTasks('api', ['w2', 'w2']), apiTask({ service: 'api', slot: 3, ...crashing })],
    }
    const tasks = [
      ...apiTasks('api', ['w2', 'w2']),
      old(3, 'failed'),
      fresh(3, { state: 'failed', node: 'w2', desired: 'running' }),
    ]
    assert.deepEqual(watch({ tasks }, earlier).kind, 'converged')
  })

  test('a service that was removed or scaled down meanwhile', () => {
    assert.equal(watch({ services: [], tasks: [] }).kind, 'converged')
    assert.equal(watch({ services: [apiService({ name: 'api', replicas: 1 })], tasks: [stays] }).kind, 'converged')
  })

  test('a node that was switched off while it drained: nothing more is heard of its tasks', () => {
    const off = apiNode({ name: 'w1', availability: 'drain', state: 'down', version: 12 })
    const tasks = [old(1, 'running'), fresh(1, { node: 'w2' }), old(2, 'running'), fresh(2, { node: 'w2' }), stays]
    assert.equal(watch({ nodes: [leader, off, w2], tasks }).text, '2 tasks moved, now on w2 (2)')
  })

  test('an empty node', () => {
    assert.deepEqual(watch({ tasks: [] }, { ...before, tasks: [] }), {
      kind: 'converged',
      text: 'there was no task to move',
    })
  })
})

describe('a drain fails', () => {
  const cases: readonly (readonly [why: string, w1: ApiNode | null, text: string])[] = [
    ['when someone else undoes it', apiNode({ name: 'w1', version: 15 }), 'w1 was set to active by someone else'],
    ['when the node is removed', null, 'w1 was removed from the swarm meanwhile'],
  ]
  for (const [why, w1, text] of cases) {
    test(why, () =>
      assert.deepEqual(watch({ nodes: [leader, w2, ...(w1 === null ? [] : [w1])] }), { kind: 'failed', text }),
    )
  }

  test('when what has stopped is not started again', () => {
    const tasks = [old(1, 'shutdown'), fresh(1, { node: 'w2' }), old(2, 'shutdown'), stays]
    const { kind, text } = watch({ tasks })
    assert.equal(kind, 'failed')
    assert.match(text, /^w1 is empty, but api\.2 shutdown, not restarted/)
  })
})
