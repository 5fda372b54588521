import { test } from 'node:test'
import type { AskedQuestion } from '../../source/app/acting-state.ts'
import type { State } from '../../source/app/state.ts'
import { askQuestion } from '../../source/operations/ask-question.ts'
import type { Operation, Question } from '../../source/operations/operation.ts'
import type { Plan } from '../../source/operations/plan.ts'
import type { Sequence } from '../../source/operations/sequence.ts'
import { together } from '../../source/operations/together.ts'
import { toleranceOf } from '../../source/operations/tolerance.ts'
import { withPlan } from '../../source/operations/with-plan.ts'
import { apiManager, apiNode, apiService, apiTasks, NOW, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { onNode } from '../helpers/operation-builders.ts'
import { gap, move, planOf, stop, update, wait } from '../helpers/plan-builders.ts'
import { askedOf } from '../helpers/question-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

const ask = (wish: Operation | Sequence, plan?: Plan, reading = wellReading): Question => {
  const question = askQuestion(wish, clusterOf(reading))
  return plan === undefined ? question : withPlan(question, plan)
}

function asking(state: State, question: Question, change: Partial<AskedQuestion>): State {
  return { ...state, acting: { ...state.acting, question: askedOf(question, NOW - 1000, change) } }
}

function frame(
  name: string,
  question: Question,
  change: Partial<AskedQuestion> = {},
  { reading = wellReading, isAscii = false } = {},
): void {
  for (const [columns, rows] of SIZES) {
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, reading, view: { screen: { kind: 'nodes' }, focus: 'nodes' } })
      expectFrame(`question-${name}.${columns}x${rows}`, frameOf(asking(state, question, change), { isAscii }))
    })
  }
}

const drain = onNode('drain', 'w1')
const noPlace = 'no suitable node (insufficient resources on 2 nodes; max replicas per node limit exceed on 1 node)'

frame(
  'good',
  ask(
    drain,
    planOf({
      moves: [move('api.2', 'w1', 'w2', 'm1'), move('web.1', 'w1', 'm2'), stop('ends', 'agent.w1', 'w1')],
      gaps: [gap('api', 2, 3, 6_000), gap('web', 3, 4, 9_000)],
    }),
  ),
)

const grave = ask(
  drain,
  planOf({
    moves: [
      move('api.2', 'w1', 'w2'),
      move('db.1', 'w1', 'm1'),
      stop('lost', 'web.1', 'w1'),
      stop('lost', 'web.4', 'w1'),
    ],
    unplaced: [wait('web.1', noPlace), wait('web.4', noPlace)],
    gaps: [gap('web', 2, 4, null), gap('db', 0, 1, 14_000), gap('api', 2, 3, 6_000)],
    updates: [update('api', 'paused', 'update paused due to failure or early termination of task api.2')],
    end: { kind: 'limit', afterMs: 1_800_000 },
  }),
)
frame('danger', grave)
frame('danger-ascii', grave, {}, { isAscii: true })

const remove: Operation = { kind: 'remove-service', serviceId: serviceIdOf('api'), name: 'api' }
const ends = planOf({ moves: ['m1', 'w1', 'w2'].map((node, index) => stop('ends', `api.${index + 1}`, node)) })
frame('typed', ask(remove, ends), { typed: 'ap' })

const five = {
  ...wellReading,
  nodes: [
    ...['m1', 'm2', 'm3'].map(name => apiManager(name, { isLeader: name === 'm1' })),
    ...Array.from({ length: 9 }, (_, index) => apiNode({ name: `w${index + 1}` })),
  ],
}
const marked = ['m2', 'm3', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6'].map(name => onNode('drain', name))
const many = together([onNode('drain', 'm1'), ...marked])
frame(
  'marks',
  ask(
    many,
    planOf({
      operations: many.operations,
      moves: Array.from({ length: 12 }, (_, index) => move(`api.${index}`, `w${(index % 6) + 1}`, 'w7', 'w8', 'w9')),
      gaps: [gap('api', 9, 12, 48_000)],
      quorum: { before: toleranceOf(3, 3), during: toleranceOf(3, 2), after: toleranceOf(3, 3) },
    }),
    five,
  ),
  {},
  { reading: five },
)

const long = ask(
  drain,
  planOf({
    moves: Array.from({ length: 60 }, (_, index) => move(`service-${index}.${index % 7}`, 'w1', `node-${index}`)),
    gaps: Array.from({ length: 40 }, (_, index) => gap(`service-${index}`, index % 3, 3, 1000 * index)),
  }),
)
frame('long', long)
frame('long-scrolled', long, { offset: 20 })

const strange = ['データベース', 'w\u001b[31m-red', `n${'o'.repeat(200)}`, 'x\u202egpj'] as const
const strangeReading = {
  nodes: [
    apiManager('m1', { isLeader: true }),
    ...strange.map(name => (name === strange[0] ? { ...apiNode({ name }), ID: 'q53rbx8h2k' } : apiNode({ name }))),
  ],
  services: [apiService({ name: 'api', replicas: 4 })],
  tasks: apiTasks('api', strange),
}
const longName = `service-${'name-'.repeat(10)}`
const removeLong: Operation = { kind: 'remove-service', serviceId: serviceIdOf(longName), name: longName }
const longReading = { ...wellReading, services: [apiService({ name: longName })], tasks: apiTasks(longName, ['w1']) }
frame('typed-long', ask(removeLong, planOf(), longReading), { typed: longName.slice(0, 50) }, { reading: longReading })

const force: Operation = { kind: 'remove-node', nodeId: 'q53rbx8h2k', name: strange[0], isForced: true }
const strangePlan = planOf({
  moves: [
    move('api.1', strange[0], strange[1], strange[2]),
    move('サービス.1', strange[1], strange[3]),
    stop('ends', `${'s'.repeat(200)}.1`, strange[0]),
  ],
  unplaced: [wait('api.9', 'no suitable node (\u001b[2Jcleared\u0007)')],
})
frame('strange-names', ask(force, strangePlan, strangeReading), { typed: 'データ' }, { reading: strangeReading })
frame(
  'strange-names-ascii',
  ask(force, strangePlan, strangeReading),
  { typed: 'データ' },
  { reading: strangeReading, isAscii: true },
)

const planning = { number: 7, begunAt: NOW - 1000, askedAt: NOW - 1000, print: '', result: null }
frame('planning', ask(drain), { planning })
frame('planning-takes-long', ask(drain), { planning: { ...planning, begunAt: NOW - 5000 } })
frame('no-plan', ask(drain), {
  planning: { ...planning, number: null, result: { kind: 'failed', text: 'the copy of the swarm could not be made' } },
})
