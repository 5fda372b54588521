import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../source/api/task.ts'
import { explainExit } from '../../source/swarm/explain-exit.ts'
import { explainWhy } from '../../source/swarm/explain-why.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTask,
  HOUR,
  MINUTE,
  NOW,
  nodeIdOf,
  SECOND,
} from '../helpers/api-builders.ts'
import { clusterOf, serviceNamed } from '../helpers/cluster-builders.ts'

type Words = Partial<Parameters<typeof apiTask>[0]>

const task = (state: string, words: Words = {}) => apiTask({ service: 'api', slot: 1, node: 'w1', state, ...words })

/** Failed so long ago. */
const failed = (agoMs: number, exitCode: number, words: Words = {}) =>
  task('failed', { createdAgoMs: agoMs, error: `task: non-zero exit (${exitCode})`, exitCode, ...words })

/** What is said of the one slot of `api`, with these tasks in it. */
function why(...tasks: readonly ApiTask[]): string | null {
  const nodes = [
    apiManager('m1', { isLeader: true }),
    apiNode({ name: 'w1' }),
    apiNode({ name: 'w2' }),
    apiNode({ name: 'w3', state: 'down' }),
  ]
  const cluster = clusterOf({ nodes, services: [apiService({ name: 'api' })], tasks })
  const [slot] = serviceNamed(cluster, 'api').slots
  const nameOf = (id: string) => cluster.nodeById.get(id)?.name ?? id
  return slot?.why ? explainWhy(slot.why, nameOf, NOW) : null
}

test('it runs: nothing to explain, whatever failed before', () => {
  assert.equal(why(task('running')), null)
  assert.equal(why(task('running', { createdAgoMs: SECOND }), failed(MINUTE, 1)), null)
})

test('no node takes it: the scheduler’s words', () => {
  const error = 'no suitable node (insufficient resources on 2 nodes; 1 node not available for new tasks)'
  const pending = apiTask({ service: 'api', slot: 1, state: 'pending', createdAgoMs: 40 * SECOND, error })
  assert.equal(why(pending), `Pending 40 seconds: ${error}`)
  assert.equal(why(pending, failed(MINUTE, 1)), `Pending 40 seconds: ${error}`)
})

test('no node has been chosen yet', () => {
  assert.equal(
    why(apiTask({ service: 'api', slot: 1, state: 'new', createdAgoMs: 2 * SECOND })),
    'Pending 2 seconds: no node has been chosen yet',
  )
})

test('it is on its way', () => {
  const since = { createdAgoMs: HOUR, stateAgoMs: 12 * SECOND }
  assert.equal(why(task('preparing', since)), 'Preparing 12 seconds on w1')
  assert.equal(why(task('starting', since)), 'Starting 12 seconds on w1')
  assert.equal(why(task('ready', since)), 'Starting 12 seconds on w1')
  assert.equal(
    why(task('ready', { ...since, desired: 'ready' })),
    'Waiting 12 seconds to start on w1: for its delay, or for the old task to stop',
  )
})

test('a drain is no failure: the replacement waits for the old task to stop', () => {
  const waiting = task('ready', { desired: 'ready', node: 'w2', createdAgoMs: 3 * SECOND })
  const stopping = task('running', { desired: 'shutdown', createdAgoMs: HOUR })
  assert.equal(why(waiting, stopping), 'Waiting 3 seconds to start on w2: for its delay, or for the old task to stop')
})

test('its node is down, or is no more', () => {
  assert.equal(why(task('running', { node: 'w3' })), 'On w3, down for about an hour')
  assert.equal(why(task('running', { node: 'gone' })), `On ${nodeIdOf('gone')}, down`)
})

test('it failed once and waits to be restarted', () => {
  const waiting = task('ready', { desired: 'ready', createdAgoMs: SECOND })
  assert.equal(why(waiting, failed(10 * SECOND, 3)), 'Failed once: task: non-zero exit (3) (on w1)')
})

test('it keeps failing with one error: how often, since when, where last, and what the code means', () => {
  const waiting = task('preparing', { createdAgoMs: SECOND })
  const history = [failed(10 * SECOND, 137, { node: 'w2' }), failed(MINUTE, 137), failed(2 * MINUTE, 137)]
  assert.equal(
    why(waiting, ...history, failed(3 * MINUTE, 1), failed(4 * MINUTE, 137)),
    'Failed 3 times: task: non-zero exit (137), killed (SIGKILL), often out of memory (in 2 minutes, last on w2)',
  )
})

test('it was rejected while it waits for its delay', () => {
  const words = { error: 'No such image: nosuch:1', desired: 'ready' }
  assert.equal(why(task('rejected', words)), 'Failed once: No such image: nosuch:1 (on w1)')
})

test('a new image or a forced update begins a new count; so does a task that was stopped in between', () => {
  const preparing = task('preparing', { createdAgoMs: SECOND })
  const old = failed(MINUTE, 1)
  assert.equal(why({ ...preparing, Spec: { ContainerSpec: { Image: 'api:2' } } }, old), 'Preparing 1 second on w1')
  assert.equal(why(task('preparing', { createdAgoMs: SECOND, forceUpdate: 1 }), old), 'Preparing 1 second on w1')
  assert.equal(why(preparing, task('shutdown', { createdAgoMs: 30 * SECOND }), old), 'Preparing 1 second on w1')
})

test('it ended and nothing takes its place', () => {
  assert.equal(
    why(failed(2 * MINUTE, 1), failed(3 * MINUTE, 1)),
    'Failed, not restarted: task: non-zero exit (1) (2 minutes ago on w1)',
  )
  assert.equal(
    why(task('complete', { desired: 'shutdown', exitCode: 0, createdAgoMs: 2 * MINUTE })),
    'Complete, not restarted: exit code 0 (2 minutes ago on w1)',
  )
})

test('there is no task at all', () => {
  assert.equal(why(), 'No task has been made for it')
})

test('a clock that is ahead makes no negative age', () => {
  assert.equal(why(task('starting', { createdAgoMs: -5 * SECOND })), 'Starting less than a second on w1')
})

const EXITS: readonly (readonly [exitCode: number | null, error: string, text: string])[] = [
  [137, 'task: non-zero exit (137)', 'killed (SIGKILL), often out of memory'],
  [137, 'task: non-zero exit (137): dockerexec: unhealthy container', ''],
  [139, 'task: non-zero exit (139)', 'segmentation fault (SIGSEGV)'],
  [143, 'task: non-zero exit (143)', 'told to stop (SIGTERM)'],
  [127, 'task: non-zero exit (127)', 'the command was not found'],
  [1, 'task: non-zero exit (1)', ''],
  [null, 'No such image: nosuch:1', ''],
]

for (const [exitCode, error, text] of EXITS) {
  test(`exit code ${exitCode}, ${error}: ${text || 'nothing to add'}`, () => {
    assert.equal(explainExit(exitCode, error), text)
  })
}
