import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { View } from '../../source/app/screen.ts'
import { apiManager, apiNode, apiService, apiTasks } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
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

const doctor: Partial<View> = { screen: { kind: 'doctor' }, focus: 'doctor' }

const healthy: Partial<ApiReading> = {
  ...wellReading,
  services: [apiService({ name: 'api', replicas: 3, status: [3, 3], reservations: { MemoryBytes: 2 ** 20 } })],
}

/** Much that was left undone, and nothing that is broken. */
const neglected: Partial<ApiReading> = {
  nodes: [
    ...['m1', 'm2', 'm3', 'm4'].map((name, index) =>
      apiManager(name, { isLeader: index === 0, labels: { zone: 'hall-1' } }),
    ),
    ...['w1', 'w2', 'w3'].map(name => apiNode({ name, availability: 'drain' })),
    apiNode({ name: 'w4', availability: 'pause' }),
    apiNode({ name: 'w4', id: 'old-w4', state: 'down' }),
    apiNode({ name: 'w5' }),
  ],
  services: [
    apiService({ name: 'db', constraints: ['node.hostname==w5'], status: [1, 1] }),
    apiService({ name: 'queue', status: [1, 1] }),
    apiService({ name: 'web', replicas: 3, status: [3, 3] }),
  ],
  tasks: [...apiTasks('db', ['w5']), ...apiTasks('queue', ['m1']), ...apiTasks('web', ['w5', 'w5', 'w5'])],
}

for (const [columns, rows] of SIZES) {
  const expect = (name: string, reading: Partial<ApiReading>, view: Partial<View> = {}) =>
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, reading, view: { ...doctor, ...view } })
      expectFrame(`doctor-${name}.${columns}x${rows}`, frameOf(state))
    })
  expect('well', healthy)
  expect('neglected', neglected, {
    selection: { doctor: 'node-drained' },
    parts: { doctor: 'node-drained' },
  })
  expect('troubled', troubledReading)
  expect('large', largeReading, { parts: { doctor: 'single-replica' } })
  expect('strange-names', strangeReading)
}

test('in ASCII', () => {
  const state = stateOf({ columns: 80, rows: 24, reading: troubledReading, view: doctor })
  expectFrame('doctor-ascii', frameOf(state, { isAscii: true }))
})
