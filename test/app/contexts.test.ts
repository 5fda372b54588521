import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ListedContext } from '../../source/swarm/listed-context.ts'
import { apiNode, apiService, apiTasks } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const reading = { ...wellReading, services: [apiService({ name: 'api' })], tasks: apiTasks('api', ['w1']) }

const context = (name: string, words: Partial<ListedContext> = {}): ListedContext => ({
  name,
  description: '',
  endpoint: `ssh://ops@${name}`,
  isCurrent: false,
  problem: '',
  ...words,
})

const list = [
  context('default', { isCurrent: true }),
  context('prod'),
  context('broken', { problem: 'ca.pem is no PEM' }),
]
const place = (name: string) => ({
  source: { kind: 'engine' as const, name: `${name} (ssh://ops@${name})`, context: name },
  hosts: [`ssh://ops@${name}`],
})

const listed = (settings: Parameters<typeof appWith>[1] = {}): App => {
  const app = appWith(reading, settings).press(':').type('ctx').press('enter').pass(0)
  assert.ok(app.asked().includes('list-contexts'))
  return app.happen({ kind: 'contexts-listed', list })
}

const numberOf = (app: App): number => app.effects.find(effect => effect.kind === 'change-context')?.number ?? -1

describe('the list', () => {
  test('is read while it is looked at, one question at a time', () => {
    const app = appWith(reading).press(':').type('ctx').press('enter').pass(0)
    app.effects = []
    assert.ok(!app.pass(3000).asked().includes('list-contexts'))
    app.happen({ kind: 'contexts-listed', list })
    assert.ok(!app.pass(100).asked().includes('list-contexts'))
    assert.ok(app.pass(5000).asked().includes('list-contexts'))
    app.happen({ kind: 'contexts-listed', list }).press('1')
    assert.ok(!app.pass(60_000).asked().includes('list-contexts'))
  })

  test('is read for completing a name', () => {
    const app = appWith(reading).press(':').type('ctx ').pass(0)
    assert.ok(app.asked().includes('list-contexts'))
    app.happen({ kind: 'contexts-listed', list }).type('pr').press('tab')
    assert.equal(app.state.navigation.prompt?.text, 'ctx prod')
  })
})

describe('changing', () => {
  const ways: Readonly<Record<string, (app: App) => App>> = {
    'by Enter': app => app.press('down', 'enter'),
    'by name': app => app.press(':').type('ctx prod').press('enter'),
    'by the beginning of a name': app => app.press(':').type('ctx p').press('enter'),
  }
  for (const [way, change] of Object.entries(ways)) {
    test(way, () => {
      const app = change(listed())
      assert.equal(numberOf(app) > 0, true)
      assert.equal(app.notice, 'Opening the context "prod"')
    })
  }

  test('all that was known of the old swarm is gone, and what a person has set stays', () => {
    const app = listed({ isReadOnly: true, intervalMs: 2500 })
    app.press(':').type('theme light').press('enter').press('3', '/').type('api').press('enter')
    app.readNext({ ...reading, nodes: [apiNode({ name: 'new' })] })
    app.press(':').type('ctx prod').press('enter')
    const { sequence } = app.state.polling
    app.happen({ kind: 'context-changed', number: numberOf(app), place: place('prod') })
    const { state } = app
    assert.equal(state.reading, null)
    assert.deepEqual([state.journal, state.resources, state.log, state.trends], [[], {}, null, []])
    assert.deepEqual(app.view.screen, { kind: 'overview' })
    assert.equal(state.settings.source.name, 'prod (ssh://ops@prod)')
    assert.deepEqual([state.settings.isReadOnly, state.settings.intervalMs], [true, 2500])
    assert.equal(state.preferences.theme, 'light')
    assert.equal(state.navigation.entered.at(-1), 'ctx prod')
    assert.ok(state.polling.sequence > sequence)
    assert.equal(app.notice, 'Now in the context "prod"')
    app.effects = []
    assert.deepEqual(app.pass(0).asked(), ['read 0'])
  })

  test('a late answer of the old engines is not taken for one of the new', () => {
    const app = listed().pass(1000)
    const late = app.state.polling.inFlight?.number ?? -1
    app.press(':').type('ctx prod').press('enter')
    app.happen({ kind: 'context-changed', number: numberOf(app), place: place('prod') }).pass(0)
    app.happen({ kind: 'reading-failed', number: late, host: 0, problem: { kind: 'refused', address: 'old' } })
    assert.equal(app.state.polling.link.kind, 'connecting')
  })

  test('a context that cannot be used is one sentence, and nothing changes', () => {
    const app = listed().press(':').type('ctx broken').press('enter')
    assert.equal(app.notice, 'ca.pem is no PEM')
    assert.equal(numberOf(app), -1)
    app.press(':').type('ctx prod').press('enter')
    app.happen({ kind: 'context-refused', number: numberOf(app), text: 'It is gone' })
    assert.equal(app.notice, 'It is gone')
    assert.notEqual(app.state.reading, null)
    assert.equal(app.state.contextChange, null)
    app.press(':').type('ctx nope').press('enter')
    assert.equal(app.notice, 'There is no docker context "nope": there are default, prod, broken')
  })

  test('the present one is said to be that', () => {
    const app = listed(place('prod')).press(':').type('ctx prod').press('enter')
    assert.equal(app.notice, 'This is the context "prod"')
  })

  test('one change at a time', () => {
    const app = listed().press(':').type('ctx prod').press('enter')
    app.effects = []
    app.press(':').type('ctx default').press('enter')
    assert.equal(app.notice, 'The context "prod" is being opened')
    assert.equal(numberOf(app), -1)
  })
})

describe('what would be lost is said first, and asking again is the answer', () => {
  test('a simulation', () => {
    const app = listed({ source: { kind: 'simulator', name: 'quiet-day' } })
      .press(':')
      .type('ctx prod')
      .press('enter')
    assert.equal(app.notice, 'The simulation ends when you leave it: ask for "prod" again to go there all the same')
    assert.equal(numberOf(app), -1)
    app.press(':', 'up', 'enter')
    assert.notEqual(numberOf(app), -1)
  })

  test('an operation that is being followed; after a while, or for another context, once more', () => {
    const app = listed().press('2', 'G', 'd').consider().press('y')
    assert.equal(app.state.acting.running.length, 1)
    const ask = (name: string): string => app.press(':').type(`ctx ${name}`).press('enter').notice
    const warning = 'Drain w2 would not be followed any more: ask for "prod" again to go there all the same'
    assert.equal(ask('prod'), warning)
    assert.match(ask('default'), /"default" again/)
    assert.equal(ask('prod'), warning)
    app.now += 31_000
    assert.equal(ask('prod'), warning)
    assert.equal(ask('prod'), 'Opening the context "prod"')
  })
})
