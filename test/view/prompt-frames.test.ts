import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { State } from '../../source/app/state.ts'
import { textWidth } from '../../source/view/row.ts'
import type { Looks } from '../../source/view/theme.ts'
import { apiManager, apiService, apiTasks } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { largeReading, strangeReading } from '../helpers/readings.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const lines: Readonly<Record<string, (app: App) => App>> = {
  'prompt-empty': app => app.press(':'),
  'prompt-candidates': app => app.press(':').type('svc service-1'),
  'prompt-cycling': app => app.press(':').type('svc service-1').press('tab', 'tab', 'tab', 'tab'),
  'prompt-caret': app => app.press(':').type('svc service-11 22').press('left', 'left', 'left'),
  'prompt-filter': app => app.press('3', '/').type('service-11 s'),
  'prompt-filter-unknown': app => app.press('3', '/').type('nod:w1'),
}

for (const [columns, rows] of SIZES) {
  for (const [name, press] of Object.entries(lines)) {
    test(`${name} at ${columns}x${rows}`, () => {
      const app = press(appWith(largeReading).happen({ kind: 'resized', columns, rows }))
      expectFrame(`${name}.${columns}x${rows}`, frameOf(app.state))
    })
  }
}

/** The strip's last line and the key bar. */
function lastLines(state: State, looks: Partial<Looks> = {}): readonly string[] {
  const lines = frameOf(state, looks).split('\n')
  return [...lines, ...Array.from({ length: Math.max(0, state.size.rows - lines.length) }, () => '')].slice(-2)
}

test('in ASCII nothing else is drawn', () => {
  const app = appWith(strangeReading).press(':').type('svc ')
  assert.match(frameOf(app.state, { isAscii: true }), /^[\n\x20-\x7e]*$/)
})

const service = (name: string) =>
  appWith({
    ...wellReading,
    services: [apiService({ name, replicas: 3, image: 'registry:5000/team/api:1.8' })],
    tasks: apiTasks(name, ['w1', 'w2', 'm1']),
  })
    .happen({ kind: 'resized', columns: 80, rows: 24 })
    .press('3')

test('a value is asked for beside what is so now; what is none is answered above', () => {
  const app = service('api').press('s')
  assert.equal(lastLines(app.state)[1]?.trimEnd(), ' scale api to ▏   now 3   Enter goes on, Esc does not')
  assert.equal(
    lastLines(app.press('x', 'enter').state)[0]?.trimEnd(),
    ' "x" is no number of replicas: a whole number from 0 to 100000 is',
  )
  assert.equal(lastLines(app.state)[1]?.trimEnd(), ' scale api to x▏   now 3   Enter goes on, Esc does not')
})

test('of an image the tag is selected', () => {
  const app = service('api').press('e')
  assert.equal(
    lastLines(app.state)[1]?.trimEnd(),
    ' image of api: registry:5000/team/api:1.8▏   the tag, or Ctrl+U and another im…',
  )
  assert.match(frameOf(app.state, { isAscii: true }), /^[\n\x20-\x7e]*$/)
})

test('labels are asked for with those that are there', () => {
  const app = appWith({
    ...wellReading,
    nodes: [apiManager('m1', { isLeader: true, labels: { zone: 'a', note: '\u001b[31m two' } })],
  })
  app.press('2', 'L')
  assert.deepEqual(
    lastLines(app.state).map(line => line.trimEnd()),
    [
      ' zone=a  note="␛[31m two"  zone-  note-',
      ' labels of m1: ▏   zone=a sets, zone- takes away   Enter goes on, Esc does not',
    ],
  )
})

test('a name that is too long leaves room for what is typed', () => {
  for (const name of ['x'.repeat(200), '日本語'.repeat(40), '\u001b[2J'.repeat(30)]) {
    const app = service(name).press('s').type('7')
    const [, line = ''] = lastLines(app.state)
    assert.match(line, /^ ….* to 7▏/)
    assert.ok(textWidth(line) <= 80, line)
  }
})

test('a line that is too long is cut at its beginning, and the caret stays in sight', () => {
  const app = appWith(wellReading).happen({ kind: 'resized', columns: 60, rows: 16 }).press(':')
  app.type(`filter ${'x'.repeat(100)}yz`)
  assert.match(lastLines(app.state)[1] ?? '', /^ :…x+yz▏$/)
})

test('names of services are drawn safe, and as many as fit', () => {
  const names = ['a\u001b[31mred', `long-${'x'.repeat(200)}`, '日本語', 'web']
  const app = appWith({
    ...wellReading,
    services: names.map(name => apiService({ name })),
    tasks: names.flatMap(name => apiTasks(name, ['w1'])),
  })
  app.press(':').type('svc ')
  assert.equal(lastLines(app.state)[0]?.trimEnd(), ' a␛[31mred  and 3 more')
  app.press('tab', 'tab', 'tab', 'tab')
  assert.equal(lastLines(app.state)[0]?.trimEnd(), ' web  [日本語]  and 2 more')
})
