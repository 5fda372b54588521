import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiReading } from '../../../source/api/info.ts'
import { nodeFacts } from '../../../source/app/facts/node-facts.ts'
import type { State } from '../../../source/app/state.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTask,
  MINUTE,
  NOW,
  nodeIdOf,
  serviceIdOf,
} from '../../helpers/api-builders.ts'
import { answered, linesOf, toldUnder } from '../../helpers/fact-lines.ts'
import { troubledReading } from '../../helpers/readings.ts'
import { stateOf } from '../../helpers/state-builders.ts'

const pageOf = (name: string, reading: Partial<ApiReading>, change: Partial<State> = {}) =>
  nodeFacts(stateOf({ reading, view: { screen: { kind: 'node', nodeId: nodeIdOf(name) } }, change }))

test('how a node stands, and since when we have seen it so', () => {
  const facts = pageOf('m3', troubledReading)
  assert.deepEqual(toldUnder(facts, 'state'), ['Down: heartbeat failure  ≥ 2 min (since we saw it)'])
  assert.deepEqual(toldUnder(facts, 'manager'), ['Unreachable  ≥ 2 min (since we saw it)'])
  assert.deepEqual(toldUnder(facts, 'raft address'), ['10.0.0.3:2377'])
  assert.deepEqual(toldUnder(facts, 'zone'), ['b'])
})

test('a leader leads since we saw it lead, not since it could be reached', () => {
  const leader = { nodeId: nodeIdOf('m1'), since: NOW - 5 * MINUTE, sawTheChange: true }
  const state = stateOf({ reading: troubledReading, view: { screen: { kind: 'node', nodeId: nodeIdOf('m1') } } })
  const facts = nodeFacts({ ...state, sightings: { ...state.sightings, leader } })
  assert.deepEqual(toldUnder(facts, 'manager'), ['Leader  ≥ 5 min (since we saw it)'])
})

test('a drained node says what is left on it', () => {
  const nodes = [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1', availability: 'drain' })]
  const stopping = apiTask({ service: 'api', slot: 1, node: 'w1', desired: 'shutdown' })
  const gone = apiTask({ service: 'api', slot: 1, node: 'w1', state: 'shutdown', createdAgoMs: MINUTE })
  assert.deepEqual(toldUnder(pageOf('w1', { nodes, tasks: [stopping, gone] }), 'drained'), [
    '1 task still here: stopping, or of a job',
  ])
  assert.deepEqual(toldUnder(pageOf('w1', { nodes, tasks: [gone] }), 'drained'), ['no task is left on it'])
  assert.deepEqual(toldUnder(pageOf('m1', { nodes, tasks: [gone] }), 'drained'), [])
})

test('what is reserved and what is free, generic resources too', () => {
  const GenericResources = [{ DiscreteResourceSpec: { Kind: 'gpu', Value: 4 } }]
  const resources = { NanoCPUs: 2e9, MemoryBytes: 4 * 2 ** 30 }
  const reservations = { NanoCPUs: 5e8, MemoryBytes: 2 ** 30 }
  const wanting = { DiscreteResourceSpec: { Kind: 'gpu', Value: 1 } }
  const reading = {
    nodes: [apiManager('m1', { isLeader: true, resources })],
    services: [apiService({ name: 'api', reservations: { ...reservations, GenericResources: [wanting] } })],
    tasks: [
      apiTask({ service: 'api', slot: 1, node: 'm1', reservations }),
      apiTask({ service: 'api', slot: 2, node: 'm1', reservations }),
      apiTask({ service: 'api', slot: 3, node: 'm1', reservations, state: 'failed' }),
    ],
  }
  const object = { kind: 'node', id: nodeIdOf('m1') } as const
  const value = { Description: { Resources: { GenericResources } } }
  const facts = pageOf('m1', reading, { resources: answered({ kind: 'object', object }, value) })
  assert.deepEqual(toldUnder(facts, 'CPU'), ['[50]  50%  1 of 2 reserved, 1 free'])
  assert.deepEqual(toldUnder(facts, 'memory'), ['[50]  50%  2 GiB of 4 GiB reserved, 2 GiB free'])
  assert.deepEqual(toldUnder(facts, 'gpu'), ['[50]  50%  2 of 4 reserved, 2 free'])
  assert.deepEqual(toldUnder(facts, 'tasks'), ['2 running, 1 failed'])
})

test('more reserved than there is, and a node that has told nothing yet', () => {
  const reservations = { NanoCPUs: 3e9 }
  const tasks = [apiTask({ service: 'api', slot: 1, node: 'm1', reservations })]
  const reading = { nodes: [apiManager('m1', { isLeader: true }), { ID: nodeIdOf('new') }], tasks }
  assert.deepEqual(toldUnder(pageOf('m1', reading), 'CPU'), ['[100] 150%  3 of 2 reserved, 1 over'])
  const fresh = pageOf('new', reading)
  assert.deepEqual(toldUnder(fresh, 'hostname'), ['not known yet'])
  assert.deepEqual(toldUnder(fresh, 'CPU'), ['0 reserved of an amount that is not known'])
  assert.deepEqual(toldUnder(fresh, 'joined'), ['not known'])
})

test('services that can run nowhere else are named, and lead to their pages', () => {
  const services = [
    apiService({ name: 'db', constraints: ['node.hostname == W1'] }),
    apiService({ name: 'web', constraints: ['node.role==worker'] }),
    apiService({ name: 'odd', constraints: ['no constraint'] }),
  ]
  const facts = pageOf('w1', { nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })], services })
  assert.deepEqual(toldUnder(facts, 'pinned here'), ['db  node.hostname==W1'])
  const [pinned] = facts.filter(({ label }) => label === 'pinned here')
  assert.deepEqual(pinned?.opens, { kind: 'service', serviceId: serviceIdOf('db') })
})

