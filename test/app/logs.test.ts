import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { Effect } from '../../source/app/effect.ts'
import { logChoices } from '../../source/app/logs/log-choices.ts'
import { type LogReading, MOST_LINES, originKey } from '../../source/app/logs/log-reading.ts'
import { logTroubles } from '../../source/app/logs/log-troubles.ts'
import { shownLines } from '../../source/app/logs/shown-lines.ts'
import { writerName } from '../../source/app/logs/writer-name.ts'
import type { LogLine } from '../../source/swarm/log-line.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, NOW, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { logLine, logLines } from '../helpers/log-lines.ts'

const STACK = { 'com.docker.stack.namespace': 'shop' }
const API = { kind: 'service', serviceId: serviceIdOf('api') } as const
const WEB = { kind: 'service', serviceId: serviceIdOf('web') } as const

const reading: Partial<ApiReading> = {
  nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' }), apiNode({ name: 'w2' })],
  services: [
    apiService({ name: 'api', replicas: 2, status: [2, 2], labels: STACK }),
    apiService({ name: 'web', replicas: 1, status: [1, 1], labels: STACK }),
  ],
  tasks: [...apiTasks('api', ['w1', 'w2']), ...apiTasks('web', ['m1'])],
}

const [API_1 = '', API_2 = ''] = (reading.tasks ?? []).map(({ ID }) => ID)
const task = (taskId: string) => ({ kind: 'task', taskId }) as const

/** A program on the list of services. */
const start = (words: Partial<ApiReading> = {}, ...settings: Parameters<typeof appWith>[1][]) =>
  appWith({ ...reading, ...words }, ...settings).press('3')

/** … that reads the log of api. */
const inLog = () => start().press('l').pass(0)

const log = ({ state }: App): LogReading => state.log ?? assert.fail('No log is read')

function followed(app: App): Effect & { kind: 'follow-logs' } {
  const effect = app.effects.findLast(({ kind }) => kind === 'follow-logs')
  return effect?.kind === 'follow-logs' ? effect : assert.fail('No log was asked for')
}

function receive(app: App, lines: readonly LogLine[], skipped = 0): App {
  const known = log(app).origins
  const origins = [...new Map(lines.map(({ origin }) => [originKey(origin), origin])).values()]
  return app.happen({
    kind: 'log-received',
    number: log(app).number,
    lines,
    size: lines.reduce((sum, { text }) => sum + text.length, 0),
    origins: origins.filter(origin => !known.has(originKey(origin))),
    skipped,
  })
}

/** The text at the top of the screen while something other than the end is looked at. */
function topText(app: App): string | null {
  const { top } = log(app)
  const shown = shownLines(log(app), logChoices(app.state))
  return top === null ? null : (shown.at(shown.placeOf(top))?.line.text ?? null)
}

describe('whose log', () => {
  test('a service that is selected', () => assert.deepEqual(followed(inLog()).sources, [API]))

  test('services that are marked', () => {
    const app = start().press('space', 'space', 'l').pass(0)
    assert.deepEqual(followed(app).sources, [API, WEB])
    assert.equal(log(app).subject.kind, 'several')
  })

  test('a task in a table', () => {
    const app = start().press('4', 'l').pass(0)
    assert.equal(followed(app).sources[0]?.kind, 'task')
  })

  test('the tasks that run on a node, and none where none does', () => {
    const node = start().press('2', 'j', 'l').pass(0)
    assert.deepEqual(followed(node).sources, [task(API_1)])
    const idle = start({ tasks: [] }).press('2', 'l')
    assert.equal(idle.notice, 'No task runs on this node')
  })

  test('no more of the tasks of a node than can be read at once; over ssh fewer', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      apiTask({ service: 'api', slot: index + 1, node: 'w1', id: `t${index}` }),
    )
    const near = start({ tasks: many }).press('2', 'j', 'l').pass(0)
    assert.equal(followed(near).sources.length, 20)
    assert.deepEqual(logTroubles(near.state, log(near)), ['Only 20 of 30 logs are read: more at once are too many'])
    const far = start({ tasks: many }, { hosts: ['ssh://ops@m1'] })
      .press('2', 'j', 'l')
      .pass(0)
    assert.equal(followed(far).sources.length, 5)
  })

  test('from a task that of its service, from a service that of its stack, and back by Esc', () => {
    const app = start().press('4', 'l').pass(0).press('l').pass(0)
    assert.equal(followed(app).sources[0]?.kind, 'service')
    app.press('l').pass(0)
    assert.deepEqual(followed(app).sources, [API, WEB])
    app.press('l')
    assert.equal(app.notice, 'This log is a part of no other')
    app.press('esc', 'esc', 'esc')
    assert.equal(app.view.screen.kind, 'tasks')
  })

  test('of nothing that has none', () => {
    assert.equal(start().press('7', 'l').notice, 'Nothing here has a log')
  })
})

