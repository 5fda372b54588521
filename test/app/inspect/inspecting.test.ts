import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Effect } from '../../../source/app/effect.ts'
import { textOfLine } from '../../../source/app/inspect/document.ts'
import { rowsOf, selectedId } from '../../../source/app/rows/panel-rows.ts'
import { MASK } from '../../../source/swarm/masking.ts'
import { apiService, nodeIdOf, serviceIdOf } from '../../helpers/api-builders.ts'
import { type App, appWith } from '../../helpers/app.ts'
import { wellReading } from '../../helpers/cluster-builders.ts'

const service = {
  ...apiService({ name: 'api' }),
  Spec: { Name: 'api', TaskTemplate: { ContainerSpec: { Image: 'api:1', Env: ['PORT=80', 'PASSWORD=hunter2'] } } },
}

/** What was asked for is answered with this. */
function answerFetch(app: App, value: unknown): App {
  const asked = app.effects.findLast(effect => effect.kind === 'fetch')
  assert.ok(asked)
  app.effects = app.effects.filter(effect => effect !== asked)
  const key = asked.ref.kind === 'object' ? `${asked.ref.object.kind}/${asked.ref.object.id}` : asked.ref.kind
  return app.happen({ kind: 'fetched', key, number: asked.number, value })
}

const inspecting = (value: unknown = service) => answerFetch(appWith(wellReading).press('3', 'i').pass(0), value)
const lines = (app: App) => rowsOf(app.state, 'inspect').map(textOfLine)
const here = (app: App) => selectedId(app.state, 'inspect')
const copied = (app: App) =>
  app.effects.findLast((effect): effect is Effect & { kind: 'copy' } => effect.kind === 'copy')?.text

describe('i opens what is selected', () => {
  const opened = (...keys: string[]) => {
    const { screen } = appWith(wellReading).press(...keys, 'i').view
    return screen.kind === 'inspect' ? `${screen.object.kind} ${screen.object.id}` : screen.kind
  }
  const cases: readonly (readonly [keys: readonly string[], object: string])[] = [
    [['2'], `node ${nodeIdOf('m1')}`],
    [['3'], `service ${serviceIdOf('api')}`],
    [['3', 'enter'], 'task task-api.1-running-3600000'],
    [['4'], 'task task-api.1-running-3600000'],
    [['6'], 'swarm '],
    [['2', 'enter', 'tab'], `node ${nodeIdOf('m1')}`],
    [['8'], `service ${serviceIdOf('api')}`],
  ]
  for (const [keys, object] of cases) {
    test(`${keys.join(' ')}: ${object}`, () => assert.equal(opened(...keys), object))
  }

  test('and says so where nothing is', () => {
    assert.match(appWith(wellReading).press('9', 'i').notice, /no single object/)
    assert.match(inspecting().press('i').notice, /This is it/)
  })

  test('of an event, what it is about', () => {
    const app = appWith(wellReading).readNext({ ...wellReading, services: [apiService({ name: 'api', replicas: 5 })] })
    assert.match(app.journal().join(), /api scaled/)
    const { screen } = app.press('7', 'i').view
    assert.deepEqual(screen, { kind: 'inspect', object: { kind: 'service', id: serviceIdOf('api') } })
  })
})

