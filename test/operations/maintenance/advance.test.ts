import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../../source/api/info.ts'
import { type Advance, advance, hearFailure, STEADY_MS } from '../../../source/operations/maintenance/advance.ts'
import { answer } from '../../../source/operations/maintenance/answer.ts'
import { LOCK_LABEL, lockText } from '../../../source/operations/maintenance/lock.ts'
import {
  type MaintainedNode,
  type Maintenance,
  proposeMaintenance,
  withNode,
} from '../../../source/operations/maintenance/maintenance.ts'
import type { Cluster } from '../../../source/swarm/cluster.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTask,
  apiTasks,
  NOW,
  nodeIdOf,
  serviceIdOf,
} from '../../helpers/api-builders.ts'
import { clusterOf, nodeNamed, wellReading } from '../../helpers/cluster-builders.ts'

const BY = { clusterId: 'cluster', by: 'ops@bastion', startedAt: NOW, manner: 'plain' } as const
const OUR_LOCK = { [LOCK_LABEL]: lockText(BY) }
const THEIR_LOCK = { [LOCK_LABEL]: 'eve@laptop 2026-11-21T11:00:00Z' }

const well = clusterOf(wellReading)

/** A maintenance of these nodes, the first of them as far as the words say. */
function maintenanceOf(
  names: readonly string[],
  first: Partial<MaintainedNode> = {},
  manner = BY.manner as Maintenance['manner'],
) {
  const whole = proposeMaintenance(
    names.map(name => nodeNamed(well, name)),
    { ...BY, manner },
  )
  return withNode(whole, whole.nodes[0]?.nodeId ?? '', first)
}

/** The well swarm with w1 otherwise. */
const withW1 = (words: Partial<Parameters<typeof apiNode>[0]>, more: Partial<ApiReading> = {}): Cluster =>
  clusterOf({
    ...wellReading,
    nodes: (wellReading.nodes ?? []).map(node =>
      node.ID === nodeIdOf('w1') ? apiNode({ name: 'w1', address: '10.0.0.4', ...words }) : node,
    ),
    ...more,
  })

const drained = { availability: 'drain', labels: OUR_LOCK } as const
const moved = apiTasks('api', ['m1', 'm2', 'w2'])

const known = (cluster: Cluster, more: Partial<Parameters<typeof advance>[1]> = {}) => ({
  cluster,
  readAt: NOW,
  otherHosts: 1,
  rehearsed: null,
  uneven: [],
  ...more,
})

/** In one line what comes of it. */
function tell(maintenance: Maintenance, result: Advance): string {
  if (result.kind === 'do') {
    const labels = 'labels' in result.operation ? result.operation.labels : undefined
    const lock =
      labels === undefined
        ? ''
        : Object.hasOwn(labels.set, LOCK_LABEL)
          ? ' +lock'
          : labels.unset.length > 0
            ? ' -lock'
            : ''
    return `do ${result.operation.kind} ${result.operation.name}${lock}`
  }
  if (result.kind === 'waits') return `waits ${result.text}`.trim()
  const { held, nodes } = result.maintenance
  if (held !== null) return `held ${held.reason}${held.accepts.length > 0 ? ` [${held.accepts}]` : ''}`
  const changed = nodes.find((node, index) => node !== maintenance.nodes[index])
  return `${changed?.name} ${changed?.step}${changed?.renewing ? ` ${changed.renewing.name}` : ''}`
}

const next = (maintenance: Maintenance, cluster: Cluster, more: Partial<Parameters<typeof advance>[1]> = {}) =>
  tell(maintenance, advance(maintenance, known(cluster, more)))

