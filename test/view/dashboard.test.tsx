import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunningOperation } from '../../source/app/acting-state.ts'
import { parseFilter } from '../../source/app/filter.ts'
import { simulatingAt } from '../../source/app/initial-state.ts'
import type { View } from '../../source/app/screen.ts'
import type { JournalEntry, Link, State } from '../../source/app/state.ts'
import type { Operation, Question } from '../../source/operations/operation.ts'
import { apiManager, apiNode, apiService, MINUTE, NOW, nodeIdOf, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { askedOf } from '../helpers/question-builders.ts'
import { largeReading, strangeReading, troubledReading } from '../helpers/readings.ts'
import { apiMachine, apiSimulation, simulatedReading } from '../helpers/simulation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
] as const

const journal: readonly JournalEntry[] = [
  {
    number: 1,
    at: NOW - 2 * MINUTE,
    kind: 'happening',
    happening: { kind: 'leader-changed', at: 0, from: 'm3', to: 'm1' },
  },
  {
    number: 2,
    at: NOW - MINUTE,
    kind: 'happening',
    happening: { kind: 'manager-reachability-changed', at: 0, node: 'm3', isReachable: false },
  },
  {
    number: 3,
    at: NOW - 40 * SECOND,
    kind: 'happening',
    happening: { kind: 'task-pending', at: 0, task: 'api.3', error: 'no suitable node' },
  },
]

const operation: Operation = { kind: 'drain', nodeId: nodeIdOf('m2'), name: 'm2' }

const question: Question = {
  wish: operation,
  title: 'Drain m2?',
  consequences: [
    {
      weight: 'danger',
      text: 'Switching m2 off afterwards would stop the control plane: 2 of 3 managers are left, and 2 are needed',
    },
    { weight: 'warning', text: 'api has one replica on it, which will be down until another node has started it' },
    { weight: 'info', text: '3 tasks move to m1, w1, w2' },
  ],
  commands: ['docker node update --availability drain m2'],
  confirmation: { kind: 'default-no' },
}

const selected = (name: string): Partial<View> => ({ selection: { services: serviceIdOf(name) } })
const lost: Link = { kind: 'no-leader', phase: 'no-quorum', since: NOW - 42 * SECOND }

function withNavigation(state: State, change: Partial<State['navigation']>): State {
  return { ...state, navigation: { ...state.navigation, ...change } }
}

function draining(state: State): readonly RunningOperation[] {
  if (state.reading === null) return []
  const [command = ''] = question.commands
  return [
    {
      number: 1,
      operation,
      command,
      askedAt: NOW - SECOND - 12 * SECOND,
      before: state.reading.cluster,
      phase: 'watched',
      version: 11,
      forceUpdate: null,
      progress: { kind: 'running', text: 'waiting for its tasks to move', done: 3, total: 5 },
      sequence: null,
    },
  ]
}

for (const [columns, rows] of SIZES) {
  const frame = (name: string, state: Parameters<typeof stateOf>[0], change: (state: State) => State = same => same) =>
    test(`${name} at ${columns}x${rows}`, () => {
      expectFrame(`${name}.${columns}x${rows}`, frameOf(change(stateOf({ columns, rows, ...state }))))
    })

  frame('overview-healthy', {})
  frame('overview-degraded', { reading: troubledReading, view: selected('api'), change: { journal } })
  frame('overview-nodes', { reading: troubledReading, view: { focus: 'nodes' }, change: { journal } })
  frame('overview-events', { reading: troubledReading, view: { focus: 'events' }, change: { journal } })
  frame('overview-strange-names', { reading: strangeReading })
  frame('overview-large', { reading: largeReading, view: selected('service-60') })
  frame('no-leader', {
    readAgoMs: 7 * SECOND,
    link: { kind: 'no-leader', phase: 'election', since: NOW - 6 * SECOND },
  })
  frame('no-quorum', { readAgoMs: 44 * SECOND, link: lost })
  frame('question', { reading: troubledReading, view: { focus: 'nodes' } }, state => ({
    ...state,
    acting: { ...state.acting, question: askedOf(question, NOW - SECOND) },
  }))
  frame('operation-and-notice', { reading: troubledReading, view: { focus: 'nodes' }, change: { journal } }, state => ({
    ...withNavigation(state, { notice: { weight: 'warning', text: 'm1 is drained already' } }),
    acting: { ...state.acting, running: draining(state) },
  }))
  frame('help', {}, state => withNavigation(state, { isHelpOpen: true, helpOffset: 3 }))
  frame('filter', { reading: largeReading, view: { filter: parseFilter('service-11') } }, state =>
    withNavigation(state, { prompt: { kind: 'filter', text: 'service-11' } }),
  )
  frame('filter-finds-nothing', { view: { filter: parseFilter('nope') } })
  frame('nodes', {
    reading: troubledReading,
    view: { screen: { kind: 'nodes' }, focus: 'nodes' },
  })
  frame('services', { reading: troubledReading, view: { screen: { kind: 'services' } } })
  frame('events', {
    reading: troubledReading,
    view: { screen: { kind: 'events' }, focus: 'events' },
    change: { journal },
  })
  frame('node', {
    reading: troubledReading,
    view: { screen: { kind: 'node', nodeId: nodeIdOf('w2') }, focus: 'tasks' },
  })
  frame('service', {
    reading: troubledReading,
    view: { screen: { kind: 'service', serviceId: serviceIdOf('api') }, focus: 'tasks' },
  })
  frame('connection-refused', {
    reading: null,
    link: {
      kind: 'failed',
      problem: { kind: 'refused', address: '10.0.0.1:2375' },
      since: NOW - 9 * SECOND,
      retryAt: NOW + 4 * SECOND,
    },
  })
}

