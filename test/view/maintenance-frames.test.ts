import { describe, test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import { type Course, courseOf, NO_MAINTENANCE } from '../../source/app/maintenance/maintaining.ts'
import { goTo } from '../../source/app/navigating.ts'
import type { State } from '../../source/app/state.ts'
import { LOCK_LABEL, lockText } from '../../source/operations/maintenance/lock.ts'
import {
  type MaintainedNode,
  type Maintenance,
  proposeMaintenance,
  withNode,
} from '../../source/operations/maintenance/maintenance.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTasks,
  MINUTE,
  NOW,
  nodeIdOf,
  serviceIdOf,
} from '../helpers/api-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

const BY = { by: 'ops@bastion', startedAt: NOW - 30 * MINUTE } as const
const OURS = { [LOCK_LABEL]: lockText(BY) }

const nodesWith = (w1: Partial<Parameters<typeof apiNode>[0]> = {}): readonly ApiNode[] => [
  apiManager('m1', { isLeader: true, address: '10.0.0.1' }),
  apiManager('m2', { address: '10.0.0.2' }),
  apiManager('m3', { address: '10.0.0.3' }),
  apiNode({ name: 'w1', ...w1 }),
  apiNode({ name: 'w2' }),
]

const services = [
  apiService({ name: 'api', replicas: 3, updateOrder: 'start-first', maxReplicasPerNode: 1 }),
  apiService({ name: 'web', replicas: 2, update: { State: 'updating' } }),
]
const tasks = [...apiTasks('api', ['m1', 'w1', 'w2']), ...apiTasks('web', ['w1', 'w2'])]

type Words = {
  readonly size: readonly [number, number]
  readonly nodes?: readonly ApiNode[]
  readonly names?: readonly string[]
  readonly manner?: Maintenance['manner']
  /** What has become of w1. */
  readonly first?: Partial<MaintainedNode>
  readonly held?: Maintenance['held']
  readonly course?: Partial<Course>
}

function shown(words: Words): State {
  const { size, nodes = nodesWith(), names = ['m1', 'm2', 'w1', 'w2'], manner = 'plain', first = {} } = words
  const state = stateOf({ columns: size[0], rows: size[1], reading: { nodes, services, tasks } })
  const cluster = state.reading?.cluster
  const chosen = names.flatMap(name => cluster?.nodeById.get(nodeIdOf(name)) ?? [])
  const proposed = proposeMaintenance(chosen, { clusterId: 'cluster', manner, ...BY })
  const maintenance = { ...withNode(proposed, nodeIdOf('w1'), first), held: words.held ?? null }
  const course = { ...courseOf(maintenance, 'going', NOW - 10_000), ...words.course }
  return goTo({ ...state, maintaining: { ...NO_MAINTENANCE, course } }, { kind: 'maintenance' })
}

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

describe('a maintenance', () => {
  for (const size of SIZES) {
    const at = size.join('x')
    const handedOver = { at: NOW - 9 * MINUTE, version: 10, sawDownAt: NOW - 4 * MINUTE, sawBackAt: NOW - MINUTE }
    const inHand = { step: 'in-hand', before: 'active', handedOver } as const

    test(`that is proposed, at ${at}`, () =>
      expectFrame(
        `maintenance-proposed.${at}`,
        frameOf(shown({ size, manner: 'graceful', course: { phase: 'proposed' } })),
      ))

    test(`with a node in hand, at ${at}`, () =>
      expectFrame(
        `maintenance-in-hand.${at}`,
        frameOf(shown({ size, nodes: nodesWith({ availability: 'drain', labels: OURS }), first: inHand })),
      ))
  }

  const size = [80, 24] as const
  const cases: readonly (readonly [string, Omit<Words, 'size'>])[] = [
    [
      'moving a service',
      {
        manner: 'graceful',
        first: {
          step: 'moving',
          before: 'active',
          renewing: { serviceId: serviceIdOf('api'), name: 'api', forceUpdate: 3 },
        },
        course: { waitsFor: 'api: 1 of 3 tasks renewed, api.2 preparing' },
      },
    ],
    [
      'held by a check',
      {
        first: { step: 'checks' },
        held: {
          by: 'check',
          reason: 'no room elsewhere for all tasks of api; short of tasks: web 1/2',
          accepts: ['room'],
        },
      },
    ],
    [
      'locked by somebody else',
      {
        nodes: nodesWith({ labels: { [LOCK_LABEL]: 'eve\u001b[31m@laptop 2026-11-21T11:00:00Z' } }),
        first: { step: 'checks' },
        held: { by: 'check', reason: 'w1 is in maintenance by eve\u001b[31m@laptop', accepts: [] },
      },
    ],
    [
      'left off',
      {
        first: { step: 'in-hand', before: 'active' },
        course: { phase: 'found' },
      },
    ],
    ['of another session', { course: { phase: 'elsewhere', session: 'Another session here (process 4711)' } }],
    ['being given up', { first: { step: 'in-hand', before: 'active' }, course: { isGivingUp: true } }],
    [
      'not written down',
      {
        first: { step: 'checks' },
        course: {
          unsaved: {
            maintenance: proposeMaintenance([], { clusterId: '', manner: 'plain', ...BY }),
            trouble: 'the disk is full',
          },
        },
      },
    ],
    ['with a node gone', { nodes: nodesWith().filter(({ ID }) => ID !== nodeIdOf('w2')) }],
    ['over', { names: ['w1'], first: { step: 'over', outcome: 'done' }, course: { phase: 'over' } }],
  ]
  for (const [name, words] of cases) {
    test(name, () => expectFrame(`maintenance-${name.replaceAll(' ', '-')}.80x24`, frameOf(shown({ size, ...words }))))
  }

  test('none here, and what others do', () => {
    const state = stateOf({
      columns: 80,
      rows: 24,
      settings: { isReadOnly: true },
      reading: {
        nodes: nodesWith({ availability: 'drain', labels: { [LOCK_LABEL]: 'eve 2026-11-21T11:00:00Z' } }),
      },
    })
    expectFrame('maintenance-of-others.80x24', frameOf(goTo(state, { kind: 'maintenance' })))
    expectFrame('maintenance-in-nodes.80x24', frameOf(goTo(state, { kind: 'nodes' })))
  })

  test('of 300 nodes, with names of all sorts', () => {
    const names = [
      '服务器-一号',
      `w-${'x'.repeat(200)}`,
      'red\u001b[31m',
      '🦊',
      ...Array.from({ length: 300 }, (_, at) => `w${at}`),
    ]
    expectFrame(
      'maintenance-of-many.80x24',
      frameOf(
        shown({ size, nodes: [apiManager('m1', { isLeader: true }), ...names.map(name => apiNode({ name }))], names }),
      ),
    )
  })
})