describe('a maintenance, step by step', () => {
  const steps: readonly (readonly [string, Partial<MaintainedNode>, Cluster, string])[] = [
    ['begins with the checks', {}, well, 'w1 checks'],
    ['goes on to the drain when they are good', { step: 'checks' }, well, 'w1 draining'],
    ['drains and locks in one change', { step: 'draining', before: 'active' }, well, 'do drain w1 +lock'],
    [
      'locks what was drained already',
      { step: 'draining', before: 'drain' },
      withW1({ availability: 'drain' }),
      'do drain w1 +lock',
    ],
    ['sees that it is drained', { step: 'draining', before: 'active' }, withW1(drained), 'w1 emptying'],
    [
      'waits for its tasks to stop',
      { step: 'emptying', before: 'active' },
      withW1(drained),
      'waits 1 task still to stop: api.2',
    ],
    [
      'hands it over when it is empty',
      { step: 'emptying', before: 'active' },
      withW1(drained, { tasks: moved }),
      'w1 in-hand',
    ],
    ['waits for the person then', { step: 'in-hand', before: 'active' }, withW1(drained, { tasks: moved }), 'waits'],
    [
      'notes since when it is back',
      { step: 'returning', before: 'active' },
      withW1(drained, { tasks: moved }),
      'w1 returning',
    ],
    [
      'watches it for a while',
      { step: 'returning', before: 'active', steadySince: NOW - 5_000 },
      withW1(drained, { tasks: moved }),
      'waits w1 is back, and watched for another 10 s',
    ],
    [
      'and goes on',
      { step: 'returning', before: 'active', steadySince: NOW - STEADY_MS },
      withW1(drained, { tasks: moved }),
      'w1 activating',
    ],
    [
      'counts anew where our clock was set back',
      { step: 'returning', before: 'active', steadySince: NOW + 3_600_000 },
      withW1(drained, { tasks: moved }),
      'w1 returning',
    ],
    [
      'counts anew when it was away again',
      { step: 'returning', before: 'active', steadySince: NOW - 5_000 },
      withW1({ ...drained, state: 'down' }, { tasks: moved }),
      'w1 returning',
    ],
    [
      'waits while it is away',
      { step: 'returning', before: 'active' },
      withW1({ ...drained, state: 'down', message: 'heartbeat failure' }, { tasks: moved }),
      'waits w1 is not Ready (heartbeat failure)',
    ],
    [
      'activates and takes the lock off in one change',
      { step: 'activating', before: 'active' },
      withW1(drained),
      'do activate w1 -lock',
    ],
    [
      'leaves drained what was drained before',
      { step: 'activating', before: 'drain' },
      withW1(drained),
      'do drain w1 -lock',
    ],
    [
      'leaves paused what was paused before',
      { step: 'activating', before: 'pause' },
      withW1(drained),
      'do pause w1 -lock',
    ],
    [
      'leaves the lock of somebody else',
      { step: 'activating', before: 'active' },
      withW1({ availability: 'drain', labels: THEIR_LOCK }),
      'do activate w1',
    ],
    ['offers to spread when it is active', { step: 'activating', before: 'active' }, well, 'w1 spreading'],
    [
      'offers nothing where it stays drained',
      { step: 'activating', before: 'drain' },
      withW1({ availability: 'drain' }),
      'w1 over',
    ],
    ['goes on where nothing is to be spread', { step: 'spreading', before: 'active' }, well, 'w1 over'],
  ]
  for (const [name, first, cluster, expected] of steps) {
    test(name, () => assert.equal(next(maintenanceOf(['w1'], first), cluster), expected))
  }

  test('waits for the person where something is to be spread', () => {
    assert.equal(next(maintenanceOf(['w1'], { step: 'spreading' }), well, { uneven: ['api'] }), 'waits')
  })

  test('says what runs: nothing that was asked is asked twice', () => {
    const whole = maintenanceOf(['w1'], { step: 'emptying', before: 'active' })
    assert.deepEqual(advance(whole, known(withW1(drained))), advance(whole, known(withW1(drained))))
  })
})

