import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../../source/api/info.ts'
import { newTrustRoot } from '../../../source/simulator/world/trust-root.ts'
import { diagnose, type Known } from '../../../source/swarm/doctor/diagnose.ts'
import { explainFinding, explainSubject } from '../../../source/swarm/doctor/explain-finding.ts'
import {
  apiInfo,
  apiManager,
  apiNode,
  apiService,
  apiTask,
  apiTasks,
  HOUR,
  MINUTE,
  NOW,
  nodeIdOf,
  SECOND,
  timeAgo,
} from '../../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../../helpers/cluster-builders.ts'
import { largeReading, strangeReading, troubledReading } from '../../helpers/readings.ts'

type Words = Partial<ApiReading>

/** `single-replica: web; api`: the kinds that are found, each with what it is about. */
function found(words: Words, known?: Known): readonly string[] {
  return diagnose(clusterOf(words), known).map(
    ({ kind, severity, subjects }) =>
      `${severity === 'advice' ? '' : `${severity} `}${kind}: ${subjects.map(({ name }) => name).join(' ')}`,
  )
}

const textsOf = (words: Words): readonly string[] =>
  diagnose(clusterOf(words)).map(finding => explainFinding(finding, NOW).text)

const bounds = { NanoCPUs: 1e8, MemoryBytes: 2 ** 20 }
const bounded = (words: Parameters<typeof apiService>[0]) => apiService({ ...words, reservations: bounds })

/** As `wellReading`, and what runs on managers has reservations. */
const fine: Words = { ...wellReading, services: [bounded({ name: 'api', replicas: 3, status: [3, 3] })] }
const managers = (...names: readonly string[]) =>
  names.map((name, index) => apiManager(name, { isLeader: index === 0 }))
const workers = (...names: readonly string[]) => names.map(name => apiNode({ name }))
const three = managers('m1', 'm2', 'm3')

test('of a swarm that is well nothing is said', () => assert.deepEqual(found(fine), []))

test('of nothing at all nothing is said', () => assert.deepEqual(found({ nodes: [] }), []))

describe('managers', () => {
  const cases: readonly (readonly [string, ApiReading['nodes'], readonly string[]])[] = [
    ['three are as many as they should be', three, []],
    ['five, too', managers('m1', 'm2', 'm3', 'm4', 'm5'), []],
    ['one alone', managers('m1'), ['single-manager: managers']],
    ['two can lose none', managers('m1', 'm2'), ['no-tolerance: managers', 'even-managers: managers']],
    ['four lose no more than three', managers('m1', 'm2', 'm3', 'm4'), ['even-managers: managers']],
    [
      'of three one is down',
      [...managers('m1', 'm2'), apiManager('m3', { state: 'down', reachability: 'unreachable' })],
      ['degraded manager-down: m3', 'no-tolerance: managers'],
    ],
    [
      'of three one is unreachable, and its node is Ready',
      [...managers('m1', 'm2'), apiManager('m3', { reachability: 'unreachable' })],
      ['degraded manager-unreachable: m3', 'no-tolerance: managers'],
    ],
    [
      'of three two are gone',
      [
        ...managers('m1'),
        apiManager('m2', { state: 'down', reachability: 'unreachable' }),
        apiManager('m3', { reachability: 'unreachable' }),
      ],
      ['critical quorum-lost: m2 m3', 'degraded manager-unreachable: m3', 'degraded manager-down: m2'],
    ],
    ['one has not joined', [...three, apiManager('m4', { reachability: null })], ['no-raft-member: m4']],
  ]
  for (const [name, nodes, expected] of cases) test(name, () => assert.deepEqual(found({ nodes }), expected))

  const inZones = (...zones: readonly string[]) =>
    zones.map((zone, index) => apiManager(`m${index + 1}`, { isLeader: index === 0, labels: zone ? { zone } : {} }))

  test('zones', () => {
    assert.deepEqual(textsOf({ nodes: inZones('a', 'a', 'a') }), ['All 3 managers stand in zone a'])
    assert.deepEqual(textsOf({ nodes: inZones('a', 'a', 'b') }), ['Losing zone a loses the quorum'])
    assert.deepEqual(textsOf({ nodes: inZones('a', 'b', 'c') }), [])
    assert.deepEqual(textsOf({ nodes: inZones('a', 'a', '') }), [], 'one has no label, so nobody knows')
  })
})

