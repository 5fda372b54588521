import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isList, ROWS } from '../../source/app/rows/panel-rows.ts'
import { PANELS } from '../../source/app/screen.ts'
import type { State } from '../../source/app/state.ts'
import { targetAt } from '../../source/view/target-at.ts'
import type { TerminalLooks } from '../../source/view/theme.ts'
import { apiNode, apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { frameOf } from '../helpers/frame.tsx'

const LOOKS: TerminalLooks = { depth: 1, isAscii: false }

/** Names that are found in a frame wherever they stand, since they are short and like no other word of it. */
const services = Array.from({ length: 40 }, (_, index) => `zq${index}`)
const nodes = Array.from({ length: 25 }, (_, index) => `qz${index}`)
const reading = {
  ...wellReading,
  nodes: [...(wellReading.nodes ?? []), ...nodes.map(name => apiNode({ name }))],
  services: services.map(name => apiService({ name, replicas: 3, status: [3, 3] })),
  tasks: services.flatMap((name, index) => apiTasks(name, [nodes[index % 25] ?? '', 'w1', 'w2'])),
}

const moves = fc.array(
  fc.constantFrom(
    '1',
    '2',
    '3',
    '4',
    'enter',
    'esc',
    'tab',
    'down',
    'up',
    'G',
    'g',
    'pagedown',
    'o',
    'O',
    'space',
    '-',
  ),
  { maxLength: 12 },
)
const sizes = fc.record({ columns: fc.integer({ min: 60, max: 210 }), rows: fc.integer({ min: 16, max: 60 }) })

const nameOf = (id: string): string => id.replace(/^(node|service)-/, '')

test('wherever a row is drawn, the pointer finds it, on every screen and at every size', () => {
  fc.assert(
    fc.property(moves, sizes, (keys, size) => {
      const app = appWith(reading)
        .happen({ kind: 'resized', ...size })
        .press(...keys)
      const lines = frameOf(app.state).split('\n')
      for (const [row, line] of lines.entries()) {
        for (const column of [8, Math.floor(size.columns * 0.75)]) {
          const target = targetAt(app.state, LOOKS, column, row)
          if (target?.kind !== 'row' || (target.panel !== 'nodes' && target.panel !== 'services')) continue
          assert.ok(isDrawn(line, nameOf(target.id)), `${target.id} is not in line ${row}: ${line}`)
        }
      }
    }),
    { numRuns: 60 },
  )
})

/** Each panel has as many rows to point at as it draws. */
test('every row of a list that is drawn can be pointed at, once', () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 36],
    [200, 50],
  ] as const) {
    const app = appWith(reading).happen({ kind: 'resized', columns, rows }).press('3')
    const found = pointAtAll(app, 8)
    const drawn = frameOf(app.state).match(/zq\d+(?=\s+replicated)/g) ?? []
    assert.deepEqual(found.map(nameOf), drawn)
  }
})

function pointAtAll({ state }: App, column: number): readonly string[] {
  return Array.from({ length: state.size.rows }, (_, row) => targetAt(state, LOOKS, column, row)).flatMap(target =>
    target?.kind === 'row' ? [target.id] : [],
  )
}

const isDrawn = (line: string, name: string): boolean => new RegExp(`(^|[^\\w])${name}([^\\w]|$)`).test(line)

test('titles, steps of the way, and what is nothing', () => {
  const app = appWith(reading).happen({ kind: 'resized', columns: 80, rows: 24 })
  const lines = (state: State) => frameOf(state).split('\n')
  const at = (text: string) => {
    const row = lines(app.state).findIndex(line => line.includes(text))
    return targetAt(app.state, LOOKS, lines(app.state)[row]?.indexOf(text) ?? -1, row)
  }
  assert.deepEqual(at('Nodes 30'), { kind: 'tab', panel: 'nodes' })
  assert.deepEqual(at('[Services'), { kind: 'tab', panel: 'services' })
  assert.deepEqual(at('Events'), { kind: 'tab', panel: 'events' })
  assert.equal(at('Quorum'), null)
  assert.deepEqual(at('HOSTNAME') ?? at('NAME'), { kind: 'panel', panel: 'services' })
  assert.equal(targetAt(app.state, LOOKS, 3, 0), null)
  assert.equal(targetAt(app.state, LOOKS, 3, 23), null)
  app.press(':').type('svc zq1').press('enter')
  assert.deepEqual(at('services ›'), { kind: 'crumb', depth: 1 })
  assert.deepEqual(at('overview ›'), { kind: 'crumb', depth: 0 })
  assert.equal(targetAt({ ...app.state, size: { columns: 20, rows: 5 } }, LOOKS, 3, 3), null)
})

test('panels of every kind are asked without harm, whatever they hold', () => {
  for (const screen of Object.keys(PANELS) as (keyof typeof PANELS)[]) {
    for (const panel of PANELS[screen]) {
      const [view] = appWith(reading).state.navigation.stack
      const base = appWith(reading).state
      const shown = screenOf(screen)
      if (view === undefined) continue
      const state = { ...base, navigation: { ...base.navigation, stack: [{ ...view, screen: shown, focus: panel }] } }
      for (let row = 0; row < state.size.rows; row += 1) {
        const target = targetAt(state, LOOKS, 10, row)
        if (target?.kind === 'row') assert.ok(isList(target.panel) && Object.hasOwn(ROWS, target.panel))
      }
    }
  }
})

function screenOf(kind: keyof typeof PANELS): State['navigation']['stack'][number]['screen'] {
  const serviceId = serviceIdOf('zq1')
  switch (kind) {
    case 'node':
      return { kind, nodeId: nodeIdOf('w1') }
    case 'service':
    case 'lanes':
      return { kind, serviceId }
    case 'slot':
      return { kind, serviceId, slot: '1' }
    case 'stack':
      return { kind, stack: 'none' }
    case 'logs':
      return { kind, subject: { kind: 'service', serviceId } }
    case 'inspect':
      return { kind, object: { kind: 'service', id: serviceId } }
    default:
      return { kind }
  }
}
