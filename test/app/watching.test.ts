import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { OPERATION_ROWS } from '../../source/app/rows/operation-rows.ts'
import { selectedRow } from '../../source/app/rows/panel-rows.ts'
import { sayProgress, watchedOf } from '../../source/app/watching.ts'
import type { Outcome } from '../../source/operations/operation.ts'
import { apiNode } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const ACCEPTED: Outcome = { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] }

/** The engine accepts all that was sent to it. */
function accept(app: App, outcome: Outcome = ACCEPTED): App {
  for (const { number, operation, phase } of app.state.acting.running) {
    if (phase === 'sent') app.happen({ kind: 'operation-answered', number, operation, outcome })
  }
  return app
}

const names = (app: App) => watchedOf(app.state).map(({ name }) => name)
const sent = (app: App) => app.effects.flatMap(effect => (effect.kind === 'operate' ? [effect.operation.name] : []))

/** w1 and w2 are marked and being paused, one after the other. */
const pausing = () => accept(appWith(wellReading).press('2', 'G', 'up', 'space', 'space', 'b').consider().press('y'))

describe('what is watched', () => {
  test('a sequence is one thing, whatever of it is under way', () => {
    assert.deepEqual(names(pausing()), ['pause w1 and w2'])
  })

  test('several things at once, the latest first', () => {
    const app = pausing().press('g', 'd').consider().press('y')
    assert.deepEqual(names(app), ['drain m1', 'pause w1 and w2'])
  })

  test('says what keeps the next one', () => {
    const app = appWith(wellReading).press('2', 'G', 'up', 'space', 'space', 'b').consider().press('y')
    accept(app)
    const nodes = (wellReading.nodes ?? []).map(node =>
      node.Description?.Hostname === 'w1' ? apiNode({ name: 'w1', availability: 'pause', version: 11 }) : node,
    )
    app.answer({ ...wellReading, nodes })
    const [watched] = watchedOf(app.state)
    assert.ok(watched)
    assert.match(sayProgress(watched), /^pause w2: asked for/)
  })

  test('stays when the screen is left', () => {
    const app = pausing().press('1', '3', '7')
    assert.deepEqual(names(app), ['pause w1 and w2'])
  })
})

describe('Esc at home', () => {
  test('stops a sequence after what is under way, and says what stays', () => {
    const app = pausing().press('esc', 'esc')
    assert.match(app.notice, /pause w1 goes on to its end, 1 more not begun, what is done stays/)
    assert.match(sayProgress(watchedOf(app.state)[0] ?? assert.fail()), /^stops after this: pause w1/)
  })

  test('and again leaves the one before it', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider().press('y')
    accept(app).press('g', 'space', 'space', 'b').consider().press('y')
    accept(app).press('1', 'esc')
    assert.equal(names(app).length, 2)
    app.press('esc')
    assert.equal(names(app).length, 1)
    assert.match(app.journal().join('\n'), /drain w2: no longer watched/)
  })

  test('leaves nothing that the engine has not answered', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider().press('y').press('1', 'esc')
    assert.deepEqual(names(app), ['drain w2'])
  })
})

describe('the list of operations', () => {
  const open = (app: App) => app.type(':operations').press('enter')
  const rows = (app: App) => OPERATION_ROWS.all(app.state).map(({ name, state }) => `${name}: ${state}`)

  test('has what is under way, and below it what came out', () => {
    const app = pausing().press('g', 'd').consider().press('y')
    accept(app, { kind: 'refused', text: 'update out of sequence' })
    assert.deepEqual(rows(open(app)), ['pause w1 and w2: running', 'drain m1: failed'])
  })

  test('is narrowed and ordered as any list', () => {
    const app = pausing().press('g', 'd').consider().press('y')
    accept(app, { kind: 'refused', text: 'update out of sequence' })
    open(app).type('/state:failed').press('enter')
    assert.equal(selectedRow(app.state, 'operations')?.name, 'drain m1')
  })

  test('leads to what it is about, and stops what is selected', () => {
    const app = open(pausing())
    assert.equal(app.press('enter').view.screen.kind, 'node')
    app.press('esc', 'x')
    assert.deepEqual(rows(app), ['pause w1 and w2: stopping'])
    assert.match(app.press('x').notice, /stops already/)
  })

  test('has nothing to stop in what has come out', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider().press('y')
    accept(app, { kind: 'refused', text: 'no' })
    assert.match(open(app).press('x').notice, /come out already/)
  })
})

test('what is stopped sends no more', () => {
  const app = pausing().press('1', 'esc')
  app.effects = []
  const nodes = (wellReading.nodes ?? []).map(node =>
    node.Description?.Hostname === 'w1' ? apiNode({ name: 'w1', availability: 'pause', version: 11 }) : node,
  )
  app.answer({ ...wellReading, nodes })
  assert.deepEqual(sent(app), [])
  assert.match(app.journal().join('\n'), /pause w1 and w2 broken off after 1 of 2: stopped by hand/)
})

describe('quitting while something is watched', () => {
  test('says what becomes of it, and goes when it is asked for again', () => {
    const app = pausing().press('g', 'd').consider().press('y')
    app.effects = []
    app.press('ctrl+c')
    assert.match(
      app.notice,
      /^Of pause w1 and w2 the last 1 would not be done; drain m1 goes on, unwatched: again quits$/,
    )
    assert.deepEqual(app.asked(), [])
    assert.deepEqual(app.press('ctrl+c').asked(), ['quit'])
  })

  test('is warned of again after a while', () => {
    const app = pausing().press('ctrl+c')
    app.now += 20_000
    app.effects = []
    assert.deepEqual(app.press('ctrl+c').asked(), [])
  })

  test('is not warned of when the terminal is told to go, nor when nothing is watched', () => {
    const app = pausing()
    app.effects = []
    assert.deepEqual(app.happen({ kind: 'told-to-quit' }).asked(), ['quit'])
    assert.deepEqual(appWith(wellReading).press('q').asked(), ['quit'])
  })
})