describe('a graceful one', () => {
  const startFirst = { name: 'api', replicas: 3, updateOrder: 'start-first' } as const
  const reading = (service: object = {}, w1: object = {}, tasks = apiTasks('api', ['m1', 'w1', 'w2'])) =>
    withW1(w1, { services: [apiService({ ...startFirst, ...service })], tasks })
  const paused = { availability: 'pause', labels: OUR_LOCK } as const
  const renewing = { serviceId: serviceIdOf('api'), name: 'api', forceUpdate: 3 }
  const moving = (first: Partial<MaintainedNode> = {}) =>
    maintenanceOf(['w1'], { step: 'moving', before: 'active', ...first }, 'graceful')
  const renewed = ['m1', 'm2', 'w2'].map((node, index) =>
    apiTask({ service: 'api', node, slot: index + 1, forceUpdate: 4 }),
  )

  const steps: readonly (readonly [string, Maintenance, Cluster, string])[] = [
    ['moves the services first', maintenanceOf(['w1'], { step: 'checks' }, 'graceful'), reading(), 'w1 moving'],
    ['pauses and locks in one change', moving(), reading(), 'do pause w1 +lock'],
    ['writes down which service it renews', moving(), reading({}, paused), 'w1 moving api'],
    ['renews it', moving({ renewing }), reading({ forceUpdate: 3 }, paused), 'do force-update api'],
    [
      'knows by the counter that it was asked for already',
      moving({ renewing }),
      reading({ forceUpdate: 4, update: { State: 'updating' } }, paused),
      'waits api: 0 of 3 tasks renewed',
    ],
    [
      'goes on when it is done',
      moving({ renewing }),
      reading({ forceUpdate: 4, update: { State: 'completed' } }, paused, renewed),
      'w1 moving',
    ],
    ['drains when nothing is left to move', moving(), reading({ forceUpdate: 4 }, paused, renewed), 'w1 draining'],
    [
      'holds when the update failed',
      moving({ renewing }),
      reading({ forceUpdate: 4, update: { State: 'paused', Message: 'update paused due to failure' } }, paused),
      'held api: update paused due to failure; going on leaves it to the drain [graceful]',
    ],
    [
      'forgets a service that was removed',
      moving({ renewing }),
      withW1(paused, { services: [], tasks: [] }),
      'w1 moving',
    ],
    [
      'asks when something has come in the way',
      moving(),
      reading({ maxReplicasPerNode: 1, constraints: ['node.hostname!=m2', 'node.hostname!=m3'] }, paused),
      'held api cannot move gracefully: no other node takes a task of it (m1 has its 1 already, the most for a node, m2 does not meet node.hostname!=m2, m3 does not meet node.hostname!=m3, w2 has its 1 already, the most for a node); going on leaves it to the drain [graceful]',
    ],
    [
      'waits for an update of somebody else',
      moving(),
      reading({ update: { State: 'updating' } }, paused),
      'waits api: an update of it is under way',
    ],
  ]
  for (const [name, maintenance, cluster, expected] of steps) {
    test(name, () => assert.equal(next(maintenance, cluster), expected))
  }
})

