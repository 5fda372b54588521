import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameTask } from '../../source/swarm/name-task.ts'
import { apiManager, apiNode, apiService, apiTask } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

const cluster = clusterOf({
  nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })],
  services: [
    apiService({ name: 'api' }),
    apiService({ name: 'agent', mode: { Global: {} } }),
    apiService({ name: 'job', mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } }),
  ],
})

const TABLE: readonly (readonly [words: Parameters<typeof apiTask>[0], name: string])[] = [
  [{ service: 'api', slot: 3, node: 'w1' }, 'api.3'],
  [{ service: 'api', slot: 3 }, 'api.3'],
  [{ service: 'agent', node: 'w1' }, 'agent.w1'],
  [{ service: 'agent', node: 'gone' }, 'agent.node-gone'],
  [{ service: 'job', node: 'w1' }, 'job.0'],
  [{ service: 'gone', slot: 2, node: 'w1' }, 'service-gone.2'],
]

for (const [words, name] of TABLE) {
  test(`${JSON.stringify(words)} is ${name}`, () => {
    const [task] = clusterOf({ tasks: [apiTask(words)] }).snapshot.tasks
    assert.ok(task)
    assert.equal(nameTask(task, cluster), name)
  })
}
