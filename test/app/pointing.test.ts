import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BINDINGS } from '../../source/app/keys.ts'
import type { Target } from '../../source/app/pointing.ts'
import { selectedId } from '../../source/app/rows/panel-rows.ts'
import { rebind } from '../../source/config/rebind.ts'
import { apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const names = ['api', 'db', 'web', 'x1', 'x2']
const reading = {
  ...wellReading,
  services: names.map(name => apiService({ name })),
  tasks: names.flatMap(name => apiTasks(name, ['w1'])),
}

const click = (app: App, target: Target | null, button: 'left' | 'right' = 'left'): App =>
  app.happen({ kind: 'clicked', target, button })
const wheel = (app: App, target: Target | null, steps: number): App => app.happen({ kind: 'wheeled', target, steps })
const db: Target = { kind: 'row', panel: 'services', id: serviceIdOf('db') }
const w1: Target = { kind: 'row', panel: 'nodes', id: nodeIdOf('w1') }

describe('a click', () => {
  test('selects a row, and the next one on it opens it', () => {
    const app = click(appWith(reading), db)
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
    assert.deepEqual(app.view.screen, { kind: 'overview' })
    assert.deepEqual(click(app, db).view.screen, { kind: 'service', serviceId: serviceIdOf('db') })
  })

  test('gives the focus to the panel; what is selected there already is not opened by that', () => {
    const first: Target = { kind: 'row', panel: 'nodes', id: nodeIdOf('m1') }
    const app = click(appWith(reading), first)
    assert.equal(app.view.focus, 'nodes')
    assert.deepEqual(app.view.screen, { kind: 'overview' })
    assert.equal(click(app, { kind: 'tab', panel: 'events' }).view.focus, 'events')
  })

  test('on a step of the way leads back there', () => {
    const app = appWith(reading).press(':').type('svc api').press('enter')
    assert.deepEqual(click(app, { kind: 'crumb', depth: 1 }).view.screen, { kind: 'services' })
    assert.deepEqual(click(app, { kind: 'crumb', depth: 0 }).view.screen, { kind: 'overview' })
    assert.deepEqual(click(app, { kind: 'crumb', depth: 7 }).view.screen, { kind: 'overview' })
  })

  test('with the right button is back where Esc has become another key', () => {
    const bindings = rebind(BINDINGS, { back: ['backspace'], drain: ['esc'] })
    const app = click(appWith(reading, { bindings }).press('2', 'enter'), null, 'right')
    assert.equal(app.state.acting.question, null)
    assert.deepEqual(app.view.screen, { kind: 'nodes' })
  })

  test('with the right button is back; at home it does nothing', () => {
    const app = click(click(appWith(reading), db), db)
    assert.deepEqual(click(app, null, 'right').view.screen, { kind: 'overview' })
    assert.deepEqual(click(app, null, 'right').asked(), [])
    assert.equal(app.state.isQuitting, false)
  })

  test('is not heard while a question is open, nor by what lies behind something else', () => {
    const asked = appWith(reading).press('2', 'G', 'd').consider()
    for (const button of ['left', 'right'] as const) {
      assert.notEqual(click(asked, w1, button).state.acting.question, null)
    }
    assert.equal(wheel(asked, w1, 1).state.navigation, asked.state.navigation)
    const help = appWith(reading).press('?')
    assert.equal(click(help, db).state.navigation.isHelpOpen, true)
    assert.equal(selectedId(help.state, 'services'), serviceIdOf('api'))
    assert.equal(click(help, null, 'right').state.navigation.isHelpOpen, false)
    const typing = appWith(reading).press(':').type('no')
    assert.equal(click(typing, db).state.navigation.prompt?.text, 'no')
    assert.equal(click(typing, db, 'right').state.navigation.prompt, null)
  })

  test('never asks the swarm for anything', () => {
    const app = appWith(reading)
    for (const target of [db, db, w1, w1, null]) click(click(app, target), target, 'right')
    assert.deepEqual(app.asked(), [])
  })
})

describe('the wheel', () => {
  test('moves the selection by three rows, whatever has the focus, and stops at either end', () => {
    const app = wheel(appWith(reading).press('tab'), db, 1)
    assert.equal(app.view.focus, 'slots')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('x1'))
    assert.equal(selectedId(wheel(app, db, 400).state, 'services'), serviceIdOf('x2'))
    assert.equal(selectedId(wheel(app, { kind: 'panel', panel: 'services' }, -5).state, 'services'), serviceIdOf('api'))
  })

  test('scrolls the help, and does nothing where nothing is', () => {
    const app = appWith(reading).press('?')
    assert.equal(wheel(app, null, 2).state.navigation.helpOffset, 6)
    assert.equal(wheel(appWith(reading), null, 2).notice, '')
  })
})

test('Esc takes marks away at home too', () => {
  const app = appWith(reading).press('space', 'esc')
  assert.deepEqual(app.view.marks.services, [])
})
