import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import { findForced, remainingSteps } from '../../source/swarm/forced-cluster.ts'
import { apiManager, apiNode, nodeIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

/** A manager by its role that is not in the raft. */
const outside = (name: string, state: 'ready' | 'down' | 'unknown' = 'down'): ApiNode =>
  apiManager(name, { reachability: null, state })

const m1 = apiManager('m1', { isLeader: true })
const three = [m1, apiManager('m2'), apiManager('m3'), apiNode({ name: 'w1' })]
const forced = [apiManager('m1', { isLeader: true }), outside('m2'), outside('m3'), apiNode({ name: 'w1' })]

const between = (before: readonly ApiNode[], after: readonly ApiNode[]) =>
  findForced(clusterOf({ nodes: before }), clusterOf({ nodes: after }))

describe('a new cluster that was forced', () => {
  test('is known by a manager who is alone all at once, the others being managers by their role alone', () => {
    assert.deepEqual(between(three, forced), {
      survivor: { nodeId: nodeIdOf('m1'), name: 'm1' },
      lost: ['m2', 'm3'].map(name => ({ nodeId: nodeIdOf(name), name })),
    })
  })

  const CASES: readonly [what: string, before: readonly ApiNode[], after: readonly ApiNode[]][] = [
    ['a swarm as it was', three, three],
    ['a single manager as ever', [m1], [m1]],
    ['a second who was demoted', [m1, apiManager('m2')], [m1, apiNode({ name: 'm2' })]],
    ['a second who was removed', [m1, apiManager('m2')], [m1]],
    ['a promotion that has not come about yet', [m1], [m1, outside('w1')]],
    ['no manager at all', three, [apiNode({ name: 'w1' })]],
    ['another one who was none of them', three, [apiManager('w1', { isLeader: true }), outside('m1'), outside('m2')]],
  ]
  for (const [what, before, after] of CASES) {
    test(`is not ${what}`, () => assert.equal(between(before, after), null))
  }
})

describe('what remains then', () => {
  const lost = { survivor: { nodeId: nodeIdOf('m1'), name: 'm1' }, lost: [{ nodeId: nodeIdOf('m2'), name: 'm2' }] }
  const steps = (...nodes: readonly ApiNode[]) =>
    remainingSteps(lost, clusterOf({ nodes })).map(({ isDone, text }) => `${isDone ? 'x' : ' '} ${text}`)
  const stepOf = (node: ApiNode | null) => steps(m1, ...(node === null ? [] : [node]))[1]

  test('each old manager is ticked when it is one again, or a worker, or gone', () => {
    assert.equal(
      stepOf(outside('m2')),
      '  m2 is Down: start it again, it is a manager then by itself; or remove it, docker node rm',
    )
    assert.equal(stepOf(outside('m2', 'unknown')), '  m2 has not been heard of yet')
    assert.equal(stepOf(outside('m2', 'ready')), '  m2 is back and joins the managers by itself: wait a minute')
    assert.equal(
      stepOf(apiNode({ name: 'm2', state: 'down' })),
      '  m2 is Down: start it again; or remove it, docker node rm',
    )
    assert.equal(stepOf(apiManager('m2')), 'x m2 is a manager again')
    assert.equal(stepOf(apiNode({ name: 'm2' })), 'x m2 is a worker now')
    assert.equal(stepOf(null), 'x m2 is removed')
  })

  test('the managers are to be odd in number, and able to lose one', () => {
    const managers = (...names: readonly string[]) => names.map(name => apiManager(name, { isLeader: name === 'm1' }))
    const workers = ['w1', 'w2', 'w3'].map(name => apiNode({ name }))
    assert.equal(steps(m1, ...workers).at(-1), '  1 manager, which must not be lost: promote others until there are 3')
    assert.equal(
      steps(...managers('m1', 'm2'), ...workers).at(-1),
      '  2 managers, of which 0 may be lost: promote others until there are 3',
    )
    assert.equal(
      steps(m1).at(-1),
      '  1 manager, which must not be lost: join others until there are 3, docker swarm join-token manager',
    )
    assert.equal(steps(...managers('m1', 'm2', 'm3')).at(-1), 'x 3 managers, of which 1 may be lost')
    assert.equal(
      steps(...managers('m1', 'm2', 'm3', 'm4'), ...workers).at(-1),
      '  4 managers, of which 1 may be lost: promote others until there are 5',
    )
    assert.equal(
      steps(...managers('m1', 'm2'), apiManager('m3', { reachability: 'unreachable' })).at(-1),
      '  3 managers, of which 0 may be lost: bring back m3, or put another in its place',
    )
  })

  test('a leader is ticked while there is one', () => {
    assert.equal(steps(m1)[0], 'x m1 leads')
    assert.equal(steps(apiManager('m1'))[0], '  no manager leads')
  })
})
