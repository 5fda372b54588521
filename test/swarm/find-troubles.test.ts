import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'

const THREE = [apiManager('m1', { isLeader: true }), apiManager('m2'), apiManager('m3')]

/** The verdict on a reading and every line of it, gravest first. */
function troubles(words: Partial<ApiReading>): readonly string[] {
  const cluster = clusterOf({ nodes: THREE, ...words })
  return [cluster.verdict, ...cluster.troubles.map(({ severity, text }) => `${severity}: ${text}`)]
}

test('nothing wrong', () => {
  assert.deepEqual(troubles(wellReading), ['healthy'])
})

test('a node is down', () => {
  const nodes = [...THREE, apiNode({ name: 'w1', state: 'down', message: 'heartbeat failure' })]
  assert.deepEqual(troubles({ nodes }), ['degraded', 'degraded: w1 is down: heartbeat failure'])
})

test('a manager is unreachable, and then down as well', () => {
  const killed = apiManager('m3', { reachability: 'unreachable' })
  assert.deepEqual(troubles({ nodes: [...THREE.slice(0, 2), killed] }), [
    'degraded',
    'degraded: Manager m3 is unreachable',
    'advice: One more manager down stops the control plane',
  ])
  const dead = apiManager('m3', { reachability: 'unreachable', state: 'down', message: 'heartbeat failure' })
  assert.deepEqual(troubles({ nodes: [...THREE.slice(0, 2), dead] }), [
    'degraded',
    'degraded: m3 is down and unreachable: heartbeat failure',
    'advice: One more manager down stops the control plane',
    'advice: m3: down, and still counted for the majority of 2 until demoted',
  ])
})

test('the quorum is lost, as a leader sees it that has not stepped down yet', () => {
  const lost = (name: string) => apiManager(name, { reachability: 'unreachable' })
  assert.deepEqual(troubles({ nodes: [...THREE.slice(0, 1), lost('m2'), lost('m3')] }), [
    'critical',
    'critical: The quorum is lost: 1 of 3 managers reachable, 2 needed',
    'degraded: Manager m2 is unreachable',
    'degraded: Manager m3 is unreachable',
  ])
})

test('advice changes no verdict', () => {
  const [m1, m2] = THREE
  assert.ok(m1 && m2)
  assert.deepEqual(troubles({ nodes: [m1] }), [
    'healthy',
    'advice: There is one manager only: without it nothing can be changed',
  ])
  assert.deepEqual(troubles({ nodes: [...THREE, apiManager('m4')] }), [
    'healthy',
    'advice: 4 managers survive no more losses than 3: make the number odd',
  ])
  const inZone = (name: string, zone: string) => apiManager(name, { isLeader: name === 'm1', labels: { zone } })
  assert.deepEqual(troubles({ nodes: [inZone('m1', 'a'), inZone('m2', 'a'), inZone('m3', 'b')] }), [
    'healthy',
    'advice: Losing zone a loses the quorum: a m1 m2, b m3',
  ])
})

test('a manager that never joined the raft, and a node that a new leader has not heard from', () => {
  const unknown = { state: 'unknown', message: 'Node moved to "unknown" state' } as const
  assert.deepEqual(
    troubles({ nodes: [...THREE, apiManager('m4', { reachability: null }), apiNode({ name: 'w1', ...unknown })] }),
    [
      'healthy',
      'advice: m4 should be a manager and is no member of the raft',
      'advice: w1 is unknown: Node moved to "unknown" state',
    ],
  )
})

test('a service is short, and why; with nothing running it is critical', () => {
  const services = [apiService({ name: 'api', replicas: 2 })]
  const error = 'no suitable node (insufficient resources on 3 nodes)'
  const pending = (slot: number) => apiTask({ service: 'api', slot, state: 'pending', error })
  assert.deepEqual(troubles({ services, tasks: [...apiTasks('api', ['m1']), pending(2)] }), [
    'degraded',
    `degraded: api runs 1 of 2: ${error}`,
  ])
  assert.deepEqual(troubles({ services, tasks: [pending(1), pending(2)] }), [
    'critical',
    `critical: api has nothing running, 2 wanted: ${error}`,
  ])
})

test('a service whose node died', () => {
  const nodes = [...THREE, apiNode({ name: 'w1', state: 'down' })]
  const services = [apiService({ name: 'api', replicas: 2 })]
  assert.deepEqual(troubles({ nodes, services, tasks: apiTasks('api', ['m1', 'w1']) }), [
    'degraded',
    'degraded: w1 is down',
    'degraded: api runs 1 of 2: w1 is down',
  ])
})

test('a service that was scaled to nothing is no trouble', () => {
  assert.deepEqual(troubles({ services: [apiService({ name: 'api', replicas: 0 })] }), ['healthy'])
})

test('a paused update or rollback, with its message', () => {
  const paused = (State: string) => ({
    services: [apiService({ name: 'api', update: { State, Message: 'update paused due to failure' } })],
    tasks: apiTasks('api', ['m1']),
  })
  assert.deepEqual(troubles(paused('paused')), [
    'degraded',
    'degraded: The update of api is paused: update paused due to failure',
  ])
  assert.deepEqual(troubles(paused('rollback_paused')), [
    'degraded',
    'degraded: The rollback of api is paused: update paused due to failure',
  ])
  assert.deepEqual(troubles(paused('updating')), ['healthy'])
})

test('a job that keeps failing degrades, and is never critical', () => {
  const job = apiService({ name: 'job', mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } })
  const tasks = [
    apiTask({ service: 'job', node: 'm1', state: 'failed', error: 'task: non-zero exit (1)', createdAgoMs: 9_000 }),
    apiTask({ service: 'job', node: 'm1', state: 'ready', desired: 'ready', createdAgoMs: 1_000 }),
  ]
  assert.deepEqual(troubles({ services: [job], tasks }), [
    'degraded',
    'degraded: Job job does not get on: task: non-zero exit (1)',
  ])
})

test('tasks that a drain has left on its node', () => {
  const nodes = [...THREE, apiNode({ name: 'w1', availability: 'drain' })]
  const job = apiService({ name: 'job', mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } })
  const running = apiTask({ service: 'job', node: 'w1', desired: 'complete' })
  assert.deepEqual(troubles({ nodes, services: [job], tasks: [running] }), [
    'healthy',
    'advice: w1 is drained and still runs 1 task',
  ])
  const stopping = apiTask({ service: 'api', slot: 1, node: 'w1', desired: 'shutdown' })
  assert.deepEqual(troubles({ nodes, tasks: [stopping] }), ['healthy'])
})