describe('the checks', () => {
  const checks = (names: readonly string[], cluster: Cluster, more = {}) =>
    next(maintenanceOf(names, { step: 'checks' }), cluster, more)
  const managers = (...unreachable: readonly string[]) =>
    clusterOf({
      ...wellReading,
      nodes: ['m1', 'm2', 'm3', 'w1', 'w2'].map(name =>
        name.startsWith('w')
          ? apiNode({ name })
          : apiManager(name, {
              isLeader: name === 'm1',
              reachability: unreachable.includes(name) ? 'unreachable' : 'reachable',
            }),
      ),
    })

  test('let a manager go while the others are enough', () => assert.equal(checks(['m2'], managers()), 'm2 draining'))

  test('hold a manager whose absence would lose the quorum, whatever a person says', () => {
    assert.equal(
      checks(['m2'], managers('m3')),
      'held without m2 the quorum would be lost: 1 of 3 managers reachable, majority 2, too few; bring back m3 first',
    )
  })

  test('hold the only manager', () => {
    const cluster = clusterOf({ nodes: [apiManager('m1', { isLeader: true })] })
    const whole = proposeMaintenance(cluster.nodes, BY)
    assert.equal(
      next(withNode(whole, nodeIdOf('m1'), { step: 'checks' }), cluster),
      'held m1 is the only manager: promote another node first',
    )
  })

  test('ask about the node that we look through where there is no other way in', () => {
    assert.match(
      checks(['m1'], well, { otherHosts: 0 }),
      /^held we look through m1 and know no other manager to ask.*\[way]$/,
    )
    assert.equal(checks(['m1'], well), 'm1 draining')
  })

  test('ask where no other node takes tasks', () => {
    const cluster = clusterOf({
      ...wellReading,
      nodes: (wellReading.nodes ?? []).map(node => ({
        ...node,
        Spec: { ...node.Spec, Availability: node.ID === nodeIdOf('w1') ? 'active' : 'drain' },
      })),
    })
    assert.equal(checks(['w1'], cluster), 'held no other node is ready and active [room]')
  })

  test('ask where what runs there is short already, and where an update is paused', () => {
    const short = withW1({}, { tasks: apiTasks('api', ['m1', 'w1']) })
    assert.equal(checks(['w1'], short), 'held short of tasks: api 2/3 [services]')
    const paused = withW1({}, { services: [apiService({ name: 'api', replicas: 3, update: { State: 'paused' } })] })
    assert.equal(checks(['w1'], paused), 'held an update is paused: api [updates]')
  })

  test('wait by themselves while an update is under way', () => {
    const updating = withW1({}, { services: [apiService({ name: 'api', replicas: 3, update: { State: 'updating' } })] })
    assert.equal(checks(['w1'], updating), 'waits an update is under way: api')
  })

  test('refuse what somebody else has in maintenance, unless it is taken over', () => {
    const locked = withW1({ labels: THEIR_LOCK })
    assert.equal(checks(['w1'], locked), 'held w1 is in maintenance by eve@laptop since 2026-11-21 11:00 UTC')
    const taken = answer(maintenanceOf(['w1'], { step: 'checks' }), { kind: 'take-over' }, locked)
    assert.ok(typeof taken === 'object')
    assert.equal(next(taken, locked), 'w1 draining')
  })

  test('are no reason any more once the person went on in spite of them', () => {
    const whole = maintenanceOf(['m1'], { step: 'checks' })
    const held = advance(whole, known(well, { otherHosts: 0 }))
    assert.ok(held.kind === 'changed')
    const on = answer(held.maintenance, { kind: 'go-on' }, well)
    assert.ok(typeof on === 'object')
    assert.equal(next(on, well, { otherHosts: 0 }), 'm1 draining')
  })
})

describe('what happens meanwhile holds it', () => {
  const at = (step: MaintainedNode['step']) => maintenanceOf(['w1'], { step, before: 'active' })

  test('the node is gone', () => {
    assert.equal(next(at('in-hand'), clusterOf({})), 'held w1 is no longer in the swarm: skip it')
  })

  test('somebody activated it, or took it over', () => {
    for (const step of ['emptying', 'in-hand', 'returning'] as const) {
      assert.equal(next(at(step), well), 'held w1 was set to active by someone else')
      const taken = withW1({ availability: 'drain', labels: THEIR_LOCK })
      assert.equal(next(at(step), taken), 'held w1 was taken over by eve@laptop')
    }
  })

  test('a manager has gone before its own turn to be drained', () => {
    const nodes = (wellReading.nodes ?? []).map(node =>
      node.ID === nodeIdOf('m3') ? apiManager('m3', { reachability: 'unreachable' }) : node,
    )
    const whole = maintenanceOf(['m2'], { step: 'draining', before: 'active' })
    assert.match(next(whole, clusterOf({ ...wellReading, nodes })), /^held without m2 the quorum would be lost/)
  })

  test('tasks of jobs are still there, and it is asked about them', () => {
    const cluster = withW1(drained, {
      services: [apiService({ name: 'backup', mode: { ReplicatedJob: {} } })],
      tasks: [apiTask({ service: 'backup', slot: 1, node: 'w1', desired: 'complete' })],
    })
    assert.equal(
      next(at('emptying'), cluster),
      'held 1 task of jobs still there, which a drain leaves alone: backup.1 [jobs]',
    )
  })

  test('what was asked for was refused', () => {
    const held = hearFailure(
      at('draining'),
      { kind: 'drain', nodeId: nodeIdOf('w1'), name: 'w1' },
      'update out of sequence',
      well,
    )
    assert.equal(held.held?.reason, 'w1: update out of sequence')
  })

  test('a node that goes and comes back is seen to, in hand', () => {
    const handedOver = { at: NOW - 60_000, version: 10, sawDownAt: null, sawBackAt: null }
    const whole = maintenanceOf(['w1'], { step: 'in-hand', before: 'active', handedOver })
    const gone = advance(whole, known(withW1({ ...drained, state: 'down' })))
    assert.ok(gone.kind === 'changed')
    assert.equal(gone.maintenance.nodes[0]?.handedOver?.sawDownAt, NOW)
    const back = advance(gone.maintenance, known(withW1(drained)))
    assert.ok(back.kind === 'changed')
    assert.equal(back.maintenance.nodes[0]?.handedOver?.sawBackAt, NOW)
  })
})

