import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isMetAlready } from '../../source/operations/is-met-already.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { apiManager, apiNode, apiService, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { onNode } from '../helpers/operation-builders.ts'

const cluster = clusterOf({
  nodes: [apiManager('m1'), apiNode({ name: 'w1', availability: 'drain', labels: { zone: 'a' } })],
  services: [
    apiService({ name: 'api', replicas: 3, labels: { tier: 'web' } }),
    apiService({ name: 'agent', mode: { Global: {} } }),
    apiService({ name: 'batch', mode: { ReplicatedJob: { TotalCompletions: 4, MaxConcurrent: 2 } } }),
  ],
})
const api = { serviceId: serviceIdOf('api'), name: 'api' }
const w1 = { nodeId: nodeIdOf('w1'), name: 'w1' }

const CASES: readonly (readonly [isMet: boolean, operation: Operation])[] = [
  [true, onNode('drain', 'w1')],
  [false, onNode('activate', 'w1')],
  [true, onNode('promote', 'm1')],
  [false, onNode('promote', 'w1')],
  [true, { kind: 'label-node', ...w1, set: { zone: 'a' }, unset: ['old'] }],
  [false, { kind: 'label-node', ...w1, set: { zone: 'b' }, unset: [] }],
  [false, { kind: 'label-node', nodeId: 'gone', name: 'gone', set: {}, unset: ['zone'] }],
  [true, { kind: 'label-service', ...api, set: {}, unset: ['old'] }],
  [false, { kind: 'label-service', ...api, set: {}, unset: ['tier'] }],
  [true, { kind: 'scale', ...api, replicas: 3 }],
  [false, { kind: 'scale', ...api, replicas: 4 }],
  [false, { kind: 'scale', serviceId: serviceIdOf('agent'), name: 'agent', replicas: 1 }],
  [true, { kind: 'scale', serviceId: serviceIdOf('batch'), name: 'batch', replicas: 4 }],
  [true, { kind: 'change-image', ...api, image: cluster.serviceById.get(api.serviceId)?.service.image ?? '' }],
  [false, { kind: 'change-image', ...api, image: 'api:2' }],
  [true, { kind: 'set-history-limit', name: 'the swarm', limit: cluster.snapshot.swarm.historyLimit }],
  [false, { kind: 'set-history-limit', name: 'the swarm', limit: 77 }],
  [false, { kind: 'force-update', ...api }],
  [false, { kind: 'remove-service', ...api }],
]

describe('in a sequence nothing need be done for what is so already', () => {
  for (const [isMet, operation] of CASES) {
    const { kind, name, ...rest } = operation
    test(`${kind} ${name} ${JSON.stringify(rest)}: ${isMet ? 'it is' : 'it is not'}`, () =>
      assert.equal(isMetAlready(operation, cluster), isMet))
  }
})