describe('the root of all certificates', () => {
  const DAY = 24 * HOUR
  /** Roots are made for twenty years, and dated back by five minutes. */
  const endingIn = (ms: number) => newTrustRoot('seed', NOW - 630_720_000_000 + 5 * MINUTE + ms).certificate
  const rooted = (TrustRoot: string): Words => ({
    ...fine,
    info: apiInfo({ Swarm: { Cluster: { ID: 'c', TLSInfo: { TrustRoot } } } }),
  })
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['it lasts for years', endingIn(3000 * DAY), []],
    ['it lasts for 31 days', endingIn(31 * DAY), []],
    ['it ends in 29 days', endingIn(29 * DAY), ['degraded root-ends: swarm']],
    ['it has ended', endingIn(-DAY), ['critical root-ends: swarm']],
    ['it is changed for one that lasts', endingIn(DAY) + endingIn(3000 * DAY), []],
    ['what is told is no certificate', 'nonsense', []],
    ['nothing is told', '', []],
  ]
  for (const [name, pem, expected] of cases) test(name, () => assert.deepEqual(found(rooted(pem)), expected))

  test('it says the day', () => {
    assert.deepEqual(textsOf(rooted(endingIn(10 * DAY))), ['The root CA ends on 2026-12-01, in 10 days'])
    assert.deepEqual(textsOf(rooted(endingIn(-DAY))), ['The root CA ended on 2026-11-20'])
  })
})

