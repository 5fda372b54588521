import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { addWriters, appendLines, type LogReading, type LogStream } from '../../source/app/logs/log-reading.ts'
import type { LogChoices, LogSubject } from '../../source/app/screen.ts'
import type { State } from '../../source/app/state.ts'
import type { LogLine } from '../../source/swarm/log-line.ts'
import { apiManager, apiNode, apiService, apiTask, NOW, serviceIdOf } from '../helpers/api-builders.ts'
import { App } from '../helpers/app.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { logLine } from '../helpers/log-lines.ts'
import { openScreen } from '../helpers/memory-screen.tsx'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const LONG = 'payments-reconciliation-worker-of-the-northern-region'

const reading: Partial<ApiReading> = {
  nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' }), apiNode({ name: 'w2', state: 'down' })],
  services: [apiService({ name: 'api', replicas: 3, status: [2, 3] }), apiService({ name: LONG })],
  tasks: [
    apiTask({ service: 'api', slot: 1, node: 'm1', id: 'a1' }),
    apiTask({ service: 'api', slot: 2, node: 'w1', id: 'a2' }),
    apiTask({ service: 'api', slot: 3, node: 'w2', id: 'a3' }),
    apiTask({ service: LONG, slot: 1, node: 'm1', id: 'p1' }),
  ],
}

const CALM: Partial<ApiReading> = { ...reading, nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })] }
const SERVICE: LogSubject = { kind: 'service', serviceId: serviceIdOf('api') }
const OPEN: LogStream = { source: SERVICE, state: 'open', problem: null, trouble: '' }
const CHOICES: LogChoices = {
  since: 0,
  isWrapped: false,
  hasTimes: false,
  isWholeScreen: false,
  search: '',
  isOnlyHits: false,
}

type Words = {
  readonly lines?: readonly LogLine[]
  readonly subject?: LogSubject
  readonly reading?: Partial<ApiReading>
  readonly choices?: Partial<LogChoices>
  readonly change?: Partial<LogReading>
  readonly columns?: number
  readonly rows?: number
}

/** A log that is followed, as the program would have it after these lines. */
function logState(words: Words): State {
  const { lines = [], subject = SERVICE, columns = 120, rows = 36 } = words
  const app = new App().pass(0).answer(words.reading ?? CALM)
  const view = { screen: { kind: 'logs', subject }, focus: 'logs', log: { ...CHOICES, ...words.choices } } as const
  const [first] = app.state.navigation.stack
  assert.ok(first)
  app.state = { ...app.state, navigation: { ...app.state.navigation, stack: [{ ...first, ...view }] } }
  app.pass(0).pass(3000)
  const { log } = app.state
  assert.ok(log)
  const origins = [...new Map(lines.map(({ origin }) => [origin.taskId, origin])).values()]
  app.state = { ...app.state, log: addWriters({ ...log, streams: [OPEN], begunAt: NOW - 10_000 }, origins) }
  app.pass(0)
  assert.ok(app.state.log)
  const size = lines.reduce((sum, { text }) => sum + text.length, 0)
  const filled = { ...appendLines(app.state.log, lines, size), ...words.change }
  const { navigation, log: filledLog } = { ...app.state, log: filled }
  return { ...stateOf({ columns, rows, reading: words.reading ?? CALM }), navigation, log: filledLog }
}

const TASKS = ['a1', 'a2', 'a3'] as const
const NODES = { a1: 'm1', a2: 'w1', a3: 'w2' } as const

const chatter: readonly LogLine[] = Array.from({ length: 200 }, (_, index) => {
  const task = TASKS[index % 3] ?? 'a1'
  const words = { task, node: NODES[task], atMs: index * 371, isError: index % 7 === 0 }
  const text =
    index % 7 === 0 ? `error: upstream timed out after ${index} ms` : `GET /products/${index} 200 ${index % 40}ms`
  return logLine(text, words)
})

for (const [columns, rows] of SIZES) {
  const frame = (name: string, words: Words) =>
    test(`${name} at ${columns}x${rows}`, () => {
      expectFrame(`${name}.${columns}x${rows}`, frameOf(logState({ columns, rows, ...words })))
    })

  frame('logs-followed', { lines: chatter })
  frame('logs-troubled', {
    lines: chatter,
    reading,
    change: {
      streams: [{ ...OPEN, state: 'broken', problem: { kind: 'closed', path: '/services/api/logs', detail: 'reset' } }],
    },
  })
  frame('logs-paused', {
    lines: chatter,
    choices: { search: 'timed out', hasTimes: true },
    change: { top: 100, pausedAt: 120, hit: 105 },
  })
  frame('logs-only-hits', { lines: chatter, choices: { search: '/1\\d7/', isOnlyHits: true, since: 3 } })
  frame('logs-strange-lines', { lines: strangeLines(), choices: { isWrapped: columns === 120 } })
}

