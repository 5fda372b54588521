import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { explainPlan } from '../../source/operations/explain-plan.ts'
import type { Plan } from '../../source/operations/plan.ts'
import { toleranceOf } from '../../source/operations/tolerance.ts'
import { serviceIdOf } from '../helpers/api-builders.ts'
import { onNode } from '../helpers/operation-builders.ts'
import { gap, move, node, planOf, start, stop, update, wait } from '../helpers/plan-builders.ts'

const MARKS = { info: '', warning: '! ', danger: '!! ' }

/** What is said of it besides how long it takes. */
function told(words: Partial<Plan>): readonly string[] {
  const lines = explainPlan(planOf(words)).map(({ weight, text }) => `${MARKS[weight]}${text}`)
  return lines.filter(line => !line.startsWith('all of it takes'))
}

test('a rollback that was asked for is no failure', () => {
  const operations = [{ kind: 'roll-back', serviceId: serviceIdOf('api'), name: 'api' }] as const
  const updates = [update('api', 'rollback_completed')]
  assert.deepEqual(told({ operations, updates }), ['no task stops, starts or moves'])
  assert.deepEqual(told({ updates }), ['!! api: its update fails and is rolled back'])
})

describe('where tasks go', () => {
  test('nothing moves', () => {
    assert.deepEqual(told({}), ['no task stops, starts or moves'])
  })

  test('one task', () => {
    assert.deepEqual(told({ moves: [move('api.3', 'w1', 'w2')] }), ['api.3 moves from w1 to w2'])
    assert.deepEqual(told({ moves: [move('api.3', 'w1', 'w2', 'w3')] }), ['api.3 moves from w1 to w2 or w3'])
    assert.deepEqual(told({ moves: [move('api.3', 'w1', 'w1')] }), ['api.3 is renewed on w1'])
    assert.deepEqual(told({ moves: [start('api.3', 'w1', 'w2')] }), ['api.3 starts on w1 or w2'])
    assert.deepEqual(told({ moves: [stop('ends', 'agent.w1', 'w1')] }), ['agent.w1 ends on w1 and is not replaced'])
    assert.deepEqual(told({ moves: [stop('lost', 'once.1', 'w1')] }), ['!! once.1 is lost on w1 and not replaced'])
  })

  test('one of several, where it is chance which', () => {
    const ends = { ...stop('ends', 'api.3', 'w1'), among: ['api.2', 'api.3'] as const }
    assert.deepEqual(told({ moves: [ends] }), ['one of api.2 and api.3 ends on w1 and is not replaced'])
  })

  test('several of one service in one line', () => {
    const moves = [move('api.1', 'w1', 'w2', 'w3'), move('api.2', 'w1', 'w2', 'w3'), move('api.3', 'w1', 'm1')]
    assert.deepEqual(told({ moves }), ['api: 3 tasks move from w1: 2 to w2 or w3, 1 to m1'])
    assert.deepEqual(told({ moves: moves.slice(0, 2) }), ['api: 2 tasks move from w1 to w2 or w3'])
  })

  test('scattered over many nodes', () => {
    const moves = Array.from({ length: 8 }, (_, index) => move(`api.${index}`, `w${index}`, `n${index}`))
    assert.deepEqual(told({ moves }), [
      'api: 8 tasks move from w0, w1, w2, w3, w4 and 3 more to n0, n1, n2, n3, n4 and 3 more',
    ])
    const any = Array.from({ length: 18 }, (_, index) => `n${index}`)
    assert.deepEqual(told({ moves: [move('api.1', 'w1', ...any)] }), [
      'api.1 moves from w1 to one of 18 nodes (n0, n1, n2 …)',
    ])
    const many = Array.from({ length: 900 }, (_, index) => `n${index}`)
    assert.deepEqual(told({ moves: [move('api.1', 'w1', ...many)] }), ['api.1 moves from w1 to one of 900 nodes'])
    const each = Array.from({ length: 6 }, (_, index) => move(`api.${index}`, 'w1', ...many.slice(index)))
    assert.deepEqual(told({ moves: each }), ['api: 6 tasks move from w1 to many nodes'])
  })

  test('different fates in one service', () => {
    const moves = [
      move('api.1', 'w1', 'w1'),
      move('api.2', 'w1', 'w2'),
      start('api.4', 'w2'),
      stop('ends', 'api.3', 'm1'),
    ]
    assert.deepEqual(told({ moves }), [
      'api: 1 task moves from w1 to w2; 1 task is renewed on w1; 1 task starts on w2; 1 task ends on m1 and is not replaced',
    ])
  })

  test('several services of which one task each has the same fate are one line', () => {
    const moves = ['api.3', 'db.1', 'web.2'].map(task => move(task, 'w1', 'w2'))
    assert.deepEqual(told({ moves }), ['api.3, db.1 and web.2 move from w1 to w2'])
  })

  test('hundreds of services: the first ones, and how many more', () => {
    const moves = Array.from({ length: 300 }, (_, index) => move(`s${index}.1`, 'w1', `n${index}`))
    const lines = told({ moves })
    assert.equal(lines.length, 24)
    assert.equal(lines.at(-1), 'and 277 more of the same kind')
  })
})