test('overview-degraded at 200x50', () => {
  const state = stateOf({
    columns: 200,
    rows: 50,
    reading: troubledReading,
    view: selected('api'),
    change: { journal },
  })
  expectFrame('overview-degraded.200x50', frameOf(state))
})

test('in ASCII nothing else is sent', () => {
  const words = { columns: 120, rows: 36, change: { journal } }
  const troubled = stateOf({ ...words, reading: troubledReading, view: selected('api') })
  expectFrame('ascii-degraded.120x36', frameOf(troubled, { isAscii: true }))
  expectFrame('ascii-strange-names.120x36', frameOf(stateOf({ ...words, reading: strangeReading }), { isAscii: true }))
})

test('a simulation and a read-only dashboard on another host than the first say so', () => {
  const state = stateOf({
    settings: {
      source: { kind: 'simulator', name: 'quiet day' },
      hosts: ['unix:///m1', 'unix:///m2'],
      isReadOnly: true,
    },
  })
  const leftHost = { host: 0, problem: { kind: 'refused', address: 'unix:///m1' } } as const
  expectFrame('header-badges.120x36', frameOf({ ...state, polling: { ...state.polling, host: 1, leftHost } }))
})

test('a simulation says how fast its time goes, and which of its machines are off or cut off', () => {
  const machines = [apiMachine({ name: 'm2', power: 'off' }), apiMachine({ name: 'w1', isCut: true })]
  const seen = apiSimulation({ speed: 20, isPaused: true, machines })
  const simulation = { ...simulatingAt('/sim/control.sock', NOW), seen }
  const view: Partial<View> = { screen: { kind: 'nodes' }, focus: 'nodes' }
  expectFrame('simulation.120x36', frameOf(stateOf({ reading: simulatedReading, view, change: { simulation } })))
})

test('where there is little room a simulation keeps its name, its time, its marks and the key that holds it', () => {
  const nodes = [
    apiManager('aws-node1', { isLeader: true }),
    apiManager('aws-node2', { reachability: 'unreachable' }),
    apiNode({ name: 'worker-d24.example.com', state: 'unknown' }),
  ]
  const powers = { 'aws-node1': 'off', 'aws-node2': 'booting', 'worker-d24.example.com': 'booting' } as const
  const machines = Object.entries(powers).map(([name, power]) => apiMachine({ name, power }))
  const simulation = { ...simulatingAt('/sim/control.sock', NOW), seen: apiSimulation({ speed: 20, machines }) }
  const words = {
    reading: { ...simulatedReading, nodes, services: [], tasks: [] },
    settings: { source: { kind: 'engine' as const, name: 'unix:///tmp/swarm/aws-node1.sock' } },
    view: { focus: 'nodes' } as const,
    change: { simulation },
  }
  expectFrame('simulation-marks.120x36', frameOf(stateOf(words)))
  expectFrame('simulation-marks.80x24', frameOf(stateOf({ ...words, columns: 80, rows: 24 })))
  const [header = ''] = frameOf(stateOf({ ...words, columns: 160 })).split('\n')
  assert.match(header, / ─ quiet-day ─ unix:\/\/\/tmp\/swarm\/aws-node1\.sock ─ Engine /)
})

test('a service that was changed since its last update is not one that was never updated', () => {
  const screenOf = (service: ReturnType<typeof apiService>) =>
    frameOf(
      stateOf({
        reading: { ...wellReading, services: [service] },
        view: { screen: { kind: 'service', serviceId: serviceIdOf('api') } },
      }),
    )
  const service = apiService({ name: 'api' })
  assert.match(screenOf(service), /never updated/)
  assert.match(screenOf({ ...service, PreviousSpec: service.Spec ?? null }), /no update since its last change/)
})

test('below the least size it says which size it needs', () => {
  expectFrame('too-small.59x16', frameOf(stateOf({ columns: 59, rows: 16 })))
})
