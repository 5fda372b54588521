import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiNode } from '../../source/api/node.ts'
import { joinCluster } from '../../source/swarm/join-cluster.ts'
import type { QuorumAdvice } from '../../source/swarm/quorum.ts'
import { readSnapshot } from '../../source/swarm/read-snapshot.ts'
import { apiManager, apiNode, apiReading } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'

const assess = (nodes: readonly ApiNode[]) => clusterOf({ nodes }).quorum

const adviceFor = (nodes: readonly ApiNode[]) => assess(nodes).advice.map(({ kind }) => kind)

/** So many managers, the first of them leading, the last so many of them dead. */
const managers = (count: number, dead = 0): readonly ApiNode[] =>
  Array.from({ length: count }, (_, index) =>
    apiManager(`m${index + 1}`, {
      isLeader: index === 0,
      ...(index >= count - dead ? ({ state: 'down', reachability: 'unreachable' } as const) : {}),
    }),
  )

type Row = readonly [
  members: number,
  dead: number,
  majority: number,
  canLose: number,
  advice: readonly QuorumAdvice['kind'][],
]

const TABLE: readonly Row[] = [
  [1, 0, 1, 0, ['single-manager']],
  [2, 0, 2, 0, ['no-tolerance', 'even-count']],
  [2, 1, 2, -1, ['even-count', 'down-but-counted']],
  [3, 0, 2, 1, []],
  [3, 1, 2, 0, ['no-tolerance', 'down-but-counted']],
  [3, 2, 2, -1, ['down-but-counted']],
  [4, 0, 3, 1, ['even-count']],
  [4, 1, 3, 0, ['no-tolerance', 'even-count', 'down-but-counted']],
  [5, 0, 3, 2, []],
  [5, 1, 3, 1, ['down-but-counted']],
  [5, 2, 3, 0, ['no-tolerance', 'down-but-counted']],
  [6, 0, 4, 2, ['even-count']],
  [7, 0, 4, 3, []],
  [8, 0, 5, 3, ['even-count']],
  [9, 0, 5, 4, []],
  [9, 5, 5, -1, ['down-but-counted']],
]

for (const [members, dead, majority, canLose, advice] of TABLE) {
  test(`${members} managers, ${dead} of them dead: majority ${majority}, can lose ${canLose}`, () => {
    const quorum = assess(managers(members, dead))
    assert.equal(quorum.members.length, members)
    assert.equal(quorum.reachable, members - dead)
    assert.equal(quorum.majority, majority)
    assert.equal(quorum.canLose, canLose)
    assert.equal(quorum.hasQuorum, canLose >= 0)
    assert.equal(quorum.leader?.name, 'm1')
    assert.deepEqual(
      quorum.advice.map(({ kind }) => kind),
      advice,
    )
  })
}

test('members of the raft count, not roles: who is being promoted is outside, who is being demoted still inside', () => {
  const promoted = apiManager('m4', { reachability: null })
  const demoted = { ...apiManager('m5'), Spec: { Role: 'worker' } }
  const quorum = assess([...managers(3), promoted, demoted, apiNode({ name: 'w1' })])
  assert.deepEqual(
    quorum.members.map(({ name }) => name),
    ['m1', 'm2', 'm3', 'm5'],
  )
  assert.deepEqual(quorum.outsiders, [{ nodeId: 'node-m4', name: 'm4' }])
})

test('a manager that was just killed is Ready and unreachable for a while: lost, and not down yet', () => {
  const quorum = assess([...managers(2), apiManager('m3', { reachability: 'unreachable' })])
  assert.equal(quorum.canLose, 0)
  assert.deepEqual(quorum.members[2]?.isDown, false)
  assert.deepEqual(
    quorum.advice.map(({ kind }) => kind),
    ['no-tolerance'],
  )
})

const inZones = (...zones: readonly string[]) =>
  zones.map((zone, index) => apiManager(`m${index + 1}`, { isLeader: index === 0, labels: { zone } }))

const ZONES: readonly (readonly [zones: readonly string[], loses: string | null])[] = [
  [['a', 'b', 'c'], null],
  [['a', 'a', 'b'], 'a'],
  [['a', 'a', 'a'], 'a'],
  [['a', 'a', 'b', 'b', 'c'], null],
  [['a', 'b', 'b', 'b', 'c'], 'b'],
  [['a', 'a', 'a', 'b', 'b', 'c', 'c'], null],
]

for (const [zones, loses] of ZONES) {
  test(`managers in zones ${zones.join(' ')}: losing ${loses ?? 'any one'} ${loses ? 'loses' : 'keeps'} the quorum`, () => {
    const advice = assess(inZones(...zones)).advice.find(({ kind }) => kind === 'zone')
    assert.equal(advice?.kind === 'zone' ? advice.zone : null, loses)
  })
}

test('zone advice names who stands where, and stays while a manager is unreachable', () => {
  const [m1, m2] = inZones('a', 'a')
  const m3 = apiManager('m3', { reachability: 'unreachable', labels: { zone: 'b' } })
  assert.ok(m1 && m2)
  assert.deepEqual(assess([m1, m2, m3]).advice.at(-1), {
    kind: 'zone',
    zone: 'a',
    zones: [
      { zone: 'a', names: ['m1', 'm2'] },
      { zone: 'b', names: ['m3'] },
    ],
  })
})

test('no zone advice where a zone is not known, or where there is no tolerance to lose', () => {
  assert.deepEqual(adviceFor([...inZones('a', 'a'), apiManager('m3')]), [])
  assert.deepEqual(adviceFor(inZones('a')), ['single-manager'])
  assert.deepEqual(adviceFor(inZones('a', 'a')), ['no-tolerance', 'even-count'])
})

test('a zone is a label of the node, or of its engine', () => {
  const zoneOf = (words: Parameters<typeof apiManager>[1]) => assess([apiManager('m1', words)]).members[0]?.zone
  assert.equal(zoneOf({ labels: { datacenter: 'fra', zone: 'fra-1' } }), 'fra-1')
  assert.equal(zoneOf({ labels: { 'topology.kubernetes.io/zone': 'b' }, engineLabels: { zone: 'a' } }), 'b')
  assert.equal(zoneOf({ engineLabels: { dc: 'fra' } }), 'fra')
  assert.equal(zoneOf({ labels: { rack: '7' } }), '')
})

test('where one label is said to be the zone, no other is', () => {
  const labels = { zone: 'a', 'example.com/hall': '7' }
  const zoneOf = (zoneLabel: string) => {
    const snapshot = readSnapshot(apiReading({ nodes: [apiManager('m1', { labels })] }))
    return joinCluster(snapshot, { zoneLabel }).quorum.members[0]?.zone
  }
  assert.equal(zoneOf('example.com/hall'), '7')
  assert.equal(zoneOf('rack'), '')
  assert.equal(zoneOf(''), 'a')
})
