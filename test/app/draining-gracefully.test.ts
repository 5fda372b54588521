import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { apiNode, apiService, apiTasks, nodeIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const reading: Partial<ApiReading> = {
  ...wellReading,
  services: [apiService({ name: 'api', replicas: 3, updateOrder: 'start-first' }), apiService({ name: 'redis' })],
  tasks: [...apiTasks('api', ['m1', 'w1', 'w2']), ...apiTasks('redis', ['w2'])],
}

const title = ({ state }: App) => state.acting.question?.question.title ?? ''
const commands = ({ state }: App) => state.acting.question?.question.commands ?? []
const onDrain = () => appWith(reading).press('2', 'G', 'd').consider()

describe('a drain is asked about both ways', () => {
  test('g asks about the graceful one, and again about the plain one', () => {
    const app = onDrain()
    assert.equal(title(app), 'Drain w2?')
    assert.equal(title(app.press('g').consider()), 'Drain w2 gracefully?')
    assert.deepEqual(commands(app), [
      'docker node update --availability pause w2',
      'docker service update --force api',
      'docker node update --availability drain w2',
    ])
    assert.equal(title(app.press('g')), 'Drain w2?')
  })

  test('what is said next is read first: g answers nothing by itself', () => {
    assert.deepEqual(onDrain().press('g', 'y').asked(), [])
  })

  test('yes begins with the pause', () => {
    const app = onDrain().press('g').consider()
    app.effects = []
    app.press('y')
    const [effect] = app.effects
    assert.ok(effect?.kind === 'operate' && effect.operation.kind === 'pause')
    assert.equal(effect.operation.nodeId, nodeIdOf('w2'))
  })

  test('what runs there when the answer is given is what is renewed', () => {
    const app = onDrain().press('g').consider()
    app.readNext({ ...reading, tasks: [...apiTasks('api', ['m1', 'w1', 'm2']), ...apiTasks('redis', ['w2'])] })
    assert.match(app.notice, /changed while you were reading/)
    assert.deepEqual(commands(app), ['docker node update --availability drain w2'])
  })

  test('g is no answer to other questions', () => {
    const app = appWith(reading).press('2', 'G', 'b').consider().press('g')
    assert.equal(title(app), 'Pause w2?')
  })

  test('of several nodes there is the plain one alone', () => {
    const app = appWith(reading).press('2', 'G', 'space', 'up', 'space', 'd').consider()
    const before = title(app)
    assert.match(before, /^Drain w/)
    assert.equal(title(app.press('g')), before)
  })
})

describe(':drain-gracefully', () => {
  test('asks about the node that is named, or selected', () => {
    assert.equal(title(appWith(reading).type(':drain-gracefully w1').press('enter')), 'Drain w1 gracefully?')
    assert.equal(title(appWith(reading).press('2', 'G').type(':graceful').press('enter')), 'Drain w2 gracefully?')
  })

  test('says why not', () => {
    const nodes = [...(wellReading.nodes ?? []).slice(0, 4), apiNode({ name: 'w2', availability: 'drain' })]
    const app = appWith({ ...reading, nodes })
      .type(':drain-gracefully w2')
      .press('enter')
    assert.match(app.notice, /w2 is drained already/)
    assert.equal(app.state.acting.question, null)
  })
})