test('a service that is pinned twice has two lines, which are two things to the keys', () => {
  const constraints = [`node.id==${nodeIdOf('w1')}`, 'node.hostname==w1']
  const services = [apiService({ name: 'db', constraints })]
  const facts = pageOf('w1', { nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })], services })
  const ids = facts.map(({ id }) => id)
  assert.equal(toldUnder(facts, 'pinned here').length, 2)
  assert.equal(new Set(ids).size, ids.length)
})

test('a label whose name says that it is secret is masked, on the screen and where it is copied', () => {
  const labels = { 'registry-password': 'hunter2', zone: 'a' }
  const facts = pageOf('w1', { nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1', labels })] })
  const told = JSON.stringify(facts)
  assert.ok(!told.includes('hunter2') && told.includes('registry-password=•••') && told.includes('zone=a'))
})

test('plugins and who signed its certificate come with an answer of their own', () => {
  const reading = { nodes: [apiManager('m1', { isLeader: true })] }
  const ref = { kind: 'object', object: { kind: 'node', id: nodeIdOf('m1') } } as const
  assert.deepEqual(toldUnder(pageOf('m1', reading), 'plugins'), ['being read'])
  const value = {
    Description: {
      Engine: {
        Plugins: [
          { Type: 'Volume', Name: 'local' },
          { Type: 'Network', Name: 'bridge' },
          { Type: 'Volume', Name: 'nfs' },
        ],
      },
      TLSInfo: { CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh' },
    },
  }
  const facts = pageOf('m1', reading, { resources: answered(ref, value) })
  assert.deepEqual(toldUnder(facts, 'volume plugins'), ['local, nfs'])
  assert.deepEqual(toldUnder(facts, 'network plugins'), ['bridge'])
  assert.deepEqual(toldUnder(facts, 'TLS issuer'), ['swarm-ca'])
})

test('every line of the page has a name of its own', () => {
  const labels = { state: 'x', 'heading Tasks': 'y', ID: '', __proto__: 'z' }
  const nodes = [apiManager('m1', { isLeader: true, labels, engineLabels: { state: 'x' } })]
  const facts = pageOf('m1', { nodes })
  assert.equal(new Set(facts.map(({ id }) => id)).size, facts.length)
  assert.ok(linesOf(facts).includes('ID: (set, without a value)'))
})

test('there is no page for a node that is gone, nor before the first reading', () => {
  assert.deepEqual(pageOf('gone', troubledReading), [])
  assert.deepEqual(nodeFacts(stateOf({ reading: null })), [])
})
