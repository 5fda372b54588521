import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crumbsOf } from '../../source/app/crumbs.ts'
import { push } from '../../source/app/navigating.ts'
import type { Screen } from '../../source/app/screen.ts'
import type { State } from '../../source/app/state.ts'
import { crumbsRow, layoutCrumbs } from '../../source/view/crumbs-row.ts'
import { rowWidth } from '../../source/view/row.ts'
import type { Looks } from '../../source/view/theme.ts'
import { apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const PLAIN_LOOKS: Looks = { theme: 'safe', depth: 1, isAscii: false }

const long = `very-${'long-'.repeat(40)}name`
const strange = 'a\u001b[31mred'
const names = ['api', long, strange, '日本語']
const reading = {
  ...wellReading,
  services: names.map(name => apiService({ name })),
  tasks: names.flatMap(name => apiTasks(name, ['w1'])),
}

const after = (screens: readonly Screen[], size = {}): State =>
  screens.reduce<State>((state, screen) => push(state, screen), stateOf({ reading, ...size }))

const service = (name: string): Screen => ({ kind: 'service', serviceId: serviceIdOf(name) })
const logs = (name: string): Screen => ({ kind: 'logs', subject: { kind: 'service', serviceId: serviceIdOf(name) } })
const slot: Screen = { kind: 'slot', serviceId: serviceIdOf('api'), slot: '1' }

const drawn = (state: State, width: number, looks: Looks = PLAIN_LOOKS): string =>
  crumbsRow(layoutCrumbs(state, width, looks), looks)
    .map(({ text }) => text)
    .join('')

test('what each step is called', () => {
  const node: Screen = { kind: 'node', nodeId: nodeIdOf('w1') }
  const inspected: Screen = { kind: 'inspect', object: { kind: 'service', id: serviceIdOf('api') } }
  const gone: Screen = { kind: 'service', serviceId: 'gone-with-the-wind' }
  assert.deepEqual(crumbsOf(after([{ kind: 'services' }, service('api'), logs('api')])), [
    'overview',
    'services',
    'api',
    'logs',
  ])
  assert.deepEqual(crumbsOf(after([logs('api')])), ['overview', 'logs api'])
  assert.deepEqual(crumbsOf(after([slot, node, inspected])), ['overview', 'api.1', 'w1', 'inspect api'])
  assert.deepEqual(crumbsOf(after([gone])), ['overview', 'gone-with-the-wind'])
})

const DRAWN: readonly (readonly [screens: readonly Screen[], width: number, text: string])[] = [
  [[], 120, ''],
  [[{ kind: 'services' }, service('api'), logs('api')], 120, 'overview › services › api › logs'],
  [[{ kind: 'services' }, service('api'), logs('api')], 60, 'overview › … › api › logs'],
  [[{ kind: 'services' }, service('api'), logs('api')], 30, 'logs'],
  [[{ kind: 'services' }, service(long), logs(long)], 120, 'overview › … › logs'],
  [[service(long)], 60, 'very-long-long-…long-long-name'],
  [[service('日本語')], 60, 'overview › 日本語'],
  [[service(strange)], 60, 'overview › a␛[31mred'],
]

for (const [screens, width, text] of DRAWN) {
  test(`in ${width} cells: ${text}`, () => {
    const state = after(screens)
    assert.equal(drawn(state, width), text)
    assert.ok(rowWidth(crumbsRow(layoutCrumbs(state, width, PLAIN_LOOKS), PLAIN_LOOKS), PLAIN_LOOKS) <= width / 2)
  })
}

test('in ASCII', () => {
  const state = after([{ kind: 'services' }, service('api')])
  assert.equal(drawn(state, 120, { ...PLAIN_LOOKS, isAscii: true }), 'overview > services > api')
})

for (const [columns, rows] of [
  [80, 24],
  [120, 36],
  [200, 50],
] as const) {
  test(`the strip begins with the way at ${columns}x${rows}`, () => {
    const state = after([{ kind: 'services' }, service('api'), slot], { columns, rows })
    expectFrame(`crumbs.${columns}x${rows}`, frameOf(state))
  })
}
