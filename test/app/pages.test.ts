import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rowIds } from '../../source/app/rows/panel-rows.ts'
import { apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const labels = { 'com.docker.stack.namespace': 'shop' }
const services = [
  apiService({ name: 'alone' }),
  apiService({ name: 'shop_api', labels, constraints: ['node.hostname==w1'] }),
  apiService({ name: 'shop_web', labels }),
]
const reading = { ...wellReading, services, tasks: services.flatMap(({ Spec }) => apiTasks(Spec?.Name ?? '', ['w1'])) }

describe('pages', () => {
  test('a stack leads to its services, one of them to its own page, and Esc back the same way', () => {
    const app = appWith(reading).press('5', 'enter')
    assert.deepEqual(app.view.screen, { kind: 'stack', stack: 'shop' })
    assert.deepEqual(rowIds(app.state, 'services'), [serviceIdOf('shop_api'), serviceIdOf('shop_web')])
    app.press('down', 'enter')
    assert.deepEqual(app.view.screen, { kind: 'service', serviceId: serviceIdOf('shop_web') })
    app.press('esc')
    assert.deepEqual(app.view.screen, { kind: 'stack', stack: 'shop' })
    assert.deepEqual(app.press('esc').view.screen, { kind: 'stacks' })
  })

  test('Tab reaches every page of a service, and each is kept when it is left', () => {
    const app = appWith(reading).press('3', 'enter')
    const seen = Array.from({ length: 5 }, () => app.press('tab').view.focus)
    assert.deepEqual(seen, ['progress', 'service-facts', 'spec-diff', 'slots', 'tasks'])
    app.press('tab', 'tab', 'down', 'down', 'esc', 'enter')
    assert.equal(app.view.focus, 'service-facts')
    assert.equal(app.view.selection['service-facts'], 'created')
  })

  test('what a page asks for is read while it is looked at, and no sooner', () => {
    const app = appWith(reading).press('3', 'enter')
    const fetched = () => app.effects.flatMap(effect => (effect.kind === 'fetch' ? [effect.ref.kind] : []))
    app.pass(100)
    assert.deepEqual(fetched(), ['networks'])
    app.press('tab', 'tab', 'tab').pass(100)
    assert.deepEqual(fetched(), ['networks', 'object'])
  })

  test('a fact that leads somewhere is opened: a service that is pinned to a node', () => {
    const app = appWith(reading).press('2', 'down', 'down', 'down', 'enter', 'tab')
    assert.deepEqual(app.view.screen, { kind: 'node', nodeId: nodeIdOf('w1') })
    const ids = rowIds(app.state, 'node-facts')
    const pinned = ids.findIndex(id => id.startsWith(`pinned here ${serviceIdOf('shop_api')}`))
    assert.ok(pinned > 0)
    app.press(...Array.from({ length: pinned }, () => 'down'), 'enter')
    assert.deepEqual(app.view.screen, { kind: 'service', serviceId: serviceIdOf('shop_api') })
  })
})