describe('what does not run', () => {
  const pending = (slot: number, error: string, agoMs = MINUTE) =>
    apiTask({ service: 'web', slot, state: 'pending', error, createdAgoMs: agoMs })
  const failed = (agoMs: number, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
    apiTask({
      service: 'web',
      slot: 1,
      node: 'm1',
      state: 'failed',
      error: 'task: non-zero exit (1)',
      exitCode: 1,
      createdAgoMs: agoMs + SECOND,
      stateAgoMs: agoMs,
      ...words,
    })
  const running = apiTask({ service: 'web', slot: 1, node: 'm1', createdAgoMs: 5 * SECOND })
  const web = (tasks: Words['tasks'], words: Partial<Parameters<typeof apiService>[0]> = {}): Words => ({
    nodes: [...three, ...workers('w1', 'w2')],
    services: [bounded({ name: 'web', replicas: 2, ...words })],
    tasks: [...(tasks ?? []), apiTask({ service: 'web', slot: 2, node: 'w1' })],
  })

  const cases: readonly (readonly [string, Words, readonly string[]])[] = [
    ['a slot that no node takes', web([pending(1, 'no suitable node')]), ['degraded pending: web.1']],
    ['one that waits for a moment', web([pending(1, '', SECOND)]), []],
    ['one that nobody has looked at for long', web([pending(1, '', 2 * MINUTE)]), ['degraded pending: web.1']],
    [
      'several for one reason are told together',
      web([pending(1, 'full'), pending(3, 'full'), pending(4, 'elsewhere')], { replicas: 4 }),
      ['degraded pending: web.1 web.3', 'degraded pending: web.4'],
    ],
    [
      'three failures in a minute, and it runs again',
      web([running, failed(10 * SECOND), failed(30 * SECOND), failed(50 * SECOND)]),
      ['degraded crash-loop: web.1'],
    ],
    ['two failures are no loop', web([running, failed(10 * SECOND), failed(30 * SECOND)]), []],
    [
      'it has gone well for longer since',
      web([running, failed(6 * MINUTE), failed(7 * MINUTE), failed(8 * MINUTE)]),
      [],
    ],
    ['they lie far apart', web([running, failed(10 * SECOND), failed(5 * HOUR), failed(9 * HOUR)]), []],
    [
      'failures of the image before are history',
      web([running, ...[10, 20, 30].map(ago => failed(ago * SECOND, { image: 'web:0' }))]),
      [],
    ],
    [
      'nothing runs, so it is critical',
      { ...web([]), tasks: [pending(1, 'full'), pending(2, 'full')] },
      ['critical pending: web.1 web.2'],
    ],
    ['a slot without a task', web([]), ['degraded short: web']],
    ['a task that failed a moment ago', web([failed(SECOND, { desired: 'running' })]), []],
    [
      'a paused update',
      web([running], { update: { State: 'paused', Message: 'why' } }),
      ['degraded update-paused: web'],
    ],
    [
      'a paused rollback',
      web([running], { update: { State: 'rollback_paused', Message: '' } }),
      ['degraded update-paused: web'],
    ],
    ['an update under way', web([running], { update: { State: 'updating' } }), []],
  ]
  for (const [name, words, expected] of cases) test(name, () => assert.deepEqual(found(words), expected))
})

describe('nodes', () => {
  const swarm = (...nodes: NonNullable<Words['nodes']>): Words => ({ nodes: [...three, ...nodes] })
  const drained = (name: string) => apiNode({ name, availability: 'drain' })
  const drainedManager = (name: string) => apiManager(name, { availability: 'drain', isLeader: name === 'm1' })
  const cases: readonly (readonly [string, Words, readonly string[]])[] = [
    ['down', swarm(apiNode({ name: 'w1', state: 'down' })), ['degraded node-down: w1']],
    ['unknown', swarm(apiNode({ name: 'w1', state: 'unknown' })), ['node-unready: w1']],
    [
      'of an unreachable manager it is told once',
      swarm(apiManager('m4', { state: 'unknown', reachability: 'unreachable' }), apiManager('m5')),
      ['degraded manager-unreachable: m4'],
    ],
    ['drained', swarm(drained('w1'), drained('w2')), ['node-drained: w1 w2']],
    ['paused', swarm(apiNode({ name: 'w1', availability: 'pause' })), ['node-paused: w1']],
    [
      'down and drained: nobody waits for it to be activated',
      swarm(apiNode({ name: 'w1', state: 'down', availability: 'drain' })),
      ['degraded node-down: w1'],
    ],
    [
      'managers that are all drained are kept for themselves',
      { nodes: [...['m1', 'm2', 'm3'].map(drainedManager), ...workers('w1')] },
      [],
    ],
    [
      'one drained manager among others was forgotten',
      { nodes: [...managers('m1', 'm2'), drainedManager('m3'), ...workers('w1')] },
      ['node-drained: m3'],
    ],
    [
      'a job goes on where it is drained',
      {
        ...swarm(drained('w1'), ...workers('w2')),
        services: [
          bounded({
            name: 'job',
            mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } },
            jobIteration: 0,
          }),
        ],
        tasks: [apiTask({ service: 'job', slot: 1, node: 'w1', desired: 'complete', jobIteration: 0 })],
      },
      ['drained-with-tasks: w1'],
    ],
    [
      'a dead double',
      swarm(apiNode({ name: 'w1', id: 'old', state: 'down' }), apiNode({ name: 'w1', id: 'new' })),
      ['dead-double: w1#old'],
    ],
    [
      'two of one name that both live',
      swarm(apiNode({ name: 'w1', id: 'one' }), apiNode({ name: 'w1', id: 'two' })),
      [],
    ],
    ['engines that differ', swarm(engine('w1', '27.5.1')), ['mixed-engines: w1']],
    ['an engine that does not tell', swarm(engine('w1', '')), []],
    [
      'of two versions that as many run the newer one is usual',
      { nodes: [apiManager('m1', { isLeader: true }), engine('w1', '29.0.0')] },
      ['single-manager: managers', 'mixed-engines: m1'],
    ],
  ]
  for (const [name, words, expected] of cases) test(name, () => assert.deepEqual(found(words), expected))

  function engine(name: string, EngineVersion: string) {
    const node = apiNode({ name })
    return { ...node, Description: { ...node.Description, Engine: { EngineVersion } } }
  }

  test('since when it is drained: since it was last written, or since we saw it, whichever is longer', () => {
    const words = swarm({ ...drained('w1'), UpdatedAt: timeAgo(3 * HOUR) })
    const say = (known: Known) => diagnose(clusterOf(words), known).map(finding => explainFinding(finding, NOW).text)
    const seen = (agoMs: number): Known => ({
      availabilitySince: new Map([[nodeIdOf('w1'), NOW - agoMs]]),
      maintainedBy: new Map(),
    })
    assert.deepEqual(say(seen(MINUTE)), ['w1 is drained, ≥ 3 h'])
    assert.deepEqual(say(seen(5 * HOUR)), ['w1 is drained, ≥ 5 h'])
    const maintainedBy = new Map([[nodeIdOf('w1'), 'ops@bastion']])
    assert.deepEqual(say({ ...seen(5 * HOUR), maintainedBy }), ['w1 is drained, ≥ 5 h, in maintenance by ops@bastion'])
  })

  test('tasks on a dead node are counted still', () => {
    const words: Words = {
      nodes: [...three, apiNode({ name: 'w1', state: 'down' }), ...workers('w2', 'w3')],
      services: [bounded({ name: 'api', replicas: 2, status: [3, 2] })],
      tasks: [
        ...apiTasks('api', ['w2', 'w3']),
        apiTask({ service: 'api', slot: 1, node: 'w1', desired: 'shutdown', createdAgoMs: 2 * HOUR }),
        apiTask({ service: 'gone', slot: 1, node: 'w1', createdAgoMs: 2 * HOUR }),
      ],
    }
    assert.deepEqual(found(words), ['degraded node-down: w1', 'dead-counted: api'])
    const [, counted] = diagnose(clusterOf(words))
    assert.ok(counted)
    assert.equal(explainFinding(counted, NOW).text, '1 task on w1 still counts as running')
    assert.equal(explainSubject(counted, counted.subjects[0], NOW), '1 task of a dead node in 3/2')
  })

  test('what runs on managers and is not bounded', () => {
    const on = (services: Words['services']): Words => ({
      nodes: [...three, ...workers('w1', 'w2')],
      services: services ?? [],
      tasks: apiTasks('api', ['m1', 'w1', 'w2']),
    })
    assert.deepEqual(found(on([apiService({ name: 'api', replicas: 3 })])), ['unreserved-on-manager: m1'])
    assert.deepEqual(found(on([bounded({ name: 'api', replicas: 3 })])), [])
  })
})

