import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApiReading } from '../../source/api/info.ts'
import { explainWhy } from '../../source/swarm/explain-why.ts'
import { findHappenings } from '../../source/swarm/find-happenings.ts'
import { joinCluster } from '../../source/swarm/join-cluster.ts'
import { readSnapshot } from '../../source/swarm/read-snapshot.ts'
import { reportStatus } from '../../source/swarm/status-report.ts'
import { apiInfo, apiManager, apiNode, apiReading, apiService, apiTask, NOW } from '../helpers/api-builders.ts'

/** A reading as somebody else's program might answer it. */
const wild = (parts: object) => ({ ...apiReading(), ...parts }) as unknown as ApiReading

test('a reading becomes a snapshot', () => {
  const snapshot = readSnapshot(apiReading())
  assert.equal(snapshot.takenAt, NOW)
  assert.equal(snapshot.clusterId, 'cluster')
  assert.equal(snapshot.engineVersion, '28.2.2')
  assert.equal(snapshot.apiVersion, '1.50')
  assert.deepEqual(snapshot.self, { nodeId: 'node-m1', name: 'm1', address: '10.0.0.1' })
  assert.deepEqual(snapshot.remoteManagers, [{ nodeId: 'node-m1', address: '10.0.0.1:2377' }])
})

test('a node that has just joined has described nothing yet', () => {
  const [node] = readSnapshot(apiReading({ nodes: [{ ID: 'joining', Spec: {}, Description: {}, Status: {} }] })).nodes
  assert.deepEqual(node, {
    id: 'joining',
    version: 0,
    hostname: '',
    role: 'worker',
    availability: 'active',
    state: 'unknown',
    stateMessage: '',
    address: '',
    manager: null,
    engineVersion: '',
    platform: { os: '', architecture: '' },
    capacity: { nanoCpus: 0, memoryBytes: 0 },
    labels: {},
    engineLabels: {},
    createdAt: 0,
    updatedAt: 0,
  })
})

test('a service without numbers is what the daemon makes of it', () => {
  const modeOf = (mode: object) =>
    readSnapshot(apiReading({ services: [apiService({ name: 'api', mode })] })).services[0]?.mode
  assert.deepEqual(modeOf({ Replicated: {} }), { kind: 'replicated', replicas: 1 })
  assert.deepEqual(modeOf({ Replicated: { Replicas: 0 } }), { kind: 'replicated', replicas: 0 })
  assert.deepEqual(modeOf({}), { kind: 'replicated', replicas: 1 })
  assert.deepEqual(modeOf({ Global: {} }), { kind: 'global' })
  assert.deepEqual(modeOf({ GlobalJob: {} }), { kind: 'global-job' })
  const job = { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 2 }
  assert.deepEqual(modeOf({ ReplicatedJob: { MaxConcurrent: 2 } }), job)
})

test('the pace of an update is the settings’, one task at a time without them, all without a number', () => {
  const paceOf = (UpdateConfig: unknown) => {
    const service = apiService({ name: 'api' })
    const [read] = readSnapshot(wild({ services: [{ ...service, Spec: { ...service.Spec, UpdateConfig } }] })).services
    return [read?.updateParallelism, read?.updateDelayMs]
  }
  assert.deepEqual(paceOf({ Parallelism: 2, Delay: 1_500_000_000 }), [2, 1_500])
  assert.deepEqual(paceOf({ Parallelism: 0 }), [0, 0])
  assert.deepEqual(paceOf({}), [0, 0])
  assert.deepEqual(paceOf(null), [1, 0])
  assert.deepEqual(paceOf(undefined), [1, 0])
})

test('an exit code is there when a container has ended, and only then', () => {
  const exitCodeOf = (state: string, container?: object) => {
    const task = apiTask({ service: 'api', state })
    const status = { ...task.Status, ContainerStatus: container }
    return readSnapshot(wild({ tasks: [{ ...task, Status: status }] })).tasks[0]?.exitCode
  }
  assert.equal(exitCodeOf('failed', { ContainerID: 'c', ExitCode: 137 }), 137)
  assert.equal(exitCodeOf('complete', { ContainerID: 'c', ExitCode: 0 }), 0)
  assert.equal(exitCodeOf('running', { ContainerID: 'c', ExitCode: 0 }), null)
  assert.equal(exitCodeOf('running', { ContainerID: 'c', ExitCode: -1 }), null)
  assert.equal(exitCodeOf('rejected', { ContainerID: '', ExitCode: 0 }), null)
  assert.equal(exitCodeOf('pending'), null)
})

