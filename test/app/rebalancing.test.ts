import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { rebalanceFacts } from '../../source/app/facts/rebalance-facts.ts'
import { selectedId } from '../../source/app/rows/panel-rows.ts'
import { apiManager, apiNode, apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { linesOf } from '../helpers/fact-lines.ts'

/** w3 is back: api and web lie on w1 and w2; db is one task; agent is on each node. */
const reading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true, availability: 'drain' }),
    ...['w1', 'w2', 'w3'].map(name => apiNode({ name })),
  ],
  services: [
    apiService({ name: 'agent', mode: { Global: {} } }),
    apiService({ name: 'api', replicas: 4 }),
    apiService({ name: 'db' }),
    apiService({ name: 'web', replicas: 6 }),
  ],
  tasks: [
    ...apiTasks('api', ['w1', 'w1', 'w2', 'w2']),
    ...apiTasks('db', ['w1']),
    ...apiTasks('web', ['w1', 'w1', 'w1', 'w2', 'w2', 'w2']),
  ],
}

const question = ({ state }: App) => state.acting.question?.question
const commandsAsked = (app: App) => question(app)?.commands ?? []
const copied = ({ effects }: App) => effects.flatMap(effect => (effect.kind === 'copy' ? effect.text.split('\n') : []))

describe('the way to the planner', () => {
  test('B leads there from anywhere, and Esc back', () => {
    for (const key of ['1', '2', '3', '8']) {
      const app = appWith(reading).press(key)
      const before = app.view.screen
      assert.deepEqual(app.press('B').view.screen, { kind: 'rebalance' })
      assert.deepEqual(app.press('esc').view.screen, before)
    }
  })

  test('from a service it is selected there, in a list and on its own screen', () => {
    const inList = appWith(reading).press('3', 'j', 'j', 'B')
    assert.equal(selectedId(inList.state, 'rebalance'), serviceIdOf('db'))
    const onScreen = appWith(reading).press('3', 'G', 'enter', 'B')
    assert.equal(selectedId(onScreen.state, 'rebalance'), serviceIdOf('web'))
  })

  test('a node has nothing selected there but the first', () => {
    const app = appWith(reading).press('2', 'G', 'B')
    assert.equal(selectedId(app.state, 'rebalance'), serviceIdOf('web'))
  })
})

describe('choosing', () => {
  test('Space takes a service out and in again, and goes on to the next', () => {
    const app = appWith(reading).press('B', 'space')
    assert.equal(selectedId(app.state, 'rebalance'), serviceIdOf('api'))
    assert.deepEqual(copied(app.press('c')), ['docker service update --force api'])
    app.effects = []
    assert.deepEqual(copied(app.press('g', 'space', 'c')), [
      'docker service update --force web',
      'docker service update --force api',
    ])
  })

  test('what is left out can be chosen, and stays so with the next reading', () => {
    const app = appWith(reading).press('B', 'j', 'j', 'space').readNext(reading).press('enter')
    assert.deepEqual(
      commandsAsked(app),
      ['web', 'api', 'db'].map(name => `docker service update --force ${name}`),
    )
    assert.match(
      question(app)?.consequences.find(({ weight }) => weight === 'warning')?.text ?? '',
      /^db: one task only/,
    )
  })

  test('what cannot be chosen says why', () => {
    const app = appWith(reading).press('B', 'G', 'space')
    assert.equal(app.notice, 'agent cannot be chosen: global: one on each of its nodes')
  })
})

describe('starting', () => {
  test('Enter asks about all that is chosen, and a yes renews one service after another', () => {
    const app = appWith(reading).press('B', 'enter').consider()
    assert.equal(question(app)?.title, 'Rebalance web, api?')
    assert.match(JSON.stringify(question(app)?.consequences), /10 tasks restarted in all/)
    app.press('y')
    const operated = app.effects.flatMap(effect => (effect.kind === 'operate' ? [effect.operation] : []))
    assert.deepEqual(operated, [{ kind: 'force-update', serviceId: serviceIdOf('web'), name: 'web' }])
  })

  test('where nothing is needed, or nothing chosen, it says so', () => {
    const even = {
      ...reading,
      services: [apiService({ name: 'api', replicas: 3 })],
      tasks: apiTasks('api', ['w1', 'w2', 'w3']),
    }
    assert.equal(appWith(even).press('B', 'enter').notice, 'no force update is needed: each node carries 1 task')
    assert.match(appWith(reading).press('B', 'space', 'space', 'enter').notice, /^nothing is chosen: /)
    assert.match(appWith({}).press('B', 'c').notice, /^no force update is needed/)
  })

  test('with --read-only it can be looked at and copied, and nothing is asked', () => {
    const app = appWith(reading, { isReadOnly: true }).press('B', 'enter')
    assert.equal(app.state.acting.question, null)
    assert.match(app.notice, /--read-only/)
    assert.equal(copied(app.press('c')).length, 2)
  })
})

test('the page of a service tells node by node where its tasks go, and Enter leads to the node', () => {
  const app = appWith(reading).press('B', 'j')
  assert.deepEqual(linesOf(rebalanceFacts(app.state)), [
    '# api',
    'chosen: spread unevenly',
    'w1: [50] 2 → 1',
    'w2: [100] 2',
    'w3: [50] 0 → 1',
    'its update: 4 tasks replaced one at a time, each old one stopped before its successor starts (stop-first)',
    'image and settings stay as they are: api:1',
    'command: docker service update --force api',
  ])
  app.press('tab', 'j', 'j', 'enter')
  assert.deepEqual(app.view.screen, { kind: 'node', nodeId: nodeIdOf('w1') })
})