describe('reading', () => {
  test('begins with the screen and ends with it', () => {
    const app = inLog()
    assert.deepEqual(app.asked(), ['watch 0', 'follow-logs 0'])
    app.press('esc').pass(0)
    assert.deepEqual([app.asked(), app.state.log], [['unfollow-logs'], null])
  })

  test('begins at the end, with fewer lines of each task where there are many', () => {
    const { since, tail } = followed(inLog())
    assert.deepEqual([since, tail], ['', 500])
    const tasks = apiTasks(
      'api',
      Array.from({ length: 100 }, () => 'w1'),
    )
    assert.equal(followed(start({ tasks }).press('l').pass(0)).tail, 50)
  })

  test('begins anew from another moment, by a number', () => {
    const app = receive(inLog(), logLines(3)).press('3').pass(0)
    const { since, tail } = followed(app)
    assert.deepEqual([Number(since) * 1000, tail], [NOW - 5 * 60_000, 10_000])
    assert.equal(log(app).count, 0)
    const { since: none, tail: all } = followed(app.press('1').pass(0))
    assert.deepEqual([none, all], ['', 'all'])
  })

  test('drops what comes for a log that is not read any more', () => {
    const app = inLog()
    const { number } = log(app)
    app.press('2').pass(0)
    app.happen({ kind: 'log-received', number, lines: logLines(3), size: 18, origins: [], skipped: 0 })
    app.happen({ kind: 'log-streams-changed', number, streams: [] })
    assert.equal(log(app).count, 0)
  })

  test('follows a stack that gets a service', () => {
    const stack = start().press('4', 'l').pass(0).press('l').pass(0).press('l').pass(0)
    const { number } = followed(stack)
    const more = apiService({ name: 'mail', labels: STACK })
    stack.effects = []
    stack
      .readNext({ ...reading, services: [...(reading.services ?? []), more] })
      .pass(0)
      .pass(1000)
    assert.deepEqual(followed(stack).sources.length, 3)
    assert.equal(followed(stack).number, number)
  })

  test('goes on by another host, and asks anew for what had ended once it is back', () => {
    const app = start({}, { hosts: ['a', 'b'] })
      .press('l')
      .pass(0)
    app.effects = []
    app.pass(1000).fail({ kind: 'refused', address: 'a' }).pass(0)
    assert.ok(!app.effects.some(({ kind }) => kind === 'follow-logs'))
    app.answer(reading).pass(0)
    const { host, number, isAnew } = followed(app)
    assert.deepEqual([host, number, isAnew], [1, log(app).number, true])
  })

  test('keeps the choices of a screen that is left, and reads the lines anew', () => {
    const app = receive(inLog(), logLines(3)).press('w', 't').press('esc').pass(0).press('l').pass(0)
    const { isWrapped, hasTimes } = logChoices(app.state)
    assert.deepEqual([isWrapped, hasTimes, log(app).count], [true, true, 0])
  })
})