describe('an object that is inspected', () => {
  test('is read again every five seconds, and keeps its line and its folds', () => {
    const app = inspecting().press('/').type('image').press('enter', 'space')
    assert.equal(here(app), '/Spec/TaskTemplate/ContainerSpec')
    assert.ok(lines(app).includes('    ContainerSpec: {…} 2 keys'))
    app.effects = []
    app.pass(5000)
    assert.ok(app.asked().includes('fetch 0'))
    assert.equal(here(app), '/Spec/TaskTemplate/ContainerSpec')
  })

  test('goes from hit to hit, also to those that are folded', () => {
    const app = inspecting().press('z').press('/').type('password').press('enter')
    assert.equal(here(app), '/Spec/TaskTemplate/ContainerSpec/Env/1')
    assert.ok(lines(app).some(line => line.includes('PASSWORD=')))
    assert.match(inspecting().press('/').type('nowhere').press('enter', 'n').notice, /"nowhere" is not in it/)
    assert.match(inspecting().press('n').notice, /Nothing is looked for/)
    const around = inspecting().press('/').type('api').press('enter')
    const first = here(around)
    const hits = [1, 2, 3, 4, 5].map(() => here(around.press('n')))
    assert.ok(hits.includes(first))
    assert.equal(here(around.press('n', 'N')), hits.at(-1))
  })

  test('does not find what is masked', () => {
    assert.match(inspecting().press('/').type('hunter2').press('enter', 'n').notice, /is not in it/)
  })

  test('masks values again as soon as it is left', () => {
    const app = inspecting()
    assert.ok(lines(app).includes(`        - PASSWORD=${MASK}`))
    app.press('v')
    assert.ok(lines(app).includes('        - PASSWORD=hunter2'))
    app.press('esc', 'i')
    assert.ok(lines(app).includes(`        - PASSWORD=${MASK}`))
    assert.match(inspecting({ ID: 'abc' }).press('v').notice, /Nothing is masked/)
  })

  test('is copied as it is shown: whole from its first line, else the part', () => {
    const app = inspecting()
    app.press('c')
    assert.match(copied(app) ?? '', /^# service api\nID: service-api\n(?:.*\n)*.*PASSWORD=•••/)
    assert.match(app.notice, /Copied the whole service as YAML; what is masked stays so/)
    app.press('j', 'c')
    assert.equal(copied(app), 'service-api')
    app.press('/').type('env').press('enter', 'c')
    assert.equal(copied(app), `- PORT=${MASK}\n- PASSWORD=${MASK}\n`)
    app.press('v', 'c')
    assert.equal(copied(app), '- PORT=80\n- PASSWORD=hunter2\n')
  })

  test('that is too large for a terminal to take is not copied', () => {
    const app = inspecting({ ID: 'abc', Text: 'x'.repeat(80_000) }).press('c')
    assert.equal(copied(app), undefined)
    assert.match(app.notice, /too large to copy through a terminal, which takes 74994 bytes/)
  })

  test('opens in a pager as it is shown, and in an editor as a copy', () => {
    const app = inspecting().press('y', 'P')
    const opened = app.effects.at(-1)
    assert.ok(opened?.kind === 'open-elsewhere')
    assert.equal(opened.name, 'service-api.json')
    assert.match(opened.text, /PASSWORD=•••/)
    assert.doesNotMatch(opened.text, /hunter2/)
    app.happen({ kind: 'closed-elsewhere', program: 'editor', problem: null })
    assert.match(app.notice, /nothing you wrote there is sent anywhere/)
    app.happen({ kind: 'closed-elsewhere', program: 'pager', problem: 'there is no pager' })
    assert.equal(app.notice, 'there is no pager')
  })

  test('whose name is no file name gets one', () => {
    const app = inspecting({ Spec: { Name: '../../etc/passwd\n\u001b' } }).press('e')
    const opened = app.effects.at(-1)
    assert.equal(opened?.kind === 'open-elsewhere' && opened.name, 'service-.._.._etc_passwd_.yaml')
  })

  test('tells what has changed since it was opened, by where it is', () => {
    const app = inspecting()
    app.effects = []
    app.pass(5000)
    answerFetch(app, { ...service, Version: { Index: 21 } })
    const row = rowsOf(app.state, 'inspect').find(({ path }) => path === '/Version/Index')
    assert.equal(row && textOfLine(row), '  Index: 21')
    assert.notEqual(app.state.inspected?.first, null)
    app.press('esc')
    assert.equal(app.state.inspected, null)
  })

  test('of a hostile shape harms nobody', () => {
    for (const answer of [null, 7, 'text', [], [[[]]], { a: null }]) {
      const app = inspecting(answer).press('space', 'z', 'y', 'n', 'c', 'v', 'P', 'right', 'left')
      assert.equal(app.view.screen.kind, 'inspect')
    }
  })
})

describe('join tokens', () => {
  const swarm = { ID: 'cluster', Spec: {}, JoinTokens: { Worker: 'SWMTKN-1-w-x', Manager: 'SWMTKN-1-m-y' } }
  const onSwarm = () => answerFetch(appWith(wellReading).press('6').pass(0), swarm)
  const told = (app: App) =>
    rowsOf(app.state, 'swarm-facts')
      .flatMap(({ pieces }) => pieces.map(({ text }) => text))
      .join('\n')

  test('are shown on request, and copied as a whole command', () => {
    const app = onSwarm()
    assert.match(told(app), /docker swarm join --token ••• 10\.0\.0\.1:2377/)
    assert.doesNotMatch(told(app), /SWMTKN/)
    app.press('v', 'G', 'k', 'c')
    assert.equal(copied(app), 'docker swarm join --token SWMTKN-1-m-y 10.0.0.1:2377')
    assert.match(told(app), /SWMTKN-1-w-x/)
  })

  test('are forgotten with the screen, and no late answer brings them back', () => {
    for (const leave of ['esc', '2', 'i', '-']) {
      const app = onSwarm().press('v', leave)
      const { swarm: kept } = app.state.resources
      assert.equal(kept, undefined, leave)
      assert.equal(app.state.navigation.revealed, null)
      assert.doesNotMatch(JSON.stringify(app.state), /SWMTKN/)
    }
    const late = appWith(wellReading).press('6').pass(0)
    const [asked] = late.effects.filter(effect => effect.kind === 'fetch')
    assert.ok(asked)
    late.press('2').happen({ kind: 'fetched', key: 'swarm', number: asked.number, value: swarm })
    assert.doesNotMatch(JSON.stringify(late.state), /SWMTKN/)
  })

  test('are not in what is copied before they are shown', () => {
    const app = onSwarm().press('G', 'k', 'c')
    assert.equal(copied(app), 'docker swarm join --token ••• 10.0.0.1:2377')
  })
})

describe('c in a list', () => {
  test('copies the name, again the ID, and the names of all that is marked', () => {
    const app = appWith(wellReading).press('2', 'c')
    assert.equal(copied(app), 'm1')
    assert.match(app.notice, /Copied m1; again copies its ID/)
    app.press('c')
    assert.equal(copied(app), nodeIdOf('m1'))
    app.press('space', 'space', 'c')
    assert.equal(copied(app), 'm1\nm2')
    assert.match(app.notice, /2 names/)
  })

  test('copies what a line of a page tells', () => {
    const app = appWith(wellReading)
      .readNext({ ...wellReading, services: [] })
      .press('7', 'c')
    assert.match(copied(app) ?? '', /api/)
  })
})
