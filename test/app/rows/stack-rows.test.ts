import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsOf } from '../../../source/app/rows/panel-rows.ts'
import { findStack } from '../../../source/app/rows/stack-rows.ts'
import type { State } from '../../../source/app/state.ts'
import { apiService, apiTasks, timeAgo } from '../../helpers/api-builders.ts'
import { wellReading } from '../../helpers/cluster-builders.ts'
import { answered } from '../../helpers/fact-lines.ts'
import { stateOf } from '../../helpers/state-builders.ts'

const inStack = (stack: string) => ({ labels: { 'com.docker.stack.namespace': stack } })

const services = [
  apiService({ name: 'shop_web', replicas: 2, status: [2, 2], ...inStack('shop') }),
  apiService({ name: 'shop_api', replicas: 2, status: [1, 2], ...inStack('shop') }),
  apiService({
    name: 'shop_job',
    mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
    ...inStack('shop'),
  }),
  apiService({
    name: 'log_sink',
    update: { State: 'paused', StartedAt: timeAgo(1000) },
    status: [1, 1],
    ...inStack('log'),
  }),
  apiService({ name: 'alone', status: [1, 1] }),
]
const tasks = [
  ...apiTasks('shop_web', ['m1', 'w1']),
  ...apiTasks('shop_api', ['w1']),
  ...apiTasks('log_sink', ['w2']),
  ...apiTasks('alone', ['w2']),
]

const stateWith = (reading: object, change: Partial<State> = {}) =>
  stateOf({ reading: { ...wellReading, ...reading }, view: { screen: { kind: 'stacks' }, focus: 'stacks' }, change })

test('stacks by name, and what is in none after them', () => {
  const rows = rowsOf(stateWith({ services, tasks }), 'stacks')
  assert.deepEqual(
    rows.map(({ id, services, running, desired, tasks }) => [id, services.length, running, desired, tasks]),
    [
      ['log', 1, 1, 1, 1],
      ['shop', 3, 3, 4, 3],
      ['', 1, 1, 1, 1],
    ],
  )
  assert.deepEqual(
    rows.map(({ short }) => short.map(({ service }) => service.name)),
    [[], ['shop_api', 'shop_job'], []],
  )
  assert.deepEqual(
    rows.map(({ updating }) => updating.map(({ service }) => service.name)),
    [['log_sink'], [], []],
  )
})

test('their networks are counted when they have been read', () => {
  const label = { 'com.docker.stack.namespace': 'shop' }
  const networks = [
    { Id: 'n1', Labels: label },
    { Id: 'n2', Labels: label },
    { Id: 'n3', Labels: null },
  ]
  const countsOf = (state: State) => rowsOf(state, 'stacks').map(row => row.networks)
  assert.deepEqual(countsOf(stateWith({ services, tasks })), [null, null, null])
  assert.deepEqual(
    countsOf(stateWith({ services, tasks }, { resources: answered({ kind: 'networks' }, networks) })),
    [0, 2, 1],
  )
})

test('a swarm without stacks has an empty list, and one that is not there is not found', () => {
  const state = stateWith({ services: services.slice(-1) })
  assert.deepEqual(rowsOf(state, 'stacks'), [])
  assert.equal(findStack(state, 'shop'), null)
  assert.equal(findStack(state, '')?.services.length, 1)
})
