import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApiInfo, ApiVersion } from '../../../source/api/info.ts'
import { planRebalance, type RebalanceRow } from '../../../source/operations/rebalance/plan-rebalance.ts'
import { stateRank } from '../../../source/rules/task-state.ts'
import type { Cluster } from '../../../source/swarm/cluster.ts'
import { clusterOf } from '../../helpers/cluster-builders.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

/** How many worlds; `RUNS=500` looks deeper. */
const RUNS = Number(process.env.RUNS ?? 25)

type Wish = {
  readonly replicas: number | 'global'
  readonly order: 'stop-first' | 'start-first'
  readonly parallelism: number
  readonly memoryBytes: number
  readonly maxReplicasPerNode: number
  readonly isPinned: boolean
}

const wish: fc.Arbitrary<Wish> = fc.record({
  replicas: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant('global' as const)),
  order: fc.constantFrom('stop-first', 'start-first'),
  parallelism: fc.constantFrom(1, 1, 2, 0),
  memoryBytes: fc.constantFrom(0, 0.5e9),
  maxReplicasPerNode: fc.constantFrom(0, 0, 4),
  isPinned: fc.boolean(),
})

const NODES = ['node1', 'node2', 'node3', 'node4', 'node5'] as const
const seed = fc.integer({ min: 0, max: 1_000_000 })
const away = fc.uniqueArray(fc.constantFrom(...NODES), { minLength: 1, maxLength: 3 })

test('what is planned leaves no service less even than it was, and touches nothing that is left out', () => {
  fc.assert(
    fc.property(seed, away, fc.array(wish, { minLength: 1, maxLength: 5 }), (seed, away, wishes) => {
      const swarm = afterReturn(seed, away, wishes)
      const before = readCluster(swarm)
      const { rows } = planRebalance(before)
      for (const { entry } of rows.filter(({ isChosen }) => isChosen)) renew(swarm, entry.service.name)
      const after = readCluster(swarm)
      for (const row of rows) {
        if (row.isChosen)
          assert.ok(differenceIn(after, row) <= row.difference.now, `${row.entry.service.name} is worse`)
        else assert.deepEqual(tasksOf(after, row), tasksOf(before, row), `${row.entry.service.name} was renewed`)
      }
      const renewed = planRebalance(after).rows.filter(({ suggestedFor }) => suggestedFor === 'service')
      const again = renewed.filter(({ entry }) =>
        rows.some(row => row.isChosen && row.entry.service.id === entry.service.id),
      )
      assert.deepEqual(
        again.map(({ entry }) => entry.service.name),
        [],
        'one update was not enough',
      )
    }),
    { numRuns: RUNS },
  )
})

/** Services that were placed while some nodes were away, and those nodes back. */
function afterReturn(seed: number, away: readonly string[], wishes: readonly Wish[]): SimulatedSwarm {
  const swarm = simulatedSwarm({ seed, memoryBytes: 8e9, images: { redis: {} } })
  for (const node of away) swarm.changeNode(node, { Availability: 'drain' })
  swarm.pass(1_000)
  for (const [index, wish] of wishes.entries()) {
    const { replicas, order, parallelism, memoryBytes, maxReplicasPerNode, isPinned } = wish
    const spec = serviceSpec(`s${index}`, {
      replicas,
      maxReplicasPerNode,
      update: { Order: order, Parallelism: parallelism, Monitor: 1e9 },
      ...(memoryBytes > 0 && { memoryBytes }),
    })
    const { TaskTemplate: template } = spec
    const mount = { Type: 'volume', Source: 'data', Target: '/data' }
    const container = { ...template?.ContainerSpec, ...(isPinned && { Mounts: [mount] }) }
    swarm.create({ ...spec, TaskTemplate: { ...template, ContainerSpec: container } })
  }
  swarm.pass(60_000)
  for (const node of away) swarm.changeNode(node, { Availability: 'active' })
  swarm.pass(30_000)
  return swarm
}

function renew(swarm: SimulatedSwarm, name: string): void {
  const answer = swarm.changeService(name, spec => ({
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate?.ForceUpdate ?? 0) + 1 },
  }))
  assert.equal(answer.status, 200, answer.body)
  swarm.pass(300_000)
  const state = swarm.services().find(({ Spec: spec }) => spec?.Name === name)?.UpdateStatus?.State
  assert.equal(state, 'completed')
}

function readCluster(swarm: SimulatedSwarm): Cluster {
  const read = (path: string) => swarm.call('GET', path).value
  return clusterOf({
    info: read('/info') as ApiInfo,
    version: read('/version') as ApiVersion,
    nodes: swarm.nodes(),
    services: swarm.services(),
    tasks: swarm.tasks(),
  })
}

function differenceIn(cluster: Cluster, { entry }: RebalanceRow): number {
  return (
    planRebalance(cluster).rows.find(row => row.entry.service.id === entry.service.id)?.difference.now ?? Number.NaN
  )
}

const tasksOf = (cluster: Cluster, { entry }: RebalanceRow): readonly string[] =>
  cluster.snapshot.tasks
    .filter(task => task.serviceId === entry.service.id && stateRank(task.desired) <= stateRank('running'))
    .map(({ id }) => id)
    .toSorted()