describe('writers', () => {
  const nameOf = (app: App, line: LogLine) => writerName(app.state, log(app), line)

  test('are named as soon as a reading knows them, and stay named when Swarm has forgotten them', () => {
    const app = inLog()
    const line = logLine('x', { task: 'new-task', node: 'w2' })
    receive(app, [line])
    assert.deepEqual(nameOf(app, line), { task: 'api.new-task', node: 'w2' })
    const task = apiTask({ service: 'api', slot: 3, node: 'w2', id: 'new-task' })
    app
      .readNext({ ...reading, tasks: [...(reading.tasks ?? []), task] })
      .pass(0)
      .pass(1000)
    assert.deepEqual(nameOf(app, line), { task: 'api.3', node: 'w2' })
    app.answer(reading).pass(1000)
    assert.deepEqual(nameOf(app, line), { task: 'api.3', node: 'w2' })
  })

  test('of a global service are named after their nodes, once', () => {
    const agent = apiService({ name: 'agent', mode: { Global: {} } })
    const on = apiTask({ service: 'agent', node: 'w1', id: 'agent-w1' })
    const app = start({ services: [agent], tasks: [on] })
      .press('l')
      .pass(0)
    const line = logLine('x', { task: 'agent-w1', service: 'agent' })
    assert.deepEqual(nameOf(receive(app, [line]), line), { task: 'agent.w1', node: '' })
  })

  test('that nobody knows are nobody', () => {
    const app = inLog()
    const line = { ...logLine('x'), origin: { taskId: '', serviceId: '', nodeId: '' } }
    assert.deepEqual(nameOf(receive(app, [line]), line), { task: '', node: '' })
  })
})

describe('what keeps lines away', () => {
  const troubles = (app: App) => logTroubles(app.state, log(app))

  test('a node that is down, while tasks of it are meant', () => {
    const app = inLog()
    const nodes = (state: 'down' | 'ready') => [
      apiManager('m1', { isLeader: true }),
      apiNode({ name: 'w1' }),
      apiNode({ name: 'w2', state }),
    ]
    app.readNext({ ...reading, nodes: nodes('down') })
    assert.deepEqual(troubles(app), ['No lines from w2: it is down'])
    app.readNext({ ...reading, nodes: nodes('ready') })
    assert.deepEqual(troubles(app), [])
  })

  test('a stream that is broken, by name and with its reason', () => {
    const app = inLog()
    const problem = { kind: 'http', status: 500, message: 'boom' } as const
    app.happen({
      kind: 'log-streams-changed',
      number: log(app).number,
      streams: [{ source: API, state: 'broken', problem, trouble: '' }],
    })
    assert.deepEqual(troubles(app), [
      'No lines of api: The engine answered 500: boom; its log may say more (it is tried again)',
    ])
  })

  test('streams that are broken for the same reason, in one sentence', () => {
    const app = start().press('4', 'l').pass(0).press('l').pass(0).press('l').pass(0)
    const problem = { kind: 'refused', address: 'm1' } as const
    const broken = [API, WEB, API, WEB, API].map(source => ({ source, state: 'broken', problem, trouble: '' }) as const)
    app.happen({ kind: 'log-streams-changed', number: log(app).number, streams: broken })
    const [only = '', ...others] = troubles(app)
    assert.match(only, /^No lines of api, web, api and 2 more: No engine listens at m1/)
    assert.deepEqual(others, [])
  })

  test('what the engine says, with the names of nodes', () => {
    const app = inLog()
    const trouble =
      'Error grabbing logs: rpc error: code = Unknown desc = warning: incomplete log stream. some logs could not be retrieved for the following reasons: node node-w2 is not available'
    app.readNext({ ...reading, nodes: [...(reading.nodes ?? []), apiNode({ name: 'w9', id: 'w9id' })] })
    app.happen({
      kind: 'log-streams-changed',
      number: log(app).number,
      streams: [{ source: API, state: 'ended', problem: null, trouble: trouble.replace('node-w2', 'w9id') }],
    })
    assert.deepEqual(troubles(app), [
      'The log of api has ended; it is read again',
      'Lines are missing: node w9 is not available',
    ])
  })

  test('lines that came too fast', () => {
    assert.deepEqual(troubles(receive(inLog(), logLines(1), 12_345)), ['12,345 lines came too fast to be kept'])
  })
})

