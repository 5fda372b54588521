import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { diagnosisOf } from '../../source/app/diagnosis.ts'
import { keyGroupsOf } from '../../source/app/key-groups.ts'
import { rowsOf, selectedId } from '../../source/app/rows/panel-rows.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { troubledReading } from '../helpers/readings.ts'

const reserved = { MemoryBytes: 2 ** 20 }
const drained = (name: string) => apiNode({ name, availability: 'drain' })
const three = ['m1', 'm2', 'm3'].map((name, index) => apiManager(name, { isLeader: index === 0 }))
const service = apiService({ name: 'api', replicas: 3, status: [3, 3], reservations: reserved })
const well: Partial<ApiReading> = { ...wellReading, services: [service], tasks: apiTasks('api', ['m1', 'm2', 'm3']) }
const oneDrained: Partial<ApiReading> = { ...well, nodes: [...three, drained('w1'), apiNode({ name: 'w2' })] }
const twoDrained: Partial<ApiReading> = { ...well, nodes: [...three, drained('w1'), drained('w2')] }

const doctor = (words: Partial<ApiReading>): App => appWith(words).press(':').type('doctor').press('enter')
const select = (app: App, id: string): App => {
  while (selectedId(app.state, 'doctor') !== id) app.press('down')
  return app
}
const rows = (app: App): readonly string[] =>
  rowsOf(app.state, 'doctor').map(
    ({ finding, subject, isPart }) => `${isPart ? '  ' : ''}${finding.kind} ${subject?.name ?? '…'}`,
  )

test('it is computed once a reading', () => {
  const app = doctor(oneDrained)
  const first = diagnosisOf(app.state)
  assert.equal(diagnosisOf(app.press('down').pass(100).state), first)
  assert.notEqual(diagnosisOf(app.readNext(oneDrained).state), first)
})

const titleOf = (app: App): string | undefined => app.state.acting.question?.question.title

describe('what keys do on a finding', () => {
  test('Enter goes to the node, and its keys act on it', () => {
    const app = doctor(oneDrained)
    assert.deepEqual(rows(app), ['node-drained w1'])
    assert.ok(keyGroupsOf(app.state).includes('node'))
    app.press('a')
    assert.equal(titleOf(app), 'Activate w1?')
    app.consider().press('n', 'enter')
    assert.deepEqual(app.view.screen, { kind: 'node', nodeId: nodeIdOf('w1') })
    assert.deepEqual(rows(app.press('esc')), ['node-drained w1'])
  })

  test('of several it shows each, and again none of them', () => {
    const app = doctor(twoDrained)
    assert.deepEqual(rows(app), ['node-drained …'])
    app.press('a')
    assert.equal(titleOf(app), undefined)
    assert.match(app.notice, /on a node/)
    assert.deepEqual(rows(app.press('enter')), ['node-drained …', '  node-drained w1', '  node-drained w2'])
    app.press('down', 'down', 'a')
    assert.equal(titleOf(app), 'Activate w2?')
    app.consider().press('n', 'up', 'up', 'enter')
    assert.deepEqual(rows(app), ['node-drained …'])
  })

  test('what is marked is asked about as one', () => {
    const app = doctor(twoDrained).press('enter', 'down', 'space', 'space', 'a')
    assert.equal(titleOf(app), 'Activate w1 and w2?')
    const together = doctor(twoDrained).press('space', 'enter', 'down', 'a')
    assert.equal(titleOf(together), 'Activate w1 and w2?', 'the row of both stands for both')
  })

  test('of the managers it goes to the nodes', () => {
    const app = doctor({ nodes: three.slice(0, 2) })
    assert.deepEqual(app.press('enter').view.screen, { kind: 'nodes' })
  })

  test('on a service its keys, its log, its inspection and why', () => {
    const words = {
      ...well,
      services: [apiService({ name: 'api', replicas: 2 })],
      tasks: apiTasks('api', ['w1', 'w1']),
    }
    assert.deepEqual(rows(doctor(words)), ['all-on-one-node api'])
    const app = doctor(words).press('f')
    assert.equal(titleOf(app), 'Force update api?')
    assert.deepEqual(doctor(words).press('l').view.screen, {
      kind: 'logs',
      subject: { kind: 'service', serviceId: serviceIdOf('api') },
    })
    assert.deepEqual(doctor(words).press('i').view.screen, {
      kind: 'inspect',
      object: { kind: 'service', id: serviceIdOf('api') },
    })
    assert.deepEqual(doctor(words).press('t').view.screen, { kind: 'lanes', serviceId: serviceIdOf('api') })
    assert.match(doctor(words).press('w').notice, /api runs as it should/)
  })

  test('on a slot its story', () => {
    const app = select(doctor(troubledReading), `pending ${serviceIdOf('api')} 0`)
    assert.deepEqual(app.press('w').view.screen, { kind: 'slot', serviceId: serviceIdOf('api'), slot: '3' })
    assert.equal(app.view.focus, 'story')
  })

  test('slots of one service stand for it', () => {
    const pending = [1, 2].map(slot => apiTask({ service: 'api', slot, state: 'pending', error: 'full' }))
    const app = doctor({ ...well, services: [apiService({ name: 'api', replicas: 2 })], tasks: pending })
    assert.deepEqual(rows(app), ['pending api'])
    assert.deepEqual(app.press('enter').view.screen, { kind: 'service', serviceId: serviceIdOf('api') })
  })
})

test('where a finding is gone, keys go to its neighbour only after it was said', () => {
  const app = doctor({
    ...oneDrained,
    nodes: [...three, drained('w1'), apiNode({ name: 'w2', availability: 'pause' })],
  })
  assert.deepEqual(rows(app), ['node-drained w1', 'node-paused w2'])
  app.press('up').readNext({
    ...oneDrained,
    nodes: [...three, apiNode({ name: 'w1' }), apiNode({ name: 'w2', availability: 'pause' })],
  })
  assert.equal(selectedId(app.state, 'doctor'), 'node-paused')
  assert.match(app.notice, /is gone/)
})

test('a filter finds a node among those that a finding is about', () => {
  const app = doctor(troubledReading).press('/').type('node:w1').press('enter')
  assert.deepEqual(rows(app), ['node-drained w1'])
})

test('orders keep what belongs together together', () => {
  const app = doctor({
    ...twoDrained,
    nodes: [...(twoDrained.nodes ?? []), apiNode({ name: 'w3', availability: 'pause' })],
  })
  app.press('enter', 'o', 'o', 'O')
  assert.deepEqual(rows(app), ['node-paused w3', 'node-drained …', '  node-drained w1', '  node-drained w2'])
})
