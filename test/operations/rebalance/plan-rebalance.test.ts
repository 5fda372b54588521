import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../../source/api/info.ts'
import type { ApiService } from '../../../source/api/service.ts'
import type { ApiMount, ApiTaskSpec } from '../../../source/api/task.ts'
import {
  planRebalance,
  type RebalanceChoice,
  type RebalanceRow,
  sharesOf,
} from '../../../source/operations/rebalance/plan-rebalance.ts'
import { sayRebalance, sequenceOfRebalance } from '../../../source/operations/rebalance/sequence-of-rebalance.ts'
import { apiManager, apiNode, apiService, apiTask, apiTasks, serviceIdOf } from '../../helpers/api-builders.ts'
import { clusterOf } from '../../helpers/cluster-builders.ts'

type Words = Parameters<typeof apiService>[0]

/** A manager that takes no tasks, and workers w1, w2, w3 that do. */
const NODES = [
  apiManager('m1', { isLeader: true, availability: 'drain' }),
  ...['w1', 'w2', 'w3'].map(name => apiNode({ name })),
]

/** Services with where their tasks run: `api` with two on w1 is `[{name: 'api'}, ['w1', 'w1']]`. */
const swarm = (
  placed: readonly (readonly [Omit<Words, 'replicas'> | ApiService, readonly string[]])[],
  more: Partial<ApiReading> = {},
) => {
  const services = placed.map(([words, nodes]) =>
    'Spec' in words ? words : apiService({ replicas: nodes.length, ...(words as Words) }),
  )
  const tasks = placed.flatMap(([, nodes], index) => apiTasks(services[index]?.Spec?.Name ?? '', nodes))
  return clusterOf({ nodes: NODES, services, tasks, ...more })
}

const plan = (...args: Parameters<typeof swarm>) => planRebalance(swarm(...args))

/** `api 5 5 0 → 4 3 3`, in the order of the nodes; `(api)` where it is not chosen. */
function told(row: RebalanceRow): string {
  const { entry, isChosen } = row
  const name = entry.service.name
  const counts = (of: 'now' | 'after') =>
    sharesOf(row)
      .map(share => share[of])
      .join(' ')
  return `${isChosen ? name : `(${name})`} ${counts('now')} → ${counts('after')}`
}

const times = (name: string, count: number): readonly string[] => Array.from({ length: count }, () => name)
const reasonOf = (row: RebalanceRow | undefined) =>
  row === undefined || row.standing.kind === 'open' ? '' : `${row.standing.kind}: ${row.standing.reason}`

describe('after the return of a node', () => {
  test('a service that lies unevenly is renewed, and says how many restarts that takes', () => {
    const rebalance = plan([[{ name: 'api' }, [...times('w1', 5), ...times('w2', 5)]]])
    const [row] = rebalance.rows
    assert.deepEqual(row?.difference, { now: 5, after: 1 })
    assert.equal(row?.suggestedFor, 'service')
    assert.equal(rebalance.restarts, 10)
    assert.equal(sayRebalance(rebalance), 'force update api: 10 restarts; w1 carries 5 tasks, w3 0')
    assert.deepEqual(sequenceOfRebalance(rebalance), {
      kind: 'sequence',
      name: 'rebalance api',
      operations: [{ kind: 'force-update', serviceId: serviceIdOf('api'), name: 'api' }],
      undo: [],
    })
  })

  test('the worst comes first, and what is even by itself is left alone where nodes are even then', () => {
    const rebalance = plan([
      [{ name: 'even' }, ['w1', 'w2']],
      [{ name: 'bad' }, times('w1', 3)],
      [{ name: 'worse' }, times('w2', 6)],
    ])
    assert.deepEqual(rebalance.rows.map(told), ['worse 0 6 0 → 2 2 2', 'bad 3 0 0 → 1 1 1', '(even) 1 1 0 → 1 1 0'])
  })

  test('where each service is even by itself, the fewest restarts fill the node that carries nothing', () => {
    const rebalance = plan([
      [{ name: 'a' }, ['w1', 'w2']],
      [{ name: 'b' }, ['w1', 'w2']],
      [{ name: 'c' }, ['w1', 'w2']],
    ])
    const chosen = rebalance.rows.filter(({ isChosen }) => isChosen)
    assert.deepEqual(
      chosen.map(({ suggestedFor }) => suggestedFor),
      ['nodes', 'nodes'],
    )
    assert.deepEqual(rebalance.nodes.map(({ after }) => after).toSorted(), [2, 2, 2])
  })

  test('a node that carries half of what others do is not worth a restart', () => {
    const rebalance = plan([
      [{ name: 'a' }, ['w1', 'w2', 'w3']],
      [{ name: 'b' }, ['w1', 'w2']],
    ])
    assert.equal(sequenceOfRebalance(rebalance), null)
    assert.equal(sayRebalance(rebalance), 'no force update is needed: w1 carries 2 tasks, w3 1')
  })

  test('an empty swarm, and one whose nodes take no tasks, are told as such', () => {
    assert.equal(
      sayRebalance(planRebalance(clusterOf({ nodes: NODES }))),
      'no force update is needed: each node carries 0 tasks',
    )
    assert.equal(
      sayRebalance(planRebalance(clusterOf({ nodes: NODES.slice(0, 1) }))),
      'no force update is needed: no node takes tasks',
    )
  })
})

