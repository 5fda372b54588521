import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../../../source/operations/plan.ts'
import { toleranceOf } from '../../../source/operations/tolerance.ts'
import { move, planOf, start, stop, update, wait } from '../../helpers/plan-builders.ts'
import { comparePlan } from './compare.ts'
import type { Outcome, SeenMove } from './outcome.ts'

const THREE = toleranceOf(3, 3)

/** What was seen of a swarm in which nothing happened, unless the words say otherwise. */
function outcomeOf(words: Partial<Outcome>): Outcome {
  return {
    moves: [],
    unplaced: [],
    gaps: [],
    updates: [],
    quorum: { before: THREE, after: THREE },
    leader: { before: 'm1', after: 'm1' },
    tookMs: 5_000,
    looksPerSecond: 5,
    ...words,
  }
}

const place = (name: string) => ({ nodeId: `node-${name}`, name })

function seen(task: string, fate: SeenMove['fate'], from: string | null, to: string | null): SeenMove {
  return { task, fate, from: from === null ? null : place(from), to: to === null ? null : place(to) }
}

const FULL = 'no suitable node (max replicas per node limit exceed)'

test('what came as planned is no difference, and one of several named nodes is as planned', () => {
  const plan = planOf({
    moves: [move('api.1', 'w1', 'w2', 'w3'), start('web.1', 'w2'), stop('lost', 'db.1', 'w1')],
    unplaced: [wait('db.1', FULL)],
    updates: [update('api', 'paused', 'update paused due to failure or early termination of task api.1')],
  })
  const outcome = outcomeOf({
    moves: [seen('api.1', 'moves', 'w1', 'w3'), seen('web.1', 'starts', null, 'w2'), seen('db.1', 'lost', 'w1', null)],
    unplaced: [{ task: 'db.1', reason: FULL }],
    updates: [
      { service: 'api', state: 'paused', message: 'update paused due to failure or early termination of task x7' },
    ],
  })
  const { differences, moves, places, certain, reasons, updates } = comparePlan(plan, outcome)
  assert.deepEqual(differences, [])
  assert.deepEqual(
    { moves, places, certain, reasons, updates },
    {
      moves: { right: 3, of: 3 },
      places: { right: 2, of: 2 },
      certain: 1,
      reasons: { right: 1, of: 1 },
      updates: { right: 1, of: 1 },
    },
  )
})

test('each way to be wrong is told', () => {
  const api = planOf({ moves: [move('api.1', 'w1', 'w2')] })
  const table: readonly (readonly [plan: Plan, outcome: Partial<Outcome>, told: readonly string[]])[] = [
    [api, {}, ['planned only: api.1 moves from w1']],
    [planOf(), { moves: [seen('api.1', 'ends', 'w1', null)] }, ['seen only: api.1 ends from w1']],
    [api, { moves: [seen('api.1', 'moves', 'w1', 'w3')] }, ['api.1 came up on w3, planned on w2']],
    [
      api,
      { moves: [seen('api.1', 'lost', 'w1', null)] },
      ['planned only: api.1 moves from w1', 'seen only: api.1 lost from w1'],
    ],
    [
      planOf({ unplaced: [wait('api.1', FULL)] }),
      { unplaced: [{ task: 'api.1', reason: 'no suitable node' }] },
      [`planned only: api.1 waits: ${FULL}`, 'seen only: api.1 waits: no suitable node'],
    ],
    [
      planOf({ updates: [update('api', 'completed', 'update completed')] }),
      { updates: [{ service: 'api', state: 'updating', message: 'update in progress' }] },
      ['planned only: api completed: update completed', 'seen only: api unfinished: update in progress'],
    ],
    [planOf(), { leader: { before: 'm1', after: 'm2' } }, ['m2 leads in the end, planned: m1']],
  ]
  for (const [plan, outcome, told] of table) {
    assert.deepEqual(comparePlan(plan, outcomeOf(outcome)).differences, told)
  }
  const two = { before: THREE, after: toleranceOf(2, 2) }
  assert.match(comparePlan(planOf(), outcomeOf({ quorum: two })).differences.join(), /^quorum after: planned/)
})

test('where slots are drawn by lot only their number counts', () => {
  const plan = planOf({ moves: [stop('lost', 'api.1', 'w1')] })
  const other = outcomeOf({ moves: [seen('api.2', 'lost', 'w2', null)] })
  assert.deepEqual(comparePlan(plan, other, ['api']).differences, [])
  assert.notDeepEqual(comparePlan(plan, other).differences, [])
  const both = outcomeOf({ moves: [seen('api.1', 'lost', 'w1', null), seen('api.2', 'lost', 'w2', null)] })
  assert.deepEqual(comparePlan(plan, both, ['api']).differences, ['seen only: one of api lost'])
})

test('of tasks that are as good as each other any may be the one that waits', () => {
  const plan = planOf({
    moves: [move('api.1', 'w1', 'w2'), stop('lost', 'api.2', 'w1')],
    unplaced: [{ ...wait('api.2', FULL), among: ['api.1', 'api.2'] }],
  })
  const other = outcomeOf({
    moves: [seen('api.1', 'lost', 'w1', null), seen('api.2', 'moves', 'w1', 'w2')],
    unplaced: [{ task: 'api.1', reason: FULL }],
  })
  assert.deepEqual(comparePlan(plan, other).differences, [])
})