test('logs-whole-screen at 80x24', () => {
  expectFrame(
    'logs-whole-screen.80x24',
    frameOf(logState({ lines: chatter, columns: 80, rows: 24, choices: { isWholeScreen: true, hasTimes: true } })),
  )
})

test('logs-ascii at 120x36', () => {
  const state = logState({ lines: strangeLines(), reading, change: { top: 0, pausedAt: 3 } })
  expectFrame('logs-ascii.120x36', frameOf(state, { isAscii: true }))
})

test('logs-of-a-task at 80x24', () => {
  const lines = chatter.filter(({ origin }) => origin.taskId === 'a1')
  const change = { streams: [{ ...OPEN, source: { kind: 'task', taskId: 'a1' }, state: 'ended' } as const] }
  const subject = { kind: 'task', taskId: 'a1' } as const
  expectFrame('logs-of-a-task.80x24', frameOf(logState({ lines, subject, change, columns: 80, rows: 24 })))
})

describe('a log without lines says why', () => {
  const says = (words: Words) => frameOf(logState({ columns: 80, rows: 24, ...words })).split('\n')[2]
  test('nothing was written', () => assert.match(says({}) ?? '', /nothing has been written yet/))
  test('nothing was written since', () =>
    assert.match(says({ choices: { since: 2 } }) ?? '', /nothing was written in the last minute/))
  test('it is being opened', () =>
    assert.match(says({ change: { streams: [{ ...OPEN, state: 'opening' }] } }) ?? '', /opening the log/))
  test('no line matches', () => {
    const choices = { search: 'nowhere', isOnlyHits: true }
    assert.match(says({ lines: chatter, choices }) ?? '', /no line matches nowhere/)
  })
})

test('whatever lines say, the terminal shows what the frame says and is in no other state', async () => {
  const state = logState({ lines: strangeLines() })
  for (const isWrapped of [false, true]) {
    const view = { ...state.navigation.stack[0], log: { ...CHOICES, isWrapped } } as State['navigation']['stack'][0]
    const shown = { ...state, navigation: { ...state.navigation, stack: [view] } }
    const screen = openScreen(shown)
    await screen.show(shown)
    assert.equal(screen.text(), frameOf(shown))
    screen.close()
  }
})

test('with colours a frame says the same as without', () => {
  const state = logState({ lines: strangeLines() })
  const withColours = frameOf(state, { depth: 256 })
  assert.equal(withColours.replace(/\u001b\[[\d;]*m/g, ''), frameOf(state))
  assert.match(withColours, /\u001b\[31mred\u001b\[/)
})

function strangeLines(): readonly LogLine[] {
  const from = (text: string, index: number) => logLine(text, { task: 'a1', node: 'm1', atMs: index })
  return [
    'plain',
    '\u001b[31mred\u001b[0m and \u001b[1;38;5;208morange\u001b[0m and \u001b[38;2;1;200;30mgreen\u001b[0m',
    '\u001b]0;a title\u0007\u001b]52;c;aGVsbG8=\u0007\u001b]8;;http://example.com\u0007link\u001b]8;;\u0007',
    '\u001b[2J\u001b[H\u001b[?1049h\u001b[?25l\u001bc\u001bP+q544e\u001b\\',
    '10 %\r50 %\r100 %',
    '\u009b31m C1 \u0090 and \u0085 next line \u2028 line separator',
    'right to left: \u202e\u05e9\u05dc\u05d5\u05dd\u202c and \u0645\u0631\u062d\u0628\u0627',
    '漢字とかな 🚀 👨‍👩‍👧 é e\u0301 \u0301 combining',
    'column\tanother\tand\tmore',
    '',
    '   indented {"json":true}',
    `long ${'x'.repeat(190)} end ${'漢'.repeat(120)} end`,
    'half a character: \ud83d and \udc00',
    '\u0000\u0001\u0007\b\b\b back and bell \u007f',
  ].map(from)
}
