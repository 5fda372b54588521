import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiPort } from '../../source/api/service.ts'
import {
  imageWords,
  managerWords,
  replicasWords,
  servicePortWords,
  shortReplicasWords,
  stateWords,
} from '../../source/swarm/cli-words.ts'
import { apiManager, apiNode, apiService, apiTask, HOUR, NOW } from '../helpers/api-builders.ts'
import { clusterOf, nodeNamed, serviceNamed } from '../helpers/cluster-builders.ts'

type ServiceWords = Omit<Parameters<typeof apiService>[0], 'name'>

const serviceWith = (words: ServiceWords) =>
  serviceNamed(clusterOf({ services: [apiService({ name: 'api', ...words })] }), 'api')

test('REPLICAS as docker service ls says it', () => {
  const job = { mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 5 } }, status: [2, 2, 3] } as const
  const cases: readonly (readonly [ServiceWords, string, string])[] = [
    [{ replicas: 3, status: [2, 3] }, '2/3', '2/3'],
    [{ replicas: 4, status: [100, 4] }, '100/4', '100/4'],
    [{ replicas: 3, status: [3, 3], maxReplicasPerNode: 1 }, '3/3 (max 1 per node)', '3/3'],
    [job, '2/2 (3/5 completed)', '2/2 (3/5)'],
    [{ mode: { GlobalJob: {} }, status: [0, 1, 3] }, '0/1 (3/4 completed)', '0/1 (3/4)'],
  ]
  for (const [words, whole, short] of cases) {
    assert.equal(replicasWords(serviceWith(words)), whole)
    assert.equal(shortReplicasWords(serviceWith(words)), short)
  }
})

test('PORTS as docker service ls says them', () => {
  const port = (published: number, target: number, more: Partial<ApiPort> = {}): ApiPort => ({
    Protocol: 'tcp',
    PublishedPort: published,
    TargetPort: target,
    PublishMode: 'ingress',
    ...more,
  })
  const cases: readonly (readonly [readonly ApiPort[], string])[] = [
    [[], ''],
    [[port(8080, 80)], '*:8080->80/tcp'],
    [[port(81, 81), port(80, 80)], '*:80-81->80-81/tcp'],
    [[port(80, 80), port(443, 443)], '*:80->80/tcp, *:443->443/tcp'],
    [[port(53, 53, { Protocol: 'udp' }), port(53, 53)], '*:53->53/tcp, *:53->53/udp'],
    [[port(8080, 80), port(8081, 80)], '*:8080-8081->80/tcp'],
    [[port(9000, 90, { PublishMode: 'host' })], ''],
  ]
  for (const [ports, words] of cases) assert.equal(servicePortWords(serviceWith({ ports }).service), words)
})

test('an image is shown without its digest', () => {
  assert.equal(imageWords('alpine:latest@sha256:0abc'), 'alpine:latest')
  assert.equal(imageWords('alpine'), 'alpine')
})

test('states are capitalised and have their age', () => {
  const cluster = clusterOf({
    services: [apiService({ name: 'api' })],
    tasks: [apiTask({ service: 'api', slot: 1, createdAgoMs: 3 * HOUR })],
  })
  const [task] = cluster.snapshot.tasks
  assert.ok(task)
  assert.equal(stateWords(task, NOW), 'Running 3 hours')
  assert.equal(stateWords(task, NOW - 4 * HOUR), 'Running less than a second')
})

test('MANAGER STATUS is empty for what is not in the raft', () => {
  const cluster = clusterOf({
    nodes: [
      apiManager('m1', { isLeader: true }),
      apiManager('m2', { reachability: 'unreachable' }),
      apiManager('m3', { reachability: null }),
      apiNode({ name: 'w1' }),
    ],
  })
  const words = ['m1', 'm2', 'm3', 'w1'].map(name => managerWords(nodeNamed(cluster, name).node))
  assert.deepEqual(words, ['Leader', 'Unreachable', '', ''])
})
