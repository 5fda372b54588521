import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import type { NodeSwitch } from '../../source/operations/operation.ts'
import { watchProgress } from '../../source/operations/watch-progress.ts'
import { apiManager, apiNode, SECOND } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { onNode } from '../helpers/operation-builders.ts'

const others = [apiManager('m1', { isLeader: true }), apiManager('m2')]

/** The operation was sent at version 10; `node` is what a later reading shows. */
const watch = (kind: NodeSwitch['kind'], node: ApiNode, elapsedMs = SECOND) =>
  watchProgress({
    operation: onNode(kind, 'n3'),
    before: clusterOf({ nodes: others }),
    after: clusterOf({ nodes: [...others, node] }),
    version: 10,
    forceUpdate: null,
    elapsedMs,
  })

const worker = (words: Partial<Parameters<typeof apiNode>[0]> = {}) => apiNode({ version: 11, ...words, name: 'n3' })
const manager = (words: Partial<Parameters<typeof apiNode>[0]> = {}) => worker({ ...words, role: 'manager' })

describe('one switch is done as soon as a reading shows it', () => {
  const cases: readonly (readonly [NodeSwitch['kind'], ApiNode, kind: string, text: string])[] = [
    ['activate', worker(), 'converged', 'new tasks may be placed on n3'],
    ['pause', worker({ availability: 'pause' }), 'converged', 'no new tasks are placed on n3'],
    ['pause', worker({ version: 10 }), 'running', 'accepted, not seen in a reading yet'],
    ['pause', worker({ availability: 'drain' }), 'failed', 'n3 was set to drain by someone else'],
    ['activate', worker({ availability: 'pause' }), 'failed', 'n3 was set to pause by someone else'],
  ]
  for (const [operation, node, kind, text] of cases) {
    test(`${operation}: ${text}`, () => {
      const progress = watch(operation, node)
      assert.equal(progress.kind, kind)
      assert.equal(progress.text, text)
    })
  }
})

describe('a promotion is done when the raft has a member that answers', () => {
  const hint = ': can the managers reach its port 2377, and it theirs?'
  const cases: readonly (readonly [ApiNode, elapsedMs: number, kind: string, text: string])[] = [
    [manager({ reachability: null }), SECOND, 'running', 'n3 has not joined the managers yet'],
    [manager({ reachability: null }), 60 * SECOND, 'running', `n3 has not joined the managers yet${hint}`],
    [manager({ reachability: 'unreachable' }), SECOND, 'running', 'n3 has joined, but the leader cannot reach it'],
    [
      manager({ reachability: null, state: 'down' }),
      60 * SECOND,
      'running',
      'n3 is Down and joins the managers when it is back',
    ],
    [manager(), SECOND, 'converged', '3 of 3 managers reachable, majority 2, can lose 1'],
    [worker(), SECOND, 'failed', 'n3 was made a worker by someone else'],
  ]
  for (const [node, elapsedMs, kind, text] of cases) {
    test(`${text} (${elapsedMs / SECOND} s)`, () => {
      const progress = watch('promote', node, elapsedMs)
      assert.equal(progress.kind, kind)
      assert.equal(progress.text, text)
    })
  }
})

describe('a demotion is done when the raft has let the member go', () => {
  test('it is still counted', () => {
    const leaving: ApiNode = { ...manager(), Spec: { Role: 'worker', Availability: 'active' } }
    assert.equal(watch('demote', leaving).text, 'n3 is still counted among the managers')
  })
  test('it has gone', () => {
    const text = '2 of 2 managers reachable, majority 2, can lose 0'
    assert.deepEqual(watch('demote', worker()), { kind: 'converged', text })
  })
  test('someone else wants it back', () => {
    const text = 'n3 was made a manager by someone else'
    assert.deepEqual(watch('demote', manager({ version: 14 })), { kind: 'failed', text })
  })
})