describe('what a lost node takes with it', () => {
  const labelled = (name: string) => apiNode({ name, labels: { disk: 'ssd' } })
  const port = { Protocol: 'tcp', TargetPort: 80, PublishedPort: 80, PublishMode: 'host' } as const
  const five = [...three, labelled('w1'), ...workers('w2')]
  const service = (
    words: Partial<Parameters<typeof apiService>[0]>,
    places: readonly string[],
    nodes = five,
  ): Words => ({
    nodes,
    services: [bounded({ name: 'web', ...words })],
    tasks: apiTasks('web', places),
  })
  const cases: readonly (readonly [string, Words, readonly string[]])[] = [
    ['two replicas on two nodes', service({ replicas: 2 }, ['w1', 'w2']), []],
    ['one replica', service({}, ['w1']), ['single-replica: web']],
    ['scaled to nothing', service({ replicas: 0 }, []), []],
    ['all on one node', service({ replicas: 2 }, ['w1', 'w1']), ['all-on-one-node: web']],
    [
      'constraints leave one node',
      service({ replicas: 2, constraints: ['node.labels.disk==ssd'] }, ['w1', 'w1']),
      ['no-spare-node: web'],
    ],
    ['constraints leave two', service({ constraints: ['node.role==worker'], replicas: 2 }, ['w1', 'w2']), []],
    ['a host port with a node to spare', service({ replicas: 4, ports: [port] }, ['m1', 'm2', 'm3', 'w1']), []],
    [
      'a host port on every node',
      service({ replicas: 5, ports: [port] }, ['m1', 'm2', 'm3', 'w1', 'w2']),
      ['no-spare-node: web'],
    ],
    [
      'an ingress port is no matter',
      service({ replicas: 5, ports: [{ ...port, PublishMode: 'ingress' }] }, ['m1', 'm2', 'm3', 'w1', 'w2']),
      [],
    ],
    [
      'a limit a node that is full with one less',
      service({ replicas: 5, maxReplicasPerNode: 1 }, ['m1', 'm2', 'm3', 'w1', 'w2']),
      ['no-spare-node: web'],
    ],
    [
      'a limit that leaves room',
      service({ replicas: 8, maxReplicasPerNode: 2 }, ['m1', 'm2', 'm3', 'w1', 'w2', 'm1', 'm2', 'm3']),
      [],
    ],
    ['a global service', service({ mode: { Global: {} }, status: [0, 0] }, []), []],
    ['a swarm of one node', service({}, ['m1'], managers('m1')), ['single-manager: managers']],
  ]
  for (const [name, words, expected] of cases) test(name, () => assert.deepEqual(found(words), expected))

  test('many of a kind are one finding', () => {
    const kinds = diagnose(clusterOf(largeReading)).map(({ kind, subjects }) => `${kind} ${subjects.length}`)
    assert.deepEqual(kinds, ['single-replica 120'])
  })
})