describe('where tasks can be', () => {
  test('a service is spread over the zones first: two nodes in one zone share what one in another has', () => {
    const nodes = [
      apiNode({ name: 'w1', labels: { zone: 'a' } }),
      ...['w2', 'w3'].map(name => apiNode({ name, labels: { zone: 'b' } })),
    ]
    const spread = preferring(apiService({ name: 'api', replicas: 4 }), 'node.labels.zone')
    assert.deepEqual(plan([[spread, ['w1', 'w1', 'w2', 'w3']]], { nodes }).rows.map(told), ['(api) 2 1 1 → 2 1 1'])
    assert.deepEqual(plan([[spread, ['w1', 'w2', 'w2', 'w3']]], { nodes }).rows.map(told), ['api 1 2 1 → 2 1 1'])
    assert.deepEqual(plan([[spread, ['w1', 'w1', 'w2', 'w2']]], { nodes }).rows.map(told), ['api 2 2 0 → 2 1 1'])
  })

  test('nodes that are full of reservations count as none, what the service itself reserves apart', () => {
    const half = { NanoCPUs: 1e9 }
    const nodes = ['w1', 'w2', 'w3'].map(name => apiNode({ name, resources: { NanoCPUs: 2e9, MemoryBytes: 2 ** 30 } }))
    const api = apiService({ name: 'api', replicas: 2, reservations: half })
    const other = apiService({ name: 'other', replicas: 1, reservations: { NanoCPUs: 2e9 } })
    const reserving = (service: string, slot: number, node: string, reservations: object) =>
      apiTask({ service, slot, node, reservations })
    const tasks = [
      reserving('api', 1, 'w1', half),
      reserving('api', 2, 'w1', half),
      reserving('other', 1, 'w3', { NanoCPUs: 2e9 }),
    ]
    const rebalance = planRebalance(clusterOf({ nodes, services: [api, other], tasks }))
    assert.deepEqual(told(rebalance.rows[0] as RebalanceRow), 'api 2 0 → 1 1')
  })

  test('at most so many on a node, and a port of the node for one of them', () => {
    const port = { PublishedPort: 80, TargetPort: 80, Protocol: 'tcp', PublishMode: 'host' }
    assert.deepEqual(plan([[{ name: 'api', maxReplicasPerNode: 2 }, ['w1', 'w1', 'w2', 'w2']]]).rows.map(told), [
      'api 2 2 0 → 1 2 1',
    ])
    assert.deepEqual(plan([[{ name: 'web', ports: [port] }, ['w1', 'w2']]]).rows.map(told), ['(web) 1 1 0 → 1 1 0'])
  })

  test('with start-first the old ones count while the new ones are placed: what may come out as it was is not suggested', () => {
    const order = { updateOrder: 'start-first' } as const
    assert.deepEqual(plan([[{ name: 'api', ...order }, ['w1', 'w1', 'w2']]]).rows[0]?.isChosen, false)
    assert.deepEqual(plan([[{ name: 'api', ...order }, times('w1', 6)]]).rows[0]?.isChosen, true)
  })

  test('start-first with no more room than the old tasks take would get stuck', () => {
    const nodes = ['w1', 'w2'].map(name => apiNode({ name, labels: { [name]: '' } }))
    const words = { name: 'api', updateOrder: 'start-first', maxReplicasPerNode: 2 } as const
    const [row] = plan([[words, ['w1', 'w1', 'w2', 'w2']]], { nodes }).rows
    assert.deepEqual([row?.isChosen, row?.isRenewed], [false, false])
  })
})

