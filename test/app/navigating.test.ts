import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { selectedId } from '../../source/app/rows/panel-rows.ts'
import { apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const services = ['api', 'db', 'web'].map(name => apiService({ name }))
const reading = { ...wellReading, services, tasks: ['api', 'db', 'web'].flatMap(name => apiTasks(name, ['w1'])) }

describe('the selection', () => {
  test('is an identity: rows move and it does not', () => {
    const app = appWith(reading).press('down')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
    app.readNext({ ...reading, services: [apiService({ name: 'aaa' }), ...services] })
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
  })

  test('is one from the first reading on, before anybody has moved it', () => {
    const app = appWith(reading)
    app.readNext({ ...reading, services: [apiService({ name: 'aaa' }), ...services] })
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('api'))
  })

  test('goes to the neighbour of what is gone, and says so', () => {
    const app = appWith(reading).press('down')
    app.readNext({ ...reading, services: services.filter(({ ID }) => ID !== serviceIdOf('db')) })
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('web'))
    assert.match(app.notice, /is gone/)
  })

  test('is not missed again at each reading while a filter hides it', () => {
    const app = appWith(reading).press('down', '/').type('nothing').press('enter')
    assert.equal(app.readNext(reading).notice, '')
  })

  test('stops at either end', () => {
    const app = appWith(reading).press('up')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('api'))
    app.press('G', 'down')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('web'))
  })
})

describe('moving about', () => {
  test('begins where the person wants to begin, with the overview to go back to', () => {
    const app = appWith(reading, {}, { screen: 'tasks' })
    assert.deepEqual(app.view.screen, { kind: 'tasks' })
    assert.deepEqual(app.press('esc').view.screen, { kind: 'overview' })
  })

  test('Enter on a service shows its slots, Esc leads back to where it was', () => {
    const app = appWith(reading).press('down', 'enter')
    assert.deepEqual(app.view.screen, { kind: 'service', serviceId: serviceIdOf('db') })
    app.press('esc')
    assert.deepEqual(app.view.screen, { kind: 'overview' })
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
  })

  test('Enter on a node shows its tasks', () => {
    const app = appWith(reading).press('2', 'G', 'enter')
    assert.deepEqual(app.view.screen, { kind: 'node', nodeId: nodeIdOf('w2') })
  })

  test('Tab goes round the panels', () => {
    const app = appWith(reading)
    const panels = [1, 2, 3, 4].map(() => app.press('tab').view.focus)
    assert.deepEqual(panels, ['slots', 'events', 'nodes', 'services'])
  })

  test('a thing is opened by name, and a name that is none is said to be', () => {
    const app = appWith(reading).press(':').type('svc we').press('enter')
    assert.deepEqual(app.view.screen, { kind: 'service', serviceId: serviceIdOf('web') })
    app.press(':').type('svc nope').press('enter')
    assert.equal(app.notice, 'There is no service "nope"')
    for (const word of ['constructor', '__proto__']) {
      app.press(':').type(word).press('enter')
      assert.match(app.notice, /There is no command/)
    }
    app.press(':').type('nodse').press('enter')
    assert.match(app.notice, /There is no command "nodse"/)
  })

  test('q leads back, and quits at the first screen', () => {
    const app = appWith(reading).press('enter', 'q')
    assert.equal(app.state.isQuitting, false)
    assert.deepEqual(app.press('q').asked(), ['quit'])
  })
})

describe('marks', () => {
  test('are cleared by Esc before anything else, on the first screen too', () => {
    const app = appWith(reading).press('space', 'space')
    assert.deepEqual(app.view.marks.services, [serviceIdOf('api'), serviceIdOf('db')])
    app.press('esc')
    assert.deepEqual(app.view.marks.services, [])
  })

  test('stay through readings and a filter, but for those of what is gone', () => {
    const app = appWith(reading).press('space', 'space', '/').type('web').press('enter')
    app.readNext({ ...reading, services: services.filter(({ ID }) => ID !== serviceIdOf('db')) })
    assert.deepEqual(app.view.marks.services, [serviceIdOf('api')])
  })
})

describe('the filter', () => {
  test('works as it is typed; Esc clears it before it goes back', () => {
    const app = appWith(reading).press('3', '/').type('!api')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
    app.press('enter', 'esc')
    assert.equal(app.view.filter.text, '')
    assert.deepEqual(app.view.screen, { kind: 'services' })
  })

  test('leaves the selection on what was found: after opening it, and when it is cleared', () => {
    const app = appWith(reading).press('3', '/').type('web').press('enter', 'enter', 'esc', 'esc')
    assert.equal(app.view.filter.text, '')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('web'))
  })

  test('that is given up while it is typed leaves the selection where it was', () => {
    const app = appWith(reading).press('3', 'down', '/').type('web').press('esc')
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('db'))
  })

  test('takes pasted text; elsewhere a paste is never taken for keys', () => {
    const app = appWith(reading).press('/').happen({ kind: 'pasted', text: 'web\n' })
    assert.equal(app.view.filter.text, 'web')
    app.press('esc').happen({ kind: 'pasted', text: 'f\ny' })
    assert.equal(app.state.acting.question, null)
    assert.match(app.notice, /not taken for keys/)
  })
})

test('a key that means nothing here says where it does, and how to get there', () => {
  const app = appWith(reading)
  assert.equal(app.press('y').notice, 'y is a key in inspect: i opens it')
  assert.equal(app.press('&').notice, '& is a key in logs: l opens them')
  assert.equal(app.press('3', 'd').notice, 'd is a key on a node: select one first')
})

test('how a list is ordered that has no columns is said', () => {
  const app = appWith(reading)
  assert.equal(app.press('7', 'o').notice, 'Ordered by time')
  assert.equal(app.press('O').notice, 'Ordered by time, the other way round')
  assert.equal(app.press('o').notice, 'In the usual order')
  assert.equal(app.press('3', 'o').notice, '')
})
