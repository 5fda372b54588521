import { test } from 'node:test'
import type { RunningOperation, RunningSequence } from '../../source/app/acting-state.ts'
import type { JournalEntry, State } from '../../source/app/state.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { together } from '../../source/operations/together.ts'
import { NOW, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { onNode } from '../helpers/operation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const SECOND = 1000
const FORCE: Operation = { kind: 'force-update', serviceId: serviceIdOf('api'), name: 'api' }
const STRANGE: Operation = { kind: 'drain', nodeId: nodeIdOf('x'), name: '節点\u001b[31m-red' }

function running(state: State, number: number, operation: Operation, words: Partial<RunningOperation> = {}) {
  if (state.reading === null) throw new Error('nothing has been read')
  const before = state.reading.cluster
  const progress = { kind: 'running', text: '3 of 5 tasks moved or stopped', done: 3, total: 5 } as const
  const one: RunningOperation = {
    number,
    operation,
    command: `docker something ${operation.name}`,
    askedAt: NOW - number * 10 * SECOND,
    before,
    phase: 'watched',
    version: 11,
    forceUpdate: null,
    progress,
    sequence: null,
    ...words,
  }
  return one
}

const sequence: RunningSequence = {
  number: 3,
  sequence: together([onNode('drain', 'w1'), onNode('drain', 'w2')]),
  askedAt: NOW - 90 * SECOND,
  at: 0,
  running: 4,
  ended: null,
  phase: 'going-on',
  waitsFor: null,
}

const stopping: RunningSequence = {
  ...sequence,
  number: 5,
  sequence: together([FORCE, { ...FORCE, name: 'db' }, { ...FORCE, name: 'web' }]),
  running: null,
  phase: 'stopping',
  waitsFor: 'The swarm does not answer now: nothing can be changed until it does',
}

const journal: readonly JournalEntry[] = [
  {
    number: 1,
    at: NOW - 400 * SECOND,
    kind: 'sequence',
    name: 'force update api, db and web',
    result: { kind: 'broken-off', text: 'db: update paused due to failure', done: 1, of: 3 },
  },
  {
    number: 2,
    at: NOW - 300 * SECOND,
    kind: 'operation',
    operation: onNode('activate', 'w2'),
    command: 'docker node update --availability active w2',
    result: { kind: 'converged', text: 'new tasks may be placed on w2', afterMs: 1000 },
  },
  {
    number: 3,
    at: NOW - 200 * SECOND,
    kind: 'operation',
    operation: { kind: 'change-image', serviceId: serviceIdOf('api'), name: 'api', image: 'api:2' },
    command: 'docker service update --no-resolve-image --image api:2 api',
    result: { kind: 'failed', text: 'update paused due to failure or early termination of task \u001b[2J' },
  },
]

const several = (state: State): State => ({
  ...state,
  journal,
  acting: {
    ...state.acting,
    running: [
      running(state, 1, FORCE, { progress: { kind: 'running', text: '2 of 10 renewed', done: 2, total: 10 } }),
      running(state, 2, STRANGE),
      running(state, 4, onNode('drain', 'w1'), { sequence: 3 }),
      running(state, 6, onNode('promote', 'w2'), {
        phase: 'sent',
        progress: { kind: 'running', text: 'asked for', done: 0, total: 0 },
      }),
    ],
    sequences: [sequence, stopping],
  },
})

const one = (state: State): State => ({
  ...state,
  journal,
  acting: {
    ...state.acting,
    running: [running(state, 4, onNode('drain', 'w1'), { sequence: 3 })],
    sequences: [sequence],
  },
})

for (const [columns, rows] of SIZES) {
  const frame = (name: string, state: State, isAscii = false) =>
    test(`${name} at ${columns}x${rows}`, () => {
      expectFrame(`operations-${name}.${columns}x${rows}`, frameOf(state, { isAscii }))
    })

  const size = { columns, rows }
  const screen = { ...size, view: { screen: { kind: 'operations' }, focus: 'operations' } } as const
  frame('watched-one', one(stateOf(size)))
  frame('watched-several', several(stateOf(size)))
  frame('none', stateOf(screen))
  frame('several', several(stateOf(screen)))
  frame('several-ascii', several(stateOf(screen)), true)
}