describe('the order', () => {
  const order = (maintenance: Maintenance, cluster: Cluster) => next(maintenance, cluster)

  test('is workers, managers, the leader last', () => {
    const whole = proposeMaintenance(well.nodes, BY)
    assert.deepEqual(
      whole.nodes.map(({ name }) => name),
      ['w1', 'w2', 'm2', 'm3', 'm1'],
    )
  })

  test('is found anew when leadership has gone to another one', () => {
    const whole = withNode(maintenanceOf(['m1', 'm2']), nodeIdOf('w1'), {})
    const led = clusterOf({
      ...wellReading,
      nodes: [apiManager('m1'), apiManager('m2', { isLeader: true }), apiManager('m3')],
    })
    assert.equal(order(whole, well), 'm2 checks')
    assert.equal(order(whole, led), 'm1 checks')
  })

  test('is one at a time', () => {
    const whole = maintenanceOf(['w1', 'w2'], { step: 'in-hand', before: 'active' })
    assert.equal(order(whole, withW1(drained, { tasks: moved })), 'waits')
  })
})

describe('what a person says', () => {
  const say = (maintenance: Maintenance, said: Parameters<typeof answer>[1], cluster = well) => {
    const result = answer(maintenance, said, cluster)
    return typeof result === 'string'
      ? result
      : result.nodes.map(({ name, step, outcome }) => `${name} ${step} ${outcome}`).join(', ')
  }
  const inHand = maintenanceOf(['w1', 'w2'], { step: 'in-hand', before: 'active' })

  test('it is back', () => assert.equal(say(inHand, { kind: 'go-on' }), 'w1 returning done, w2 waiting done'))

  test('it is back, and need not be watched', () => {
    const returning = maintenanceOf(['w1'], { step: 'returning', before: 'active' })
    assert.equal(say(returning, { kind: 'go-on' }), 'w1 activating done')
    assert.equal(
      say(returning, { kind: 'go-on' }, withW1({ state: 'down' })),
      'w1 is not back yet: wait for it, or skip it',
    )
  })

  test('leave this one out', () => {
    const skip = (name: string) => ({ kind: 'skip', nodeId: nodeIdOf(name) }) as const
    assert.equal(say(inHand, skip('w1')), 'w1 activating skipped, w2 waiting done')
    assert.equal(say(inHand, skip('w2')), 'w1 in-hand done, w2 over skipped')
    assert.equal(say(maintenanceOf(['w1'], { step: 'checks' }), skip('w1')), 'w1 over skipped')
  })

  test('give all of it up, and put back what was', () => {
    assert.equal(say(inHand, { kind: 'give-up', isPutBack: true }), 'w1 activating skipped, w2 over skipped')
  })

  test('give all of it up, and leave it as it is but for the lock', () => {
    const cluster = withW1(drained)
    const left = answer(inHand, { kind: 'give-up', isPutBack: false }, cluster)
    assert.ok(typeof left === 'object')
    assert.equal(next(left, cluster), 'do drain w1 -lock')
  })

  test('no further for now, and on again', () => {
    const held = answer(inHand, { kind: 'hold' }, well)
    assert.ok(typeof held === 'object')
    assert.equal(next(held, well), 'waits')
    assert.equal(say(held, { kind: 'go-on' }), 'w1 in-hand done, w2 waiting done')
  })
})