describe('what is left out', () => {
  const mounting = (...mounts: readonly ApiMount[]) =>
    withContainer(apiService({ name: 'db', replicas: 3 }), { Image: 'db:1', Mounts: mounts })
  const onOne = times('w1', 3)
  const reasonFor = (words: Parameters<typeof swarm>[0][number][0], places = onOne, more = {}) =>
    reasonOf(plan([[words, places]], more).rows[0])

  const CASES: readonly [what: string, reason: string, expected: string][] = [
    [
      'a global service',
      reasonFor({ name: 'agent', mode: { Global: {} } }, []),
      'never: global: one on each of its nodes',
    ],
    [
      'a job',
      reasonFor({ name: 'job', mode: { ReplicatedJob: {} } }, []),
      'never: a job: an update would run it again',
    ],
    ['nothing', reasonFor({ name: 'api' }, []), 'never: scaled to 0'],
    ['one that is short', reasonFor(apiService({ name: 'api', replicas: 4 })), 'never: only 3 of 4 run'],
    ['an update', reasonFor({ name: 'api', update: { State: 'updating' } }), 'never: an update is under way'],
    ['a paused one', reasonFor({ name: 'api', update: { State: 'paused' } }), 'never: its update is paused'],
    ['one node', reasonFor({ name: 'api', constraints: ['node.hostname==w1'] }), 'never: only w1 can take its tasks'],
    [
      'no node',
      reasonFor({ name: 'api', constraints: ['node.hostname==w9'] }),
      'never: no node that takes tasks has room for it',
    ],
    ['a singleton', reasonFor({ name: 'api' }, ['w1']), 'unless-chosen: one task only: down while it moves'],
    [
      'one that starts first',
      reasonFor({ name: 'api', updateOrder: 'start-first' }, ['w1']),
      'unless-chosen: one task only',
    ],
    [
      'a volume',
      reasonFor(mounting({ Type: 'volume', Source: 'data', Target: '/data' })),
      'unless-chosen: data stays behind: data',
    ],
    [
      'a directory',
      reasonFor(mounting({ Type: 'bind', Source: '/srv/db', Target: '/data' })),
      'unless-chosen: data stays behind: /srv/db',
    ],
    ['one that is read', reasonFor(mounting({ Type: 'bind', Source: '/srv/db', ReadOnly: true })), ''],
    ['the engine’s socket', reasonFor(mounting({ Type: 'bind', Source: '/var/run/docker.sock' })), ''],
    ['a nameless volume', reasonFor(mounting({ Type: 'volume', Target: '/tmp' })), ''],
    [
      'a volume of the network',
      reasonFor(mounting({ Type: 'volume', Source: 'd', VolumeOptions: { DriverConfig: { Name: 'rexray' } } })),
      '',
    ],
    [
      'a share',
      reasonFor(
        mounting({
          Type: 'volume',
          Source: 'd',
          VolumeOptions: { DriverConfig: { Name: 'local', Options: { type: 'nfs4' } } },
        }),
      ),
      '',
    ],
  ]
  for (const [what, reason, expected] of CASES) {
    test(`${what}: ${expected === '' ? 'is not' : expected}`, () => assert.equal(reason, expected))
  }

  test('nothing of it is suggested, however uneven', () => {
    const rebalance = plan([
      [mounting({ Type: 'volume', Source: 'data' }), onOne],
      [{ name: 'one' }, ['w1']],
      [{ name: 'pinned', constraints: ['node.hostname==w1'] }, onOne],
    ])
    assert.equal(sequenceOfRebalance(rebalance), null)
  })
})

describe('what a person chooses', () => {
  const cluster = swarm([
    [{ name: 'api' }, [...times('w1', 3), ...times('w2', 3)]],
    [{ name: 'one' }, ['w1']],
    [{ name: 'pinned', constraints: ['node.hostname==w1'] }, ['w1']],
  ])
  const chosenWith = (choice: Partial<RebalanceChoice>) => {
    const rebalance = planRebalance(cluster, { added: [], refused: [], ...choice })
    return rebalance.rows.map(told)
  }
  const ids = (...names: readonly string[]) => names.map(serviceIdOf)

  test('is added to what is suggested and done after it, or taken out of it', () => {
    assert.deepEqual(chosenWith({}), ['api 3 3 0 → 2 2 2', '(one) 1 0 0 → 1 0 0', '(pinned) 1 → 1'])
    assert.deepEqual(chosenWith({ added: ids('one') }), ['api 3 3 0 → 2 2 2', 'one 1 0 0 → 0 1 0', '(pinned) 1 → 1'])
    assert.deepEqual(chosenWith({ refused: ids('api') }), [
      '(api) 3 3 0 → 2 2 2',
      '(one) 1 0 0 → 1 0 0',
      '(pinned) 1 → 1',
    ])
  })

  test('cannot be what only one node takes, or what is not there', () => {
    assert.deepEqual(chosenWith({ added: ids('pinned', 'gone') }), chosenWith({}))
  })

  test('says so where nothing is left', () => {
    const rebalance = planRebalance(cluster, { added: [], refused: ids('api') })
    assert.equal(sayRebalance(rebalance), 'nothing is chosen: w1 carries 5 tasks, w3 0')
  })
})

function preferring(service: ApiService, ...spreads: readonly string[]): ApiService {
  return withTemplate(service, {
    Placement: { Preferences: spreads.map(descriptor => ({ Spread: { SpreadDescriptor: descriptor } })) },
  } as Partial<ApiTaskSpec>)
}

function withContainer(service: ApiService, container: ApiTaskSpec['ContainerSpec']): ApiService {
  return withTemplate(service, { ContainerSpec: container } as Partial<ApiTaskSpec>)
}

function withTemplate(service: ApiService, change: Partial<ApiTaskSpec>): ApiService {
  return { ...service, Spec: { ...service.Spec, TaskTemplate: { ...service.Spec?.TaskTemplate, ...change } } }
}
