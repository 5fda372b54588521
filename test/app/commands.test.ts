import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { COMMAND_WORDS, COMMANDS } from '../../source/app/commands.ts'
import { completionOf } from '../../source/app/completing.ts'
import { ghostOf } from '../../source/app/prompting.ts'
import { selectedId } from '../../source/app/rows/panel-rows.ts'
import { LIST_SCREENS, type Screen } from '../../source/app/screen.ts'
import { apiService, apiTask, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const names = ['ping', 'ping-web', 'shop_api', 'shop_db']
const reading = {
  ...wellReading,
  services: names.map(name => apiService({ name })),
  tasks: names.flatMap(name => apiTasks(name, ['w1', 'w2'])),
}

const enter = (app: App, line: string): App => app.press(':').type(line).press('enter')

describe('the commands', () => {
  test('no two have a word in common', () => {
    assert.deepEqual([...new Set(COMMAND_WORDS)], COMMAND_WORDS)
  })

  test('every screen has one of its name', () => {
    for (const screen of LIST_SCREENS) {
      const app = enter(appWith(reading).press('3'), screen)
      assert.deepEqual(app.view.screen, { kind: screen })
    }
  })

  test('every one is found by each of its words, in any case', () => {
    for (const { name, aliases } of COMMANDS) {
      for (const word of [name, ...aliases, name.toUpperCase()]) {
        assert.doesNotMatch(enter(appWith(reading), word).notice, /There is no command/, word)
      }
    }
  })
})

const PLACES: readonly (readonly [line: string, screen: Screen])[] = [
  ['no', { kind: 'nodes' }],
  ['serv', { kind: 'services' }],
  ['no w1', { kind: 'node', nodeId: nodeIdOf('w1') }],
  ['svc ping', { kind: 'service', serviceId: serviceIdOf('ping') }],
  ['svc   ping  ', { kind: 'service', serviceId: serviceIdOf('ping') }],
  ['svc ping-', { kind: 'service', serviceId: serviceIdOf('ping-web') }],
  [`svc ${serviceIdOf('shop_db')}`, { kind: 'service', serviceId: serviceIdOf('shop_db') }],
  ['task ping.2', { kind: 'slot', serviceId: serviceIdOf('ping'), slot: '2' }],
  ['logs ping', { kind: 'logs', subject: { kind: 'service', serviceId: serviceIdOf('ping') } }],
  ['inspect w1', { kind: 'inspect', object: { kind: 'node', id: nodeIdOf('w1') } }],
  ['time ping', { kind: 'lanes', serviceId: serviceIdOf('ping') }],
  ['why ping.1', { kind: 'slot', serviceId: serviceIdOf('ping'), slot: '1' }],
  ['net front', { kind: 'inspect', object: { kind: 'network', id: 'front' } }],
  ['timeline', { kind: 'events' }],
]

describe('what a line leads to', () => {
  for (const [line, screen] of PLACES) {
    test(`:${line}`, () => assert.deepEqual(enter(appWith(reading), line).view.screen, screen))
  }

  test('a task by its ID, an older one of a slot too', () => {
    const old = apiTask({ id: 'old-task', service: 'ping', slot: 1, node: 'w1', state: 'failed', desired: 'shutdown' })
    const app = enter(appWith({ ...reading, tasks: [...reading.tasks, old] }), 'task old-t')
    assert.deepEqual(app.view.screen, { kind: 'slot', serviceId: serviceIdOf('ping'), slot: '1' })
    assert.equal(selectedId(app.state, 'tasks'), 'old-task')
  })

  test('one that stands in a list is opened with its list below it, and - leads back to where one was', () => {
    const app = enter(appWith(reading).press('2'), 'svc shop_a').press('esc')
    assert.deepEqual(app.view.screen, { kind: 'services' })
    assert.equal(selectedId(app.state, 'services'), serviceIdOf('shop_api'))
    enter(app.press('2'), 'svc shop_a').press('-')
    assert.deepEqual(app.view.screen, { kind: 'nodes' })
  })
})

const REFUSALS: readonly (readonly [line: string, notice: string | RegExp])[] = [
  ['nodse', 'There is no command "nodse": did you mean "nodes"?'],
  ['n', '"n" may mean nodes, networks: type more of it'],
  ['constructor', 'There is no command "constructor"'],
  ['__proto__', 'There is no command "__proto__"'],
  ['svc shop', '"shop" may mean shop_api, shop_db: type more of it'],
  ['svc pong', 'There is no service "pong": did you mean "ping"?'],
  ['why nothing', 'There is no service or task "nothing"'],
  ['overview x', ':overview takes nothing after it'],
  ['theme', ':theme needs to know which: colours'],
  ['theme loud', 'There is no theme "loud": there are safe, dark, light, high-contrast'],
  ['mouse maybe', 'The mouse is on or off, and not "maybe"'],
  ['sort colour', /^There is no column "colour" here: name, mode/],
  ['sort name up', 'Behind the column stands desc, or nothing: :sort name desc'],
]

for (const [line, notice] of REFUSALS) {
  test(`:${line} is answered in a sentence, and leads nowhere`, () => {
    const app = enter(appWith(reading), line)
    if (typeof notice === 'string') assert.equal(app.notice, notice)
    else assert.match(app.notice, notice)
    assert.deepEqual(app.view.screen, { kind: 'overview' })
  })
}

describe('what a line changes', () => {
  test('the order', () => {
    const app = enter(appWith(reading), 'sort ima desc')
    assert.deepEqual(app.view.sorts.services, { column: 'image', isDescending: true })
    assert.equal(enter(app, 'sort').view.sorts.services, undefined)
  })

  test('the filter', () => {
    const app = enter(appWith(reading), 'filter name:shop,web !db')
    assert.equal(app.view.filter.text, 'name:shop,web !db')
    assert.equal(enter(app, 'filter').view.filter.text, '')
  })

  test('what a person prefers', () => {
    const app = enter(enter(enter(appWith(reading), 'theme high'), 'mouse on'), 'utc')
    const { theme, hasMouse, timeZone } = app.state.preferences
    assert.deepEqual({ theme, hasMouse, timeZone }, { theme: 'high-contrast', hasMouse: true, timeZone: 'utc' })
  })

  test('quitting', () => {
    assert.deepEqual(enter(appWith(reading), 'q!').asked(), ['quit'])
  })
})

describe('completing', () => {
  const line = (app: App): string | undefined => app.state.navigation.prompt?.text
  const typing = (text: string): App => appWith(reading).press(':').type(text)

  test('Tab writes what all candidates share, then goes through them, and Shift+Tab back', () => {
    const app = typing('svc p').press('tab')
    assert.equal(line(app), 'svc ping')
    const seen = ['tab', 'tab', 'tab', 'shift+tab'].map(key => line(app.press(key)))
    assert.deepEqual(seen, ['svc ping', 'svc ping-web', 'svc ping', 'svc ping-web'])
  })

  test('the only candidate is written whole, with a blank where a name may follow', () => {
    assert.equal(line(typing('serv').press('tab')), 'services ')
    assert.equal(line(typing('ut').press('tab')), 'utc')
    assert.equal(line(typing('ctx').press('tab')), 'ctx ')
    assert.equal(line(typing('task shop_db.').press('tab')), 'task shop_db.1')
    assert.equal(line(typing('nothing-of-it').press('tab')), 'nothing-of-it')
  })

  test('what stands behind the caret stays there', () => {
    const app = typing('svc sx').press('left', 'tab')
    assert.equal(line(app), 'svc shop_x')
    assert.equal(app.state.navigation.prompt?.caret, 'svc shop_'.length)
  })

  test('the ghost shows how the likeliest goes on; to the right of the end is what takes it', () => {
    const app = typing('svc shop_a')
    assert.equal(ghostOf(app.state, { kind: 'command', text: 'svc shop_a' }), 'pi')
    assert.equal(line(app.press('right')), 'svc shop_api')
    assert.equal(ghostOf(app.state, { kind: 'command', text: '' }), '')
  })

  test('names are completed exactly, whatever is in them', () => {
    const strange = ['a\u001b[31mred', 'a b', '日本語']
    const app = appWith({ ...reading, services: strange.map(name => apiService({ name })), tasks: [] })
    for (const [typed, name] of [
      ['a\u001b', strange[0]],
      ['a ', strange[1]],
      ['日', strange[2]],
    ]) {
      app
        .press(':')
        .type('svc ')
        .happen({ kind: 'pasted', text: `${typed}x` })
        .press('backspace', 'tab')
      assert.equal(line(app), `svc ${name}`)
      app.press('enter')
      assert.deepEqual(app.view.screen, { kind: 'service', serviceId: serviceIdOf(name ?? '') })
    }
  })

  test('filters are completed by the keys of the list in focus', () => {
    const app = appWith(reading).press('/').type('!st')
    assert.deepEqual(completionOf(app.state, { kind: 'filter' }, '!st').candidates, ['stack:', 'state:'])
    app.type('at').press('tab')
    assert.equal(line(app), '!state:')
    assert.equal(app.view.filter.text, '!state:')
  })
})

describe('what was entered', () => {
  test('comes back with the arrows, each line once, and so does what was being typed', () => {
    const app = ['no', 'svc', 'no'].reduce(enter, appWith(reading)).press(':').type('ta')
    const seen = ['up', 'up', 'up', 'down', 'down'].map(key => app.press(key).state.navigation.prompt?.text)
    assert.deepEqual(seen, ['no', 'svc', 'svc', 'no', 'ta'])
  })

  test('is bounded', () => {
    const app = Array.from({ length: 60 }, (_, index) => `filter ${index}`).reduce(enter, appWith(reading))
    assert.equal(app.state.navigation.entered.length, 50)
    assert.equal(app.state.navigation.entered.at(-1), 'filter 59')
  })
})