describe('the end is followed', () => {
  test('until one scrolls up, and again from the end on', () => {
    const app = receive(inLog(), logLines(100))
    assert.equal(log(app).top, null)
    app.press('k')
    const top = topText(app)
    receive(app, logLines(50, 100))
    assert.deepEqual([topText(app), log(app).next - log(app).pausedAt], [top, 50])
    app.press('G')
    assert.equal(log(app).top, null)
  })

  test('by s, which pauses and goes on', () => {
    const app = receive(inLog(), logLines(100)).press('s')
    const top = topText(app)
    assert.ok(top !== null)
    assert.equal(topText(receive(app, logLines(9, 100))), top)
    app.press('s')
    assert.equal(log(app).top, null)
  })

  test('by coming back to it line by line', () => {
    const app = receive(inLog(), logLines(100)).press('k', 'k', 'j')
    assert.notEqual(log(app).top, null)
    app.press('j')
    assert.equal(log(app).top, null)
  })

  test('… and a log that fits on the screen is all there, whatever is pressed', () => {
    const app = receive(inLog(), logLines(3)).press('k', 'pageup', 'g')
    assert.equal(log(app).top, null)
  })

  test('up to the first line and no further', () => {
    const app = receive(inLog(), logLines(100)).press('g', 'k', 'pageup')
    assert.equal(topText(app), 'line 0')
  })
})

