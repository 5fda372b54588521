import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { State } from '../../source/app/state.ts'
import { apiManager, apiNode, apiService, apiTasks } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'

const times = (name: string, count: number): readonly string[] => Array.from({ length: count }, () => name)

const CJK = '服务器-一号'
const LONG = `node-${'x'.repeat(200)}`

/** w3 is back after a maintenance. */
const returned: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true, availability: 'drain' }),
    ...['w1', 'w2', 'w3'].map(name => apiNode({ name })),
  ],
  services: [
    apiService({ name: 'agent', mode: { Global: {} } }),
    apiService({ name: 'api', replicas: 10 }),
    apiService({ name: 'db', constraints: ['node.hostname==w1'] }),
    apiService({ name: 'mailer' }),
    apiService({ name: 'shop_frontend', replicas: 4, updateOrder: 'start-first' }),
    apiService({ name: 'web', replicas: 6, update: { State: 'paused' } }),
  ],
  tasks: [
    ...apiTasks('api', [...times('w1', 5), ...times('w2', 5)]),
    ...apiTasks('db', ['w1']),
    ...apiTasks('mailer', ['w2']),
    ...apiTasks('shop_frontend', ['w1', 'w1', 'w2', 'w2']),
    ...apiTasks('web', [...times('w1', 3), ...times('w2', 3)]),
  ],
}

const strange: Partial<ApiReading> = {
  nodes: [apiManager('m1', { isLeader: true }), ...[CJK, LONG, '\u001b[31mred 🦊'].map(name => apiNode({ name }))],
  services: [
    apiService({ name: `${'very-long-name-'.repeat(14)}end`, replicas: 6 }),
    apiService({ name: '購物車', replicas: 3 }),
    apiService({ name: '\u001b]0;owned\u0007', replicas: 2 }),
    ...Array.from({ length: 300 }, (_, index) => apiService({ name: `one-${index}` })),
  ],
  tasks: [
    ...apiTasks(`${'very-long-name-'.repeat(14)}end`, times(CJK, 6)),
    ...apiTasks('購物車', times(LONG, 3)),
    ...apiTasks('\u001b]0;owned\u0007', times('\u001b[31mred 🦊', 2)),
    ...Array.from({ length: 300 }, (_, index) => apiTasks(`one-${index}`, ['m1'])).flat(),
  ],
}

const at = (words: Partial<ApiReading>, columns: number, rows: number, ...keys: readonly string[]): State => {
  const app = appWith(words).happen({ kind: 'resized', columns, rows })
  return app.press('B', ...keys).state
}

describe('the rebalance planner', () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 36],
    [200, 50],
  ] as const) {
    test(`after a node's return, ${columns}×${rows}`, () => {
      expectFrame(`rebalance-returned-${columns}`, frameOf(at(returned, columns, rows)))
    })
    test(`names of every kind and 300 services, ${columns}×${rows}`, () => {
      expectFrame(`rebalance-strange-${columns}`, frameOf(at(strange, columns, rows)))
    })
  }

  test('in ASCII', () => {
    expectFrame('rebalance-ascii', frameOf(at(returned, 80, 24), { isAscii: true }))
  })

  test('asked about', () => {
    expectFrame('rebalance-asked', frameOf(at(returned, 80, 24, 'enter')))
  })

  test('on a small terminal one part at a time', () => {
    expectFrame('rebalance-small', frameOf(at(returned, 60, 16, 'tab')))
  })

  test('of a swarm without services', () => {
    expectFrame('rebalance-empty', frameOf(at({}, 80, 24)))
  })
})
