import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rowsOf } from '../../source/app/rows/panel-rows.ts'
import { apiService, apiTask, nodeIdOf, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const services = [apiService({ name: 'api', replicas: 100 })]
const runs = (slot: number, image: string, node: string) =>
  apiTask({ id: `${image}-${slot}`, service: 'api', slot, node, image, createdAgoMs: SECOND })
const stops = (slot: number) =>
  apiTask({
    id: `api:1-${slot}`,
    service: 'api',
    slot,
    node: 'w1',
    image: 'api:1',
    state: 'shutdown',
    stateAgoMs: SECOND,
  })

const SLOTS = Array.from({ length: 100 }, (_, index) => index + 1)

describe('births and orderly ends of tasks', () => {
  test('an update of a hundred tasks is two lines, however long it takes', () => {
    const app = appWith({ ...wellReading, services, tasks: SLOTS.map(slot => runs(slot, 'api:1', 'w1')) })
    for (const done of SLOTS) {
      const tasks = SLOTS.map(slot =>
        slot <= done ? [stops(slot), runs(slot, 'api:2', slot % 2 === 0 ? 'w1' : 'w2')] : [runs(slot, 'api:1', 'w1')],
      )
      app.readNext({ ...wellReading, services, tasks: tasks.flat() })
    }
    assert.deepEqual(app.journal(), ['api: 100 tasks stopped on w1', 'api: 100 tasks started on w1, w2'])
  })

  test('what starts a while later is told on a line of its own', () => {
    const app = appWith({ ...wellReading, services, tasks: [] })
    app.readNext({ ...wellReading, services, tasks: [runs(1, 'api:1', 'w1')] })
    app.now += 60_000
    app.readNext({ ...wellReading, services, tasks: [runs(1, 'api:1', 'w1'), runs(2, 'api:1', 'w1')] })
    assert.deepEqual(app.journal(), ['api: 1 task started on w1', 'api: 1 task started on w1'])
  })

  test('of a crash loop the failures and the starts are one line each', () => {
    const app = appWith({ ...wellReading, services, tasks: [] })
    for (let round = 1; round <= 20; round++) {
      const words = { service: 'api', slot: 1, node: 'w1', id: `t${round}` }
      app.readNext({ ...wellReading, services, tasks: [apiTask(words)] })
      const failed = apiTask({ ...words, state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1 })
      app.readNext({ ...wellReading, services, tasks: [failed] })
    }
    assert.deepEqual(app.journal(), [
      'api: 20 tasks started on w1',
      'api.1 failed on w1: task: non-zero exit (1) (20 times)',
    ])
  })

  test('stand on the time line of the cluster alone', () => {
    const app = appWith({ ...wellReading, services, tasks: [] })
    app.readNext({ ...wellReading, services, tasks: [runs(1, 'api:1', 'w1')] })
    assert.equal(rowsOf(app.state, 'events').length, 0)
    app.press('7')
    assert.equal(rowsOf(app.state, 'events').length, 1)
  })

  test('a job’s tasks finish', () => {
    const job = [apiService({ name: 'job', mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } } })]
    const task = (state: string) =>
      apiTask({ service: 'job', slot: 1, node: 'w2', id: 'j', state, desired: 'complete' })
    const app = appWith({ ...wellReading, services: job, tasks: [task('running')] })
    app.readNext({ ...wellReading, services: job, tasks: [task('complete')] })
    assert.deepEqual(app.journal(), ['job: 1 task finished on w2'])
  })
})

describe('Enter on an event', () => {
  const task = (state: string, node = 'w1') => apiTask({ service: 'api', slot: 1, node, id: 't', state, exitCode: 1 })
  const one = { ...wellReading, services: [apiService({ name: 'api' })] }

  test('opens the slot whose task failed', () => {
    const app = appWith({ ...one, tasks: [task('running')] }).readNext({ ...one, tasks: [task('failed')] })
    assert.deepEqual(app.press('7', 'enter').view.screen, { kind: 'slot', serviceId: serviceIdOf('api'), slot: '1' })
  })

  test('opens the service whose tasks started, and the node that leads', () => {
    const app = appWith({ ...one, tasks: [] }).readNext({ ...one, tasks: [task('running')] })
    assert.deepEqual(app.press('7', 'enter').view.screen, { kind: 'service', serviceId: serviceIdOf('api') })
    const nodes = (leader: string) =>
      (wellReading.nodes ?? []).map(node =>
        node.ManagerStatus
          ? { ...node, ManagerStatus: { ...node.ManagerStatus, Leader: node.ID === nodeIdOf(leader) } }
          : node,
      )
    const led = appWith({ ...one, nodes: nodes('m1') }).readNext({ ...one, nodes: nodes('m2') })
    led.press('7')
    const leaders = led.journal().findIndex(text => text.startsWith('leader'))
    assert.ok(leaders >= 0)
    for (let up = 0; up < led.journal().length - 1 - leaders; up++) led.press('down')
    assert.deepEqual(led.press('enter').view.screen, { kind: 'node', nodeId: nodeIdOf('m2') })
  })

  test('says where what it was about is gone', () => {
    const app = appWith({ ...one, tasks: [] }).readNext({ ...one, tasks: [], services: [] })
    assert.match(app.press('7', 'enter').notice, /is gone/)
  })
})
