import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { apiManager, apiNode, apiService, apiTasks, nodeIdOf } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const managers = (count: number, leader = 'm1') =>
  Array.from({ length: count }, (_, index) => apiManager(`m${index + 1}`, { isLeader: leader === `m${index + 1}` }))

const onWorker = (reading: Partial<ApiReading> = wellReading) => appWith(reading).press('2', 'G')

describe('an operation', () => {
  test('is asked about before anything is done', () => {
    const app = onWorker().press('d')
    assert.match(app.state.acting.question?.question.title ?? '', /w2/)
    assert.deepEqual(app.asked(), [])
  })

  test('is done on the object that the question named, whatever the list has become meanwhile', () => {
    const app = onWorker().press('d')
    app.readNext({ ...wellReading, nodes: [...(wellReading.nodes ?? []), apiNode({ name: 'w9' })] })
    app.effects = []
    app.consider().press('y')
    const [effect] = app.effects
    assert.equal(
      effect?.kind === 'operate' && effect.operation.kind === 'drain' && effect.operation.nodeId,
      nodeIdOf('w2'),
    )
  })

  test('is not done on n, on Esc, or on any key that is no answer', () => {
    for (const key of ['n', 'esc']) {
      const app = onWorker().press('d').consider().press('x', 'down', key)
      assert.deepEqual(app.asked(), [])
      assert.equal(app.state.acting.question, null)
    }
  })

  test('leaves two lines in the journal: what was asked and how it ended', () => {
    const app = onWorker().press('a').press('d').consider().press('y')
    const { number = 0, operation } = app.state.acting.running[0] ?? {}
    assert.ok(operation)
    app.happen({
      kind: 'operation-answered',
      number,
      operation,
      outcome: { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] },
    })
    const drained = (wellReading.nodes ?? []).map(node =>
      node.ID === nodeIdOf('w2') ? apiNode({ name: 'w2', availability: 'drain', version: 11 }) : node,
    )
    app.answer({ ...wellReading, nodes: drained, tasks: apiTasks('api', ['m1', 'w1', 'm2']) })
    assert.deepEqual(app.state.acting.running, [])
    assert.match(app.journal().join('\n'), /docker node update --availability drain w2[\s\S]*drain w2: /)
  })

  test('that the engine refuses says so in its words', () => {
    const app = onWorker().press('d').consider().press('y')
    const { number = 0, operation } = app.state.acting.running[0] ?? {}
    assert.ok(operation)
    app.happen({
      kind: 'operation-answered',
      number,
      operation,
      outcome: { kind: 'refused', text: 'update out of sequence' },
    })
    assert.match(app.journal().at(-1) ?? '', /drain w2 failed: update out of sequence/)
  })
})

describe('an operation that nobody has read', () => {
  test('is not done by what is typed ahead', () => {
    const app = appWith(wellReading).type('fy')
    assert.deepEqual(app.asked(), [])
    assert.notEqual(app.state.acting.question, null)
  })

  test('is left by Esc at once: the key after it must find no question to say yes to', () => {
    const app = appWith(wellReading).press('f', 'esc')
    assert.equal(app.state.acting.question, null)
    assert.ok(!app.consider().press('enter').asked().includes('operate 0'))
  })

  test('is not asked for on a screen that is too small to show it', () => {
    const app = onWorker().happen({ kind: 'resized', columns: 40, rows: 10 }).press('d')
    assert.equal(app.state.acting.question, null)
    assert.deepEqual(app.press('q').asked(), ['quit'])
  })
})

describe('an operation that cannot be done', () => {
  test('says why: the node is drained already', () => {
    const nodes = [...managers(3), apiNode({ name: 'w1', availability: 'drain' })]
    assert.match(onWorker({ ...wellReading, nodes }).press('d').notice, /drained already/)
  })

  test('says why: read-only', () => {
    const app = appWith(wellReading, { isReadOnly: true }).press('2', 'G', 'd')
    assert.match(app.notice, /[Rr]ead-only/)
    assert.equal(app.state.acting.question, null)
  })

  test('says why: the swarm does not answer', () => {
    const app = onWorker().pass(1000).fail({ kind: 'no-leader', how: 'quorum', detail: '' }).press('esc', 'd')
    assert.match(app.notice, /does not answer/)
  })

  test('says why: another one on the same node has not been answered', () => {
    const app = onWorker().press('d').consider().press('y').press('b')
    assert.match(app.notice, /docker node update --availability drain w2 has not been answered yet/)
  })

  test('says why: the reading is old, whatever keeps the next one', () => {
    const app = onWorker().pass(1000)
    for (let second = 0; second < 12; second += 1) {
      app.pass(1000).happen({ kind: 'reading-progressed', number: app.state.polling.inFlight?.number ?? -1 })
    }
    assert.match(app.press('d').notice, /does not answer/)
  })

  test('says where its key belongs', () => {
    assert.match(appWith(wellReading).press('d').notice, /on a node/)
  })

  test('because the world moved while the person read is not done', () => {
    const app = onWorker().press('d')
    const nodes = (wellReading.nodes ?? []).map(node =>
      node.ID === nodeIdOf('w2') ? apiNode({ name: 'w2', availability: 'drain' }) : node,
    )
    app.readNext({ ...wellReading, nodes })
    assert.equal(app.state.acting.question, null)
    assert.match(app.notice, /drained already/)
  })
})

describe('an operation that costs redundancy', () => {
  const nodes = [...managers(3), apiNode({ name: 'w1' })]
  const reading = { ...wellReading, nodes, services: [apiService({ name: 'api' })], tasks: apiTasks('api', ['w1']) }

  test('has No for its default, so that Enter does nothing', () => {
    const app = appWith(reading).press('2', 'down', 'm')
    assert.equal(app.state.acting.question?.answer, 'no')
    assert.deepEqual(app.consider().press('enter').asked(), [])
  })

  test('is done when the person goes to Yes', () => {
    const app = appWith(reading).press('2', 'down', 'm').consider().press('left', 'enter')
    assert.deepEqual(app.asked(), ['operate 0'])
  })

  test('is asked about again when that has come to be while the person read', () => {
    const five = { ...reading, nodes: [...managers(5), apiNode({ name: 'w1' })] }
    const app = appWith(five).press('2', 'down', 'm')
    assert.equal(app.state.acting.question?.answer, 'yes')
    app.consider().readNext(reading)
    app.effects = []
    assert.equal(app.state.acting.question?.answer, 'no')
    assert.match(app.notice, /changed while you were reading/)
    assert.deepEqual(app.press('y').consider().press('enter').asked(), [])
  })
})
