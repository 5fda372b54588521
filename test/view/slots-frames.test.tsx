import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { View } from '../../source/app/screen.ts'
import type { JournalEntry } from '../../source/app/state.ts'
import { NO_HISTORY, rememberTasks } from '../../source/app/task-history.ts'
import { apiManager, apiNode, apiService, apiTask, MINUTE, NOW, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

type Words = Omit<Parameters<typeof apiTask>[0], 'service'>

const api = (words: Words) => apiTask({ service: 'api', ...words })

const NEEDS = { MemoryBytes: 3 * 2 ** 30 }

const OUT_OF_MEMORY = { state: 'failed', error: 'task: non-zero exit (137)', exitCode: 137 }

/** Slot 2 crashes again and again, slot 3 finds no node, slot 4 moved in order, slot 5 runs on a node that is down. */
const loop = Array.from({ length: 9 }, (_, index) =>
  api({
    id: `crash${index}`.padEnd(25, 'x'),
    slot: 2,
    node: index % 2 === 0 ? 'w1' : 'w2',
    createdAgoMs: (index + 1) * 40 * SECOND,
    stateAgoMs: (index + 1) * 40 * SECOND - 30 * SECOND,
    ...OUT_OF_MEMORY,
  }),
)

const nodes = [
  apiManager('m1', { isLeader: true }),
  apiNode({ name: 'w1' }),
  apiNode({ name: 'w2', availability: 'drain' }),
  apiNode({ name: 'w3', state: 'down', message: 'heartbeat failure' }),
]

const reading: Partial<ApiReading> = {
  nodes,
  services: [
    apiService({ name: 'api', replicas: 5, status: [2, 5], reservations: NEEDS }),
    apiService({ name: 'web', replicas: 1, status: [1, 1] }),
  ],
  tasks: [
    api({ slot: 1, node: 'm1', reservations: NEEDS, createdAgoMs: 90 * MINUTE, stateAgoMs: 89 * MINUTE }),
    api({
      id: 'next'.padEnd(25, 'x'),
      slot: 2,
      node: 'w1',
      state: 'ready',
      desired: 'ready',
      createdAgoMs: 10 * SECOND,
    }),
    ...loop.slice(0, 4),
    api({
      slot: 3,
      state: 'pending',
      reservations: NEEDS,
      error: 'no suitable node (2 nodes not available for new tasks; insufficient resources on 2 nodes)',
      createdAgoMs: 4 * MINUTE,
    }),
    api({ slot: 4, node: 'w1', reservations: NEEDS, createdAgoMs: 8 * MINUTE, stateAgoMs: 430 * SECOND }),
    api({ slot: 4, node: 'w2', state: 'shutdown', createdAgoMs: 60 * MINUTE, stateAgoMs: 470 * SECOND }),
    api({ slot: 5, node: 'w3', createdAgoMs: 12 * MINUTE, stateAgoMs: 11 * MINUTE }),
    apiTask({ service: 'web', slot: 1, node: 'm1' }),
  ],
}

/** What was seen before: five tasks of slot 2 that Swarm has forgotten. */
const before = clusterOf({ ...reading, tasks: [...(reading.tasks ?? []), ...loop.slice(4)] })
const history = rememberTasks(rememberTasks(NO_HISTORY, null, before), before, clusterOf(reading))

const lanes: Partial<View> = { screen: { kind: 'lanes', serviceId: serviceIdOf('api') }, focus: 'lanes' }

const slot = (key: string): Partial<View> => ({
  screen: { kind: 'slot', serviceId: serviceIdOf('api'), slot: key },
  focus: 'story',
})

const journal: readonly JournalEntry[] = (
  [
    { kind: 'leader-changed', from: 'm2', to: 'm1' },
    { kind: 'tasks-stopped', service: 'web', count: 5, nodes: ['w1', 'w2'] },
    { kind: 'tasks-started', service: 'web', count: 5, nodes: ['m1', 'w1', 'w2', 'w3', 'w4', 'w5'] },
    {
      kind: 'task-ended',
      task: 'api.2',
      node: 'w1',
      state: 'failed',
      error: 'task: non-zero exit (137)',
      exitCode: 137,
    },
  ] as const
).map((happening, index) => ({
  number: index + 1,
  at: NOW - (4 - index) * MINUTE,
  kind: 'happening',
  happening: { at: 0, ...happening },
}))

test('in ASCII lanes and stories are ASCII', () => {
  for (const view of [{ ...lanes, selection: { lanes: '2' } }, slot('2')]) {
    const frame = frameOf(stateOf({ reading, view, change: { history } }), { isAscii: true })
    assert.match(frame, /^[\x20-\x7e\n]*$/)
    assert.match(frame, /non-zero exit \(137\)/)
  }
})

for (const [columns, rows] of SIZES) {
  const frame = (name: string, view: Partial<View>, change: Parameters<typeof stateOf>[0] = {}) =>
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, reading, view, ...change, change: { history, ...change?.change } })
      expectFrame(`${name}.${columns}x${rows}`, frameOf(state))
    })

  frame('lanes', { ...lanes, selection: { lanes: '2' } })
  frame('lanes-quiet', lanes)
  frame('slot-failing', slot('2'))
  frame('slot-pending', slot('3'))
  frame('slot-down', slot('5'))
  frame('events-of-tasks', { screen: { kind: 'events' }, focus: 'events' }, { change: { journal } })
  frame('tasks-problems', { screen: { kind: 'tasks' }, focus: 'tasks' })
}
