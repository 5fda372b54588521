import { before, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { View } from '../../source/app/screen.ts'
import { loadCharts } from '../../source/view/charts/use-charts.ts'
import { apiManager, apiNode, apiService, apiTask, MINUTE } from '../helpers/api-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { largeReading, strangeReading, troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'
import { eventfulTrends, trendSample } from '../helpers/trend-builders.ts'

process.env.TZ = 'UTC'

before(loadCharts)

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const trends: Partial<View> = { screen: { kind: 'trends' }, focus: 'trends' }

/** Nodes that have little left, one that promised more than it has, one that is down, and one that has not told yet. */
const reservedReading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true }),
    apiNode({ name: 'w1' }),
    apiNode({ name: 'w2' }),
    apiNode({ name: 'w3', state: 'down' }),
    apiNode({ name: 'w4', resources: {} }),
  ],
  services: [apiService({ name: 'api', replicas: 4, status: [4, 4] })],
  tasks: [
    [0.2, 0.5],
    [1.9, 1],
    [2.5, 3.9],
    [1, 1],
  ].map(([cpus = 0, gibibytes = 0], index) =>
    apiTask({
      service: 'api',
      slot: index + 1,
      node: ['m1', 'w1', 'w2', 'w3'][index] ?? 'm1',
      reservations: { NanoCPUs: cpus * 1e9, MemoryBytes: Math.round(gibibytes * 2 ** 30) },
    }),
  ),
}

for (const [columns, rows] of SIZES) {
  const frame = (name: string, words: Parameters<typeof stateOf>[0], isAscii = false) =>
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, view: trends, ...words })
      expectFrame(`${name}.${columns}x${rows}`, frameOf(state, { isAscii }))
    })

  frame('trends', { reading: reservedReading, change: { trends: eventfulTrends } })
  frame('trends-ascii', { reading: reservedReading, change: { trends: eventfulTrends } }, true)
  frame('trends-large', { reading: largeReading, change: { trends: eventfulTrends } })
  frame('trends-none-yet', { reading: troubledReading, change: { trends: [trendSample()] } })
}

test('trends of one minute, and of nodes with strange names, at 120x36', () => {
  const state = stateOf({ reading: strangeReading, view: trends, change: { trends: eventfulTrends } })
  const ofMinute = { ...state, preferences: { ...state.preferences, windowMs: MINUTE } }
  expectFrame('trends-strange-names.120x36', frameOf(ofMinute))
})

test('trends on the smallest screen', () => {
  const state = stateOf({ columns: 60, rows: 16, view: trends, change: { trends: eventfulTrends } })
  expectFrame('trends.60x16', frameOf(state))
})