test('fields of the wrong type are blank, unknown words are the first that is known', () => {
  const [node] = readSnapshot(
    wild({
      nodes: [
        {
          ID: 'n',
          Version: { Index: 'seven' },
          Spec: { Role: 'emperor', Availability: 3, Labels: ['a'] },
          Description: { Hostname: 42, Resources: { NanoCPUs: -1, MemoryBytes: '4 GiB' }, Engine: null },
          Status: 'ready',
          ManagerStatus: 'Leader',
        },
      ],
    }),
  ).nodes
  assert.equal(node?.version, 0)
  assert.equal(node?.hostname, '')
  assert.equal(node?.role, 'worker')
  assert.equal(node?.availability, 'active')
  assert.equal(node?.state, 'unknown')
  assert.equal(node?.manager, null)
  assert.deepEqual(node?.capacity, { nanoCpus: 0, memoryBytes: 0 })
})

test('a label of 50 MB is blank, the others stay', () => {
  const labels = { huge: 'x'.repeat(50 * 2 ** 20), zone: 'a' }
  const [node] = readSnapshot(apiReading({ nodes: [apiNode({ name: 'w1', labels })] })).nodes
  assert.deepEqual(node?.labels, { huge: '', zone: 'a' })
})

test('a label may bear any name without becoming one of the language', () => {
  const labels = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>
  const [node] = readSnapshot(apiReading({ nodes: [apiNode({ name: 'w1', labels })] })).nodes
  assert.deepEqual(Object.keys(node?.labels ?? {}), ['__proto__', 'constructor'])
  assert.equal(Object.getPrototypeOf(node?.labels), Object.prototype)
})

test('what has no ID is left out, and so is a second one with the same', () => {
  const nodes = [{ ID: 7 }, null, 'node', [], {}, apiManager('m1'), apiNode({ name: 'm1' }), apiNode({ name: 'a' })]
  const snapshot = readSnapshot(wild({ nodes, services: null, tasks: { 0: apiTask({ service: 'api' }) } }))
  assert.deepEqual(
    snapshot.nodes.map(({ id, role }) => [id, role]),
    [
      ['node-a', 'worker'],
      ['node-m1', 'manager'],
    ],
  )
  assert.deepEqual(snapshot.services, [])
  assert.deepEqual(snapshot.tasks, [])
})

test('an engine without a quorum has an empty cluster', () => {
  const Swarm = { Cluster: { ID: '', Spec: { Labels: null, Orchestration: {} } }, RemoteManagers: null }
  const snapshot = readSnapshot(apiReading({ info: apiInfo({ Swarm }) }))
  assert.equal(snapshot.clusterId, '')
  assert.deepEqual(snapshot.remoteManagers, [])
})

/** Any JSON in any place of a reading, the right keys as often as not, so that all readers are reached. */
const anyReading = (() => {
  const keys = [
    ...['ID', 'Spec', 'Status', 'State', 'Swarm', 'Cluster', 'Labels', 'Description', 'Engine', 'Hostname', 'Mode'],
    ...['Replicated', 'Replicas', 'Global', 'ReplicatedJob', 'TotalCompletions', 'UpdateStatus', 'ServiceStatus'],
    ...['Endpoint', 'Ports', 'ContainerStatus', 'ExitCode', 'ServiceID', 'NodeID', 'Slot', 'DesiredState', '__proto__'],
    ...['ManagerStatus', 'Reachability', 'Leader', 'TaskTemplate', 'Placement', 'Constraints', 'Timestamp', 'Version'],
  ]
  const leaf = fc.oneof(
    fc.constantFrom('running', 'ready', 'down', 'failed', 'x', 's', 'reachable', 'node.ip==1', '2026-11-21T12:00:00Z'),
    fc.constantFrom(0, 1, 5, -1, 1e300, 1.5, Number.MAX_SAFE_INTEGER, null, true),
    fc.string(),
  )
  const { value } = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
    ),
  }))
  const list = fc.oneof(fc.array(value, { maxLength: 6 }), value)
  return fc.record({ info: value, version: value, nodes: list, services: list, tasks: list })
})()

test('nothing that a server answers makes it throw, nor what is made of it', () => {
  fc.assert(
    fc.property(anyReading, anyReading, (first, second) => {
      const [before, after] = [first, second].map(reading => joinCluster(readSnapshot(reading as ApiReading)))
      if (before === undefined || after === undefined) return
      findHappenings(before, after)
      JSON.stringify(reportStatus({ cluster: after, source: { kind: 'engine', name: 'x' }, time: '', advice: [] }))
      const whys = after.services.flatMap(({ slots }) => slots.flatMap(({ why }) => (why === null ? [] : [why])))
      for (const why of whys) explainWhy(why, id => id, NOW)
    }),
    { numRuns: 300 },
  )
})