describe('a search', () => {
  const lines = [
    ...logLines(40),
    logLine('GET /basket', { atMs: 40 }),
    ...logLines(40, 41),
    logLine('get /BASKET', { atMs: 81 }),
    ...logLines(40, 82),
  ]
  const searching = (text: string) => receive(inLog(), lines).press('/').type(text).press('enter')
  const hit = (app: App) => (log(app).hit === null ? null : (log(app).hit ?? 0))

  test('finds a text however it is written, round and round', () => {
    const app = searching('/basket')
    app.press('N')
    assert.deepEqual([hit(app), app.notice], [81, ''])
    app.press('N')
    assert.equal(hit(app), 40)
    app.press('N')
    assert.deepEqual([hit(app), app.notice], [81, 'From the last hit again'])
    app.press('n')
    assert.deepEqual([hit(app), app.notice], [40, 'From the first hit again'])
  })

  test('shows the lines that match alone, those that come as well', () => {
    const app = searching('/basket').press('&')
    const texts = () => {
      const shown = shownLines(log(app), logChoices(app.state))
      return Array.from({ length: shown.count }, (_, place) => shown.at(place)?.line.text)
    }
    assert.deepEqual(texts(), ['GET /basket', 'get /BASKET'])
    receive(app, [logLine('other', { atMs: 300 }), logLine('/Basket/2', { atMs: 301 })])
    assert.deepEqual(texts(), ['GET /basket', 'get /BASKET', '/Basket/2'])
    app.press('esc')
    assert.deepEqual([texts().length, app.view.screen.kind], [124, 'logs'])
  })

  test('may be a regular expression, and says what is wrong with one', () => {
    const app = searching('/^get .bas/').press('N')
    assert.equal(hit(app), 81)
    const wrong = searching('/(/')
    wrong.press('n')
    assert.match(wrong.notice, /^\/\(\/ is no regular expression: /)
  })

  test('looks past the colours of a line', () => {
    const app = receive(inLog(), [logLine('\u001b[31mre\u001b[1md\u001b[0m alert')])
    app.press('/').type('red alert').press('enter', 'n')
    assert.equal(hit(app), 0)
  })

  test('needs something to look for', () => {
    const app = receive(inLog(), lines).press('n')
    assert.equal(app.notice, 'Look for something first, with /')
    assert.equal(app.press('&').notice, 'Look for something first, with /')
    assert.equal(searching('nowhere').press('n').notice, 'Nothing matches nowhere')
  })

  test('finds what a plain count finds, whatever is dropped meanwhile', () => {
    const app = inLog()
    for (let from = 0; from < 30_000; from += 700) receive(app, logLines(700, from))
    app.press('/').type('99').press('enter', '&')
    const shown = shownLines(log(app), logChoices(app.state))
    const kept = log(app).chunks.flatMap(({ lines: some }) => some)
    const expected = kept.filter(({ text }) => text.includes('99'))
    assert.equal(shown.count, expected.length)
    for (const place of [0, 1, Math.floor(shown.count / 2), shown.count - 1]) {
      const found = shown.at(place)
      assert.equal(found?.line, expected[place])
      assert.equal(shown.placeOf(found?.number ?? -1), place)
    }
  })
})

describe('memory', () => {
  const fill = (app: App, count: number) => {
    for (let from = 0; from < count; from += 500) receive(app, logLines(500, log(app).next))
    return app
  }

  test('holds the newest lines, however many come', () => {
    const app = fill(inLog(), 60_000)
    const { count, dropped, chunks, next } = log(app)
    assert.ok(count <= MOST_LINES && count > MOST_LINES - 2048, String(count))
    assert.equal(count + dropped, 60_000)
    assert.equal(chunks.flatMap(({ lines }) => lines).length, count)
    assert.equal(chunks[0]?.first, dropped)
    assert.equal(next, 60_000)
  })

  test('holds fewer long ones', () => {
    const app = inLog()
    const text = 'x'.repeat(60_000)
    for (let at = 0; at < 300; at += 1) receive(app, [logLine(text, { atMs: at })])
    assert.ok(log(app).size <= 16_000_000 + 60_000, String(log(app).size))
  })

  test('does not take away what a person reads: then no more is read, and the log goes on anew', () => {
    const app = fill(inLog(), 1000).press('g')
    app.effects = []
    fill(app, 60_000)
    assert.equal(topText(app), 'line 0')
    assert.deepEqual([log(app).isFull, app.effects.map(({ kind }) => kind)], [true, ['unfollow-logs']])
    assert.ok(log(app).count < 2.1 * MOST_LINES)
    app.press('s').pass(0)
    assert.deepEqual([log(app).count, log(app).isFull], [0, false])
    assert.equal(followed(app).tail, 500)
  })

  test('keeps the first lines where a log is read from its beginning', () => {
    const app = inLog().press('1').pass(0)
    fill(app, 40_000)
    assert.deepEqual([log(app).isFull, log(app).chunks[0]?.first], [true, 0])
    assert.ok(log(app).count <= MOST_LINES + 500)
    assert.ok(log(app.press('G').pass(0)).count > 0)
  })

  test('few lines at a time make few chunks', () => {
    const app = inLog()
    for (let at = 0; at < 5000; at += 1) receive(app, [logLine(`line ${at}`, { atMs: at })])
    assert.ok(log(app).chunks.length <= 20, String(log(app).chunks.length))
  })
})

describe('saving', () => {
  const settings = { stateFolder: '/home/ops/.local/state/swarmtop' }
  const saved = (app: App) => {
    const effect = app.effects.findLast(({ kind }) => kind === 'save-file')
    return effect?.kind === 'save-file' ? effect : null
  }
  const ready = () =>
    receive(start({}, settings).press('l').pass(0), [
      logLine('one', { task: API_1 }),
      logLine('\u001b[31mtwo\u001b[0m', { task: API_2, node: 'w2', isError: true, atMs: 1 }),
    ])

  test('asks where, and offers a file of the log and the moment', () => {
    const app = ready().press('ctrl+s')
    assert.deepEqual(app.state.navigation.prompt, {
      kind: 'save',
      text: '/home/ops/.local/state/swarmtop/logs/api-20261121-120000.log',
    })
  })

  test('writes the lines as they are shown, without colours', () => {
    assert.deepEqual(saved(ready().press('ctrl+s', 'enter'))?.lines, ['api.1@w1 | one', 'api.2@w2 ! two'])
    const narrowed = ready().press('t', '/').type('two').press('enter', '&', 'ctrl+s', 'enter')
    assert.deepEqual(saved(narrowed)?.lines, ['2026-11-21T12:00:00.001000000Z api.2@w2 ! two'])
  })

  test('says how it went', () => {
    const app = ready()
    assert.equal(app.happen({ kind: 'file-saved', file: '/x', trouble: null }).notice, 'Saved to /x')
    const failed = app.happen({ kind: 'file-saved', file: '/x', trouble: 'the disk is full' })
    assert.equal(failed.notice, '/x was not written: the disk is full')
  })

  test('of nothing is nothing', () => {
    const app = start({}, settings).press('l').pass(0).press('ctrl+s')
    assert.deepEqual([app.notice, app.state.navigation.prompt], ['There is no line to save yet', null])
  })
})