describe('images', () => {
  const at = (digit: string) => `nginx:1.27@sha256:${digit.repeat(64)}`
  const nodes = [...three, ...workers('w1', 'w2')]
  const two = (one: string, other: string): Words => ({
    nodes,
    services: [bounded({ name: 'a', image: one, replicas: 2 }), bounded({ name: 'b', image: other, replicas: 2 })],
    tasks: [...apiTasks('a', ['w1', 'w2']), ...apiTasks('b', ['w1', 'w2'])],
  })
  const within = (one: string, other: string, words: Partial<Parameters<typeof apiService>[0]> = {}): Words => ({
    nodes,
    services: [bounded({ name: 'a', image: other, replicas: 2, ...words })],
    tasks: [
      apiTask({ service: 'a', slot: 1, node: 'w1', image: one }),
      apiTask({ service: 'a', slot: 2, node: 'w2', image: other }),
    ],
  })
  const cases: readonly (readonly [string, Words, readonly string[]])[] = [
    ['one tag, one digest', two(at('1'), at('1')), []],
    ['one tag, two digests', two(at('1'), at('2')), ['moved-tag: a b']],
    ['another tag', two(at('1'), at('2').replace('1.27', '1.28')), []],
    ['no digest, so nobody knows', two('nginx:1.27', at('2')), []],
    ['a digest that was chosen without a tag', two('nginx@sha256:11', 'nginx@sha256:22'), []],
    ['a registry with a port is no tag', two('reg:5000/nginx@sha256:11', 'reg:5000/nginx@sha256:22'), []],
    ['replicas of one service that differ', within(at('1'), at('2')), ['mixed-digests: a.1 a.2']],
    ['in an update they are meant to', within(at('1'), at('2'), { update: { State: 'updating' } }), []],
  ]
  for (const [name, words, expected] of cases) test(name, () => assert.deepEqual(found(words), expected))
})

test('the gravest comes first, and every identity is there once', () => {
  const findings = diagnose(clusterOf(troubledReading))
  const severities = findings.map(({ severity }) => severity)
  assert.deepEqual(
    severities,
    severities.toSorted((one, other) => RANKS.indexOf(one) - RANKS.indexOf(other)),
  )
  assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length)
})

const RANKS = ['critical', 'degraded', 'advice']

test('each has words and a reason', () => {
  for (const words of [troubledReading, strangeReading, largeReading]) {
    for (const finding of diagnose(clusterOf(words))) {
      const { text, why } = explainFinding(finding, NOW)
      assert.match(text, /\S.*[^.]$/su)
      assert.match(why, /^[A-Z\d].*[^.]$/su)
      for (const subject of finding.subjects) assert.doesNotMatch(explainSubject(finding, subject, NOW), /undefined/)
    }
  }
})
