import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toleranceOf } from '../../source/operations/tolerance.ts'
import { apiNode, apiTask } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { gap, move, planOf } from '../helpers/plan-builders.ts'

const drain = () => appWith(wellReading).press('2', 'G', 'd')

const texts = (app: App) => app.state.acting.question?.question.consequences.map(({ text }) => text) ?? []
const kinds = (app: App) => app.effects.map(({ kind }) => kind)
const rehearsals = (app: App) => app.effects.filter(({ kind }) => kind === 'rehearse').length

const good = planOf({ moves: [move('api.3', 'w2', 'w1')], gaps: [gap('api', 2, 3, 6_000)] })
const outage = planOf({ moves: [move('api.3', 'w2', 'w1')], gaps: [gap('api', 0, 1, 6_000)] })

/** The same swarm, in which something has happened. */
const moved = { ...wellReading, tasks: [...(wellReading.tasks ?? []), apiTask({ service: 'db', slot: 1, node: 'w1' })] }

describe('a plan', () => {
  test('is begun with the question, and takes the place of what was guessed', () => {
    const app = drain()
    assert.deepEqual(kinds(app), ['rehearse'])
    assert.ok(texts(app).some(text => /to be replaced on other nodes/.test(text)))
    app.plan(good)
    assert.ok(texts(app).includes('api.3 moves from w2 to w1; 2 of 3 run for 6 s'))
    assert.ok(!texts(app).some(text => /to be replaced on other nodes/.test(text)))
  })

  test('is waited for before yes is yes, but not for long', () => {
    const app = drain()
    app.now += 400
    app.press('y')
    assert.match(app.notice, /plan is not there yet/)
    assert.deepEqual(app.asked(), [])
    app.now += 2000
    assert.deepEqual(app.press('y').asked(), ['operate 0'])
  })

  test('is not waited for to say no', () => {
    const app = drain()
    app.now += 400
    assert.equal(app.press('n').state.acting.question, null)
  })

  test('has to be read too: keys are not heard for a moment when it comes', () => {
    const app = drain()
    app.now += 400
    app.plan(good).press('y')
    assert.deepEqual(app.asked(), [])
    app.now += 400
    assert.deepEqual(app.press('y').asked(), ['operate 0'])
  })

  test('that shows a danger makes No the usual answer', () => {
    const app = drain()
    assert.equal(app.state.acting.question?.answer, 'yes')
    app.consider(outage)
    assert.equal(app.state.acting.question?.answer, 'no')
    assert.deepEqual(app.press('enter').asked(), [])
  })

  test('that comes late and shows one is told of', () => {
    const app = drain().pass(2500)
    app.effects = []
    assert.match(app.plan(outage).notice, /plan has come, and it is graver/)
    assert.deepEqual(app.press('enter').asked(), [])
    assert.notEqual(app.state.acting.question, null)
  })

  test('by which the quorum is lost has the name typed', () => {
    const quorum = { before: toleranceOf(3, 3), during: toleranceOf(3, 1), after: toleranceOf(3, 1) }
    const app = drain().consider(planOf({ quorum }))
    assert.deepEqual(app.state.acting.question?.question.confirmation, { kind: 'type', name: 'w2' })
    assert.deepEqual(app.press('y', 'enter').asked(), [])
    assert.deepEqual(app.press('backspace').type('w2').press('enter').asked(), ['operate 0'])
  })

  test('that cannot be had is said, and keeps nothing from being done', () => {
    const app = drain()
    const number = app.state.acting.question?.planning?.number ?? -1
    app.happen({ kind: 'rehearsal-failed', number, text: 'nothing has been read yet' })
    app.now += 400
    assert.deepEqual(app.press('y').asked(), ['operate 0'])
  })

  test('of another question is not taken for this one', () => {
    const app = drain()
    const number = app.state.acting.question?.planning?.number ?? -1
    app.now += 400
    app.press('n', 'up', 'd').happen({ kind: 'rehearsed', number, plan: outage })
    assert.equal(app.state.acting.question?.answer, 'yes')
  })
})

describe('a swarm that changes while its plan is read', () => {
  test('is planned anew, the old plan staying meanwhile', () => {
    const app = drain().consider(good)
    app.effects = []
    app.pass(2000).answer(moved)
    assert.equal(rehearsals(app), 1)
    assert.ok(texts(app).includes('api.3 moves from w2 to w1; 2 of 3 run for 6 s'))
  })

  test('is not planned anew where nothing has changed, nor all the time', () => {
    const app = drain().consider(good)
    app.effects = []
    app.pass(2000).answer(wellReading)
    assert.equal(rehearsals(app), 0)
    const other = drain().consider(good)
    other.effects = []
    other.pass(1000).answer(moved)
    assert.equal(rehearsals(other), 0)
  })

  test('where only tasks go elsewhere the question stays as it was', () => {
    const app = drain().consider(good).pass(2000).answer(moved)
    app.plan(planOf({ ...good, moves: [move('api.3', 'w2', 'm1')] }))
    assert.ok(texts(app).includes('api.3 moves from w2 to m1; 2 of 3 run for 6 s'))
    assert.equal(app.notice, '')
    assert.deepEqual(app.press('y').asked().includes('operate 0'), true)
  })

  test('where something is in danger now, it has to be read again, and the answer is No', () => {
    const app = drain().consider(good).pass(2000).answer(moved).plan(outage)
    assert.match(app.notice, /changed while you were reading/)
    app.effects = []
    assert.deepEqual(app.press('y', 'enter').asked(), [])
    app.now += 400
    assert.deepEqual(app.press('enter').asked(), [])
    assert.equal(app.state.acting.question, null)
  })

  test('and is well again, it is not easier to say yes to', () => {
    const app = drain().consider(outage).pass(2000).answer(moved).plan(good)
    assert.equal(app.state.acting.question?.question.confirmation.kind, 'default-no')
  })

  test('so that it is asked about fewer nodes has no plan of the others', () => {
    const app = appWith(wellReading).press('2', 'G', 'up', 'space', 'space', 'd').consider(outage)
    const nodes = (wellReading.nodes ?? []).filter(({ Description }) => Description?.Hostname !== 'w1')
    app.pass(1000).answer({ ...wellReading, nodes: [...nodes, apiNode({ name: 'w3' })] })
    assert.ok(!texts(app).some(text => /api\.3 moves/.test(text)))
    assert.equal(app.state.acting.question?.planning?.result, null)
  })
})

describe('a question that is longer than the screen', () => {
  const long = planOf({
    moves: Array.from({ length: 30 }, (_, index) => move(`service-${index}.1`, 'w2', `n${index}`)),
  })
  const offset = (app: App) => app.state.acting.question?.offset

  test('is scrolled, and stops at either end', () => {
    const app = drain().happen({ kind: 'resized', columns: 80, rows: 24 }).consider(long)
    assert.equal(offset(app.press('up')), 0)
    assert.equal(offset(app.press('down', 'j')), 2)
    const end = offset(app.press('G'))
    assert.ok(end !== undefined && end > 5)
    assert.equal(offset(app.press('down')), end)
    assert.equal(offset(app.press('up')), end - 1)
    assert.equal(offset(app.press('pageup', 'pageup', 'pageup')), 0)
  })
})
