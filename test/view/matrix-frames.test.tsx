import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { parseFilter } from '../../source/app/filter.ts'
import type { View } from '../../source/app/screen.ts'
import { apiManager, apiNode, apiService, apiTask, MINUTE, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { largeReading, strangeReading, troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const matrix: Partial<View> = { screen: { kind: 'matrix' }, focus: 'matrix' }

/** Forty nodes, among them all that can be the matter with one, and services with more tasks on one than there is room for. */
const crowdedReading: Partial<ApiReading> = {
  nodes: Array.from({ length: 40 }, (_, index) =>
    index === 0
      ? apiManager('manager-01', { isLeader: true })
      : apiNode({
          name: `worker-${String(index).padStart(2, '0')}`,
          ...(index === 3 ? { state: 'down' as const } : {}),
          ...(index === 4 ? { state: 'unknown' as const } : {}),
          ...(index === 5 ? { availability: 'drain' as const } : {}),
          ...(index === 6 ? { availability: 'pause' as const } : {}),
        }),
  ),
  services: [
    apiService({ name: 'agent', mode: { Global: {} }, status: [40, 40] }),
    apiService({ name: 'web', replicas: 150, status: [150, 150] }),
    apiService({ name: 'api', replicas: 9, status: [5, 9] }),
    apiService({
      name: 'report',
      mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 4 } },
      status: [1, 2, 3],
      jobIteration: 1,
    }),
  ],
  tasks: [
    ...Array.from({ length: 40 }, (_, index) =>
      apiTask({ service: 'agent', node: index === 0 ? 'manager-01' : `worker-${String(index).padStart(2, '0')}` }),
    ),
    ...Array.from({ length: 150 }, (_, index) =>
      apiTask({ service: 'web', slot: index + 1, node: index < 120 ? 'worker-01' : `worker-${10 + (index % 5)}` }),
    ),
    apiTask({ service: 'api', slot: 1, node: 'worker-07' }),
    apiTask({ service: 'api', slot: 2, node: 'worker-07', state: 'starting' }),
    apiTask({ service: 'api', slot: 3, node: 'worker-07', state: 'failed', createdAgoMs: MINUTE }),
    apiTask({ service: 'api', slot: 4, node: 'worker-08', state: 'failed', createdAgoMs: 10 * MINUTE }),
    apiTask({ service: 'api', slot: 5, node: 'worker-08', desired: 'shutdown' }),
    apiTask({ service: 'api', slot: 6, state: 'pending' }),
    apiTask({ service: 'api', slot: 7, node: 'a-node-that-is-gone', state: 'ready', desired: 'ready' }),
    ...[1, 2, 3].map(slot =>
      apiTask({ service: 'report', slot, node: 'worker-09', state: 'complete', desired: 'complete', jobIteration: 1 }),
    ),
    apiTask({ service: 'report', slot: 4, node: 'worker-09', desired: 'complete', jobIteration: 1 }),
    apiTask({ service: 'report', slot: 1, node: 'worker-02', state: 'complete', desired: 'complete' }),
  ],
}

for (const [columns, rows] of SIZES) {
  const frame = (name: string, words: Parameters<typeof stateOf>[0], isAscii = false) =>
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, ...words, view: { ...matrix, ...words?.view } })
      expectFrame(`${name}.${columns}x${rows}`, frameOf(state, { isAscii }))
    })

  frame('matrix-troubled', { reading: troubledReading, view: { selection: { matrix: serviceIdOf('backup') } } })
  frame('matrix-crowded', { reading: crowdedReading })
  frame('matrix-crowded-ascii', { reading: crowdedReading, view: { parts: { matrix: nodeIdOf('worker-07') } } }, true)
  frame('matrix-large', { reading: largeReading, view: { selection: { matrix: serviceIdOf('service-60') } } })
  frame('matrix-strange-names', { reading: strangeReading })
}

test('a matrix of nothing, and one that nothing passes the filter of', () => {
  const reading = { ...troubledReading, services: [], tasks: [] }
  expectFrame('matrix-empty.80x24', frameOf(stateOf({ columns: 80, rows: 24, reading, view: matrix })))
  const view = { ...matrix, filter: parseFilter('nope') }
  expectFrame('matrix-no-hit.80x24', frameOf(stateOf({ columns: 80, rows: 24, reading: troubledReading, view })))
})