describe('what is down meanwhile', () => {
  const moves = [move('api.1', 'w1', 'w2')]

  test('a task or two fewer is what a drain is', () => {
    assert.deepEqual(told({ moves, gaps: [gap('api', 2, 3, 6_000)] }), [
      'api.1 moves from w1 to w2; 2 of 3 run for 6 s',
    ])
  })

  test('fewer than half, or for minutes, is worth a warning', () => {
    assert.deepEqual(told({ moves, gaps: [gap('api', 1, 3, 6_000)] }), [
      '! api.1 moves from w1 to w2; 1 of 3 run for 6 s',
    ])
    assert.deepEqual(told({ moves, gaps: [gap('api', 2, 3, 90_000)] }), [
      '! api.1 moves from w1 to w2; 2 of 3 run for 1 min 30 s',
    ])
  })

  test('what has nothing left is a danger, be it for a moment', () => {
    assert.deepEqual(told({ moves, gaps: [gap('api', 0, 1, 6_400)] }), ['!! api.1 moves from w1 to w2; down for 6 s'])
    assert.deepEqual(told({ moves, gaps: [gap('api', 0, 3, 900)] }), [
      '!! api.1 moves from w1 to w2; all 3 down at once for a moment',
    ])
  })

  test('so is what stays short', () => {
    assert.deepEqual(told({ moves: [], gaps: [gap('api', 2, 3, null)] }), ['!! api: 2 of 3 run from then on'])
  })

  test('as many as are desired are no gap', () => {
    assert.deepEqual(told({ gaps: [gap('api', 3, 3, 6_000)] }), ['no task stops, starts or moves'])
  })
})

describe('what finds no place', () => {
  const reason = 'no suitable node (insufficient resources on 2 nodes)'

  test('is said once, in the words of the scheduler', () => {
    const lost = [stop('lost', 'web.1', 'w1'), stop('lost', 'web.2', 'w1')]
    const words = {
      moves: lost,
      unplaced: [wait('web.1', reason), wait('web.2', reason)],
      gaps: [gap('web', 1, 3, null)],
    }
    assert.deepEqual(told(words), [`!! web: 2 tasks find no place: ${reason}; 1 of 3 run from then on`])
    assert.deepEqual(told({ unplaced: [wait('web.1', reason)] }), [`!! web.1 finds no place: ${reason}`])
  })
})

describe('how updates end', () => {
  test('well is not worth a word; badly is', () => {
    assert.deepEqual(told({ updates: [update('api', 'completed')] }), ['no task stops, starts or moves'])
    assert.deepEqual(told({ updates: [update('api', 'paused', 'update paused due to failure')] }), [
      '!! api: its update is paused (update paused due to failure)',
    ])
    assert.deepEqual(told({ updates: [update('api', 'rollback_completed')] }), [
      '!! api: its update fails and is rolled back',
    ])
  })
})

describe('the managers', () => {
  const of = (members: number, reachable = members) => toleranceOf(members, reachable)

  test('lose what they can lose', () => {
    const quorum = { before: of(3), during: of(2), after: of(2) }
    assert.equal(
      told({ quorum })[0],
      '!! managers 3 → 2, majority 2 → 2, can lose 1 → 0: one more lost stops the control plane',
    )
  })

  test('win some', () => {
    assert.equal(
      told({ quorum: { before: of(2), during: of(2), after: of(3) } })[0],
      'managers 2 → 3, majority 2 → 2, can lose 0 → 1',
    )
  })

  test('are fewer meanwhile only', () => {
    assert.equal(
      told({ quorum: { before: of(5), during: of(5, 4), after: of(5) } })[0],
      'managers 5 → 5, majority 3 → 3, can lose 2 → 2, 1 meanwhile',
    )
  })

  test('are fewer while those are off that are drained: that is told of the drain itself', () => {
    const operations = [onNode('drain', 'm1')] as const
    assert.deepEqual(told({ operations, quorum: { before: of(3), during: of(3, 2), after: of(3) } }), [
      'no task stops, starts or moves',
    ])
  })

  test('are too few', () => {
    assert.match(
      told({ quorum: { before: of(3), during: of(3, 1), after: of(3, 1) } })[0] ?? '',
      /^!! this loses the quorum/,
    )
  })

  test('change their leader', () => {
    const leader = { from: node('m1'), to: [node('m2'), node('m3')] as const }
    assert.equal(told({ leader })[0], '! m1 leads: m2 or m3 takes over, and for some seconds the swarm may not answer')
    assert.equal(told({ leader: { ...leader, to: null } })[0], '!! m1 leads, and nobody can take over')
  })
})

describe('how far it was looked ahead', () => {
  test('to the end, which is said, as far as there is anything to wait for', () => {
    const lines = explainPlan(planOf({ moves: [move('api.1', 'w1', 'w2')] })).map(({ text }) => text)
    assert.equal(lines.at(-1), 'all of it takes 12 s')
  })

  test('not to the end', () => {
    const end = { kind: 'limit', afterMs: 30 * 60_000 } as const
    assert.equal(told({ end }).at(-1), '! not at its end after 30 min, which is as far as was looked ahead')
  })

  test('estimated', () => {
    assert.equal(
      told({ estimated: 'more than 20000 tasks' }).at(-1),
      '! estimated, not computed: more than 20000 tasks',
    )
  })

  test('to what the engine will refuse, and what is not done then', () => {
    const operations = [onNode('demote', 'm1'), onNode('demote', 'm2'), onNode('demote', 'm3')] as const
    assert.deepEqual(told({ operations, refused: [{ operation: operations[1], text: 'no' }] }), [
      '!! this will be refused for m2: no; 1 operation after it is not done',
    ])
  })
})
