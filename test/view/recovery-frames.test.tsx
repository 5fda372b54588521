import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { findForced } from '../../source/swarm/forced-cluster.ts'
import { apiManager, apiNode, NOW, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { apiMachine, apiSimulation, simulatedReading } from '../helpers/simulation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const SIZES = [
  [60, 16],
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const machines = [
  apiMachine(),
  apiMachine({ name: 'm2', power: 'off' }),
  apiMachine({ name: 'm3', isCut: true }),
  apiMachine({ name: 'w1', role: 'worker' }),
]

const lost = (columns: number, rows: number, change: Parameters<typeof stateOf>[0] = {}) =>
  stateOf({
    columns,
    rows,
    reading: simulatedReading,
    readAgoMs: 44 * SECOND,
    link: { kind: 'no-leader', phase: 'no-quorum', since: NOW - 42 * SECOND },
    ...change,
    change: {
      simulation: {
        control: '/sim/control.sock',
        seen: apiSimulation({ machines }),
        sequence: 1,
        answered: 1,
        isLooking: false,
        lookAt: NOW + SECOND,
      },
      ...change.change,
    },
  })

/** Names of every kind among those who were managers. */
const strange = ['m2', '服务器', `\u001b[31m${'x'.repeat(200)}`]
const before: Partial<ApiReading> = {
  nodes: [apiManager('m1', { isLeader: true }), ...strange.map(name => apiManager(name))],
}
const after: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true }),
    apiManager(strange[1] ?? '', { reachability: null, state: 'down' }),
    apiManager(strange[2] ?? '', { reachability: null, state: 'ready' }),
    apiNode({ name: 'w1' }),
  ],
}
const forced = findForced(clusterOf(before), clusterOf(after))

describe('the recovery card', () => {
  for (const [columns, rows] of SIZES) {
    test(`in a simulation offers what can be done, ${columns}×${rows}`, () => {
      expectFrame(`recovery-choices-${columns}`, frameOf(lost(columns, rows)))
    })
    test(`of what remains after a new cluster, ${columns}×${rows}`, () => {
      const change = { recovering: { underWay: null, forced, chosen: null } }
      expectFrame(`recovery-remaining-${columns}`, frameOf(stateOf({ columns, rows, reading: after, change })))
    })
  }

  test('while a new cluster is being forced', () => {
    const change = { recovering: { underWay: 'm1', forced: null, chosen: null } }
    expectFrame('recovery-under-way', frameOf(lost(80, 24, { change })))
  })

  test('put away it is named in the banner, lost or to be made good', () => {
    const closed = (state: ReturnType<typeof stateOf>) => ({
      ...state,
      navigation: { ...state.navigation, isRecoveryClosed: true },
    })
    expectFrame('recovery-closed-lost', frameOf(closed(lost(80, 24))))
    const change = { recovering: { underWay: null, forced, chosen: null } }
    expectFrame(
      'recovery-closed-remaining',
      frameOf(closed(stateOf({ columns: 80, rows: 24, reading: after, change }))),
    )
  })

  test('in ASCII', () => {
    expectFrame('recovery-ascii', frameOf(lost(80, 24), { isAscii: true }))
  })

  test('of a real swarm has no choices', () => {
    expectFrame('recovery-real', frameOf(lost(80, 24, { reading: wellReading, change: { simulation: null } })))
  })
})
