import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiService } from '../../source/api/service.ts'
import { callsOf } from '../../source/operations/calls.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { carryOut } from '../helpers/carry-out.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

/** Three managers and two workers with a service of two replicas that run. */
function swarmWithApi(): SimulatedSwarm {
  const swarm = simulatedSwarm({ images: { 'api:1': {}, 'api:2': {}, 'api:bad': { isMissing: true } } })
  const spec = serviceSpec('api', { image: 'api:1', replicas: 2 })
  swarm.create({
    ...spec,
    Labels: { owner: 'team' },
    TaskTemplate: { ...spec.TaskTemplate, LogDriver: { Name: 'none' } },
  })
  swarm.pass(30_000)
  return swarm
}

const nodeCalled = (swarm: SimulatedSwarm, name: string) => {
  const node = swarm.nodes().find(({ Description }) => Description?.Hostname === name)
  assert.ok(node, name)
  return node
}

const serviceCalled = (swarm: SimulatedSwarm, name = 'api'): ApiService => {
  const service = swarm.services().find(({ Spec }) => Spec?.Name === name)
  assert.ok(service, name)
  return service
}

const on = (swarm: SimulatedSwarm, name = 'api') => ({ serviceId: serviceCalled(swarm, name).ID, name })
const onNode = (swarm: SimulatedSwarm, name: string) => ({ nodeId: nodeCalled(swarm, name).ID, name })

describe('what changes a service', () => {
  const cases: readonly (readonly [
    words: string,
    operation: (target: { readonly serviceId: string; readonly name: string }) => Operation,
    query: string,
    changed: (spec: ApiService['Spec']) => ApiService['Spec'],
  ])[] = [
    [
      'scale',
      target => ({ kind: 'scale', ...target, replicas: 5 }),
      'registryAuthFrom=spec',
      spec => ({ ...spec, Mode: { Replicated: { Replicas: 5 } } }),
    ],
    [
      'change image',
      target => ({ kind: 'change-image', ...target, image: 'api:2' }),
      'registryAuthFrom=spec',
      spec => ({
        ...spec,
        TaskTemplate: {
          ...spec?.TaskTemplate,
          ContainerSpec: { ...spec?.TaskTemplate?.ContainerSpec, Image: 'api:2' },
        },
      }),
    ],
    [
      'labels',
      target => ({ kind: 'label-service', ...target, set: { tier: 'web' }, unset: ['owner'] }),
      'registryAuthFrom=spec',
      spec => ({ ...spec, Labels: { tier: 'web' } }),
    ],
    [
      'force update',
      target => ({ kind: 'force-update', ...target }),
      'registryAuthFrom=spec',
      spec => ({ ...spec, TaskTemplate: { ...spec?.TaskTemplate, ForceUpdate: 1 } }),
    ],
  ]
  for (const [words, operation, query, changed] of cases) {
    test(`${words}: reads it, and sends all of it back but for that`, () => {
      const swarm = swarmWithApi()
      const before = serviceCalled(swarm)
      const { outcome, calls } = carryOut(swarm, operation(on(swarm)))
      const version = before.Version?.Index
      assert.equal(outcome.kind === 'accepted' && outcome.version, version)
      assert.deepEqual(calls, [
        `GET /services/${before.ID}`,
        `POST /services/${before.ID}/update?version=${version}&${query}`,
      ])
      assert.deepEqual(serviceCalled(swarm).Spec, changed(before.Spec))
    })
  }

  test('a global service cannot be scaled, and nothing is sent', () => {
    const swarm = swarmWithApi()
    swarm.create(serviceSpec('agent', { replicas: 'global' }))
    const { outcome, calls } = carryOut(swarm, { kind: 'scale', ...on(swarm, 'agent'), replicas: 3 })
    assert.deepEqual(outcome, {
      kind: 'refused',
      text: 'scale can only be used with replicated or replicated-job mode',
    })
    assert.equal(calls.length, 1)
  })

  test('of a job that is scaled the completions change, and how many run at once does not', () => {
    const swarm = swarmWithApi()
    swarm.create({ ...serviceSpec('job'), Mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } } })
    carryOut(swarm, { kind: 'scale', ...on(swarm, 'job'), replicas: 7 })
    assert.deepEqual(serviceCalled(swarm, 'job').Spec?.Mode, {
      ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 7 },
    })
  })
})

describe('a rollback', () => {
  test('has the engine put the spec before in place', () => {
    const swarm = swarmWithApi()
    carryOut(swarm, { kind: 'change-image', ...on(swarm), image: 'api:2' })
    swarm.pass(60_000)
    const { calls } = carryOut(swarm, { kind: 'roll-back', ...on(swarm) })
    assert.match(calls[1] ?? '', /^POST \/services\/\w+\/update\?version=\d+&rollback=previous$/)
    assert.equal(serviceCalled(swarm).Spec?.TaskTemplate?.ContainerSpec?.Image, 'api:1')
    swarm.pass(60_000)
    assert.equal(serviceCalled(swarm).UpdateStatus?.State, 'rollback_completed')
  })

  test('without a spec before is refused by the engine', () => {
    const swarm = swarmWithApi()
    const { outcome } = carryOut(swarm, { kind: 'roll-back', ...on(swarm) })
    assert.match(outcome.kind === 'refused' ? outcome.text : '', /service \w+ does not have a previous spec/)
  })
})

test('a paused update goes on when the spec is sent again as it is', () => {
  const swarm = swarmWithApi()
  carryOut(swarm, { kind: 'change-image', ...on(swarm), image: 'api:bad' })
  swarm.pass(60_000)
  assert.equal(serviceCalled(swarm).UpdateStatus?.State, 'paused')
  const { bodies } = carryOut(swarm, { kind: 'resume-update', ...on(swarm) })
  assert.deepEqual(bodies, [serviceCalled(swarm).Spec])
  assert.equal(serviceCalled(swarm).UpdateStatus?.State, 'updating')
})

describe('a paused update that the swarm has missed', () => {
  /** The versions with which a resumed service was sent; `seen`: what is read of it after so many times. */
  function resume(seen: (sent: number) => object) {
    const talk = callsOf({ kind: 'resume-update', serviceId: 's1', name: 'api' })
    const sent: unknown[] = []
    let step = talk.next()
    while (!step.done) {
      const isSent = step.value.kind === 'call' && step.value.method === 'POST'
      if (step.value.kind === 'call' && isSent) sent.push(step.value.query.version)
      const read = { Version: { Index: 10 + sent.length }, Spec: { Name: 'api' }, ...seen(sent.length) }
      step = talk.next({ ok: true, value: isSent ? null : read })
    }
    return { sent, outcome: step.value }
  }

  test('is sent once more, until it goes on', () => {
    const { sent, outcome } = resume(count => (count < 2 ? {} : { UpdateStatus: { State: 'updating' } }))
    assert.deepEqual(sent, [10, 11])
    assert.equal(outcome.kind === 'accepted' && outcome.version, 11)
  })

  test('is left alone where somebody else has changed the service meanwhile', () => {
    const { sent } = resume(count => (count === 0 ? {} : { Spec: { Name: 'api', Labels: { by: 'another' } } }))
    assert.deepEqual(sent, [10])
  })
})

test('a manager is not removed while nobody can tell whether the raft has let it go', () => {
  const talk = callsOf({ kind: 'remove-node', nodeId: 'n1', name: 'm3', isForced: false })
  const member = { Version: { Index: 10 }, Spec: { Role: 'manager' }, ManagerStatus: { Reachability: 'reachable' } }
  let isDemoted = false
  const done: string[] = []
  let step = talk.next()
  for (let looks = 0; !step.done; ) {
    const call = step.value
    if (call.kind === 'call' && call.method !== 'GET') done.push(`${call.method} after ${looks}`)
    if (call.kind === 'call' && call.method === 'GET' && isDemoted) looks += 1
    if (call.kind === 'call' && call.method === 'POST') isDemoted = true
    const hasLeft = looks > 2
    step = talk.next(
      isDemoted && call.kind === 'call' && call.method === 'GET' && !hasLeft
        ? { ok: false, status: 503, text: 'The swarm does not have a leader.' }
        : { ok: true, value: hasLeft ? { ...member, ManagerStatus: undefined } : member },
    )
  }
  assert.deepEqual(done, ['POST after 0', 'DELETE after 3'])
})

describe('the labels of a node', () => {
  test('are changed, and all else goes back as it came', () => {
    const swarm = swarmWithApi()
    swarm.changeNode('node5', { Labels: { disk: 'ssd', old: 'x' } })
    const { outcome } = carryOut(swarm, {
      kind: 'label-node',
      ...onNode(swarm, 'node5'),
      set: { zone: 'a', disk: 'hdd' },
      unset: ['old'],
    })
    assert.equal(outcome.kind, 'accepted')
    const labels = { zone: 'a', disk: 'hdd' }
    assert.deepEqual(nodeCalled(swarm, 'node5').Spec, { Labels: labels, Role: 'worker', Availability: 'active' })
  })
})

describe('a node is removed', () => {
  test('that is a manager by its role alone, as after a new cluster was forced, without being demoted', () => {
    const swarm = swarmWithApi()
    for (const machine of ['node2', 'node3']) swarm.strike(machine, 'poweroff')
    swarm.pass(60_000)
    const forced = swarm.begin('POST', '/swarm/init', { ListenAddr: '0.0.0.0:2377', ForceNewCluster: true })
    swarm.pass(60_000)
    assert.equal(forced()?.status, 200)
    const target = onNode(swarm, 'node2')
    const { outcome, calls } = carryOut(swarm, { kind: 'remove-node', ...target, isForced: false })
    assert.equal(outcome.kind, 'accepted')
    assert.deepEqual(
      calls.filter(call => !call.startsWith('GET')),
      [`DELETE /nodes/${target.nodeId}`],
    )
    assert.equal(
      swarm.nodes().some(({ ID }) => ID === target.nodeId),
      false,
    )
  })

  test('that is Down, without force', () => {
    const swarm = swarmWithApi()
    swarm.strike('node5', 'kill')
    swarm.pass(60_000)
    const target = onNode(swarm, 'node5')
    const { outcome, calls } = carryOut(swarm, { kind: 'remove-node', ...target, isForced: false })
    assert.equal(outcome.kind, 'accepted')
    assert.deepEqual(calls, [`GET /nodes/${target.nodeId}`, `DELETE /nodes/${target.nodeId}`])
    assert.equal(swarm.nodes().length, 4)
  })

  test('that is Ready, when it is forced and not otherwise', () => {
    const swarm = swarmWithApi()
    const target = onNode(swarm, 'node5')
    const refused = carryOut(swarm, { kind: 'remove-node', ...target, isForced: false }).outcome
    assert.match(refused.kind === 'refused' ? refused.text : '', /is not down and can't be removed/)
    const { outcome, calls } = carryOut(swarm, { kind: 'remove-node', ...target, isForced: true })
    assert.equal(outcome.kind, 'accepted')
    assert.equal(calls.at(-1), `DELETE /nodes/${target.nodeId}?force=1`)
  })

  test('that is a manager, after it was demoted and the raft has let it go', () => {
    const swarm = swarmWithApi()
    const target = onNode(swarm, 'node3')
    const { outcome, calls } = carryOut(swarm, { kind: 'remove-node', ...target, isForced: true })
    assert.equal(outcome.kind, 'accepted')
    assert.match(calls[2] ?? '', /^POST \/nodes\/\w+\/update\?version=\d+$/)
    assert.equal(calls.at(-1), `DELETE /nodes/${target.nodeId}?force=1`)
    assert.deepEqual(
      swarm.nodes().map(({ ManagerStatus }) => ManagerStatus?.Reachability),
      swarm.nodes().map(({ Spec }) => (Spec?.Role === 'manager' ? 'reachable' : undefined)),
    )
  })

  test('that is the last manager it is not, in the words of the engine, and stays what it is', () => {
    const swarm = simulatedSwarm({ managers: 1, workers: 1 })
    const { outcome } = carryOut(swarm, { kind: 'remove-node', ...onNode(swarm, 'node1'), isForced: true })
    assert.match(outcome.kind === 'refused' ? outcome.text : '', /last manager/)
    assert.equal(swarm.nodes().length, 2)
  })

  test('and when it cannot be in the end, that it was demoted is told', () => {
    const swarm = swarmWithApi()
    const { outcome } = carryOut(swarm, { kind: 'remove-node', ...onNode(swarm, 'node3'), isForced: false })
    assert.match(
      outcome.kind === 'refused' ? outcome.text : '',
      /is not down and can't be removed \(node3 was demoted all the same\)$/,
    )
  })
})

test('a service is removed by one call', () => {
  const swarm = swarmWithApi()
  const { serviceId } = on(swarm)
  assert.deepEqual(carryOut(swarm, { kind: 'remove-service', serviceId, name: 'api' }).calls, [
    `DELETE /services/${serviceId}`,
  ])
  assert.deepEqual(swarm.services(), [])
})

describe('a stack is removed', () => {
  const labels = { 'com.docker.stack.namespace': 'shop' }
  const shop: Operation = { kind: 'remove-stack', stack: 'shop', name: 'shop' }

  function swarmWithShop(): SimulatedSwarm {
    const swarm = swarmWithApi()
    const secret = { Name: 'shop_key', Labels: labels, Data: 'c2VjcmV0' }
    swarm.call('POST', '/networks/create', { Name: 'shop_net', Driver: 'overlay', Labels: labels })
    swarm.call('POST', '/secrets/create', secret)
    swarm.call('POST', '/configs/create', { ...secret, Name: 'shop_conf' })
    for (const name of ['shop_web', 'shop_db']) {
      const spec = serviceSpec(name, { image: 'api:1', replicas: 2 })
      const TaskTemplate = { ...spec.TaskTemplate, Networks: [{ Target: 'shop_net' }] }
      swarm.create({ ...spec, Labels: labels, TaskTemplate })
    }
    swarm.pass(30_000)
    return swarm
  }

  test('services, secrets, configs, networks, in this order and by name; nothing else goes', () => {
    const swarm = swarmWithShop()
    const { outcome, calls } = carryOut(swarm, shop)
    assert.deepEqual(outcome, { kind: 'accepted', version: 0, forceUpdate: null, warnings: [] })
    const kinds = calls.filter(call => call.startsWith('DELETE')).map(call => call.split('/')[1])
    assert.deepEqual([...new Set(kinds)], ['services', 'secrets', 'configs', 'networks'])
    assert.deepEqual(
      swarm.services().map(({ Spec }) => Spec?.Name),
      ['api'],
    )
    for (const kind of ['secrets', 'configs']) assert.deepEqual(swarm.call('GET', `/${kind}`).value, [])
    assert.doesNotMatch(swarm.call('GET', '/networks').body, /shop_net/)
  })

  test('what the engine refuses is told, and the rest goes all the same', () => {
    const swarm = swarmWithShop()
    const [secret] = swarm.call('GET', '/secrets').value as readonly { readonly ID: string }[]
    const spec = serviceSpec('other', { image: 'api:1' })
    const Secrets = [
      { SecretID: secret?.ID, SecretName: 'shop_key', File: { Name: 'key', UID: '0', GID: '0', Mode: 0o444 } },
    ]
    swarm.create({
      ...spec,
      TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...spec.TaskTemplate?.ContainerSpec, Secrets } },
    })
    const { outcome } = carryOut(swarm, shop)
    assert.match(
      outcome.kind === 'refused' ? outcome.text : '',
      /^4 of 5 removed; secret shop_key: .*secret 'shop_key' is in use by the following service: other/,
    )
    assert.deepEqual(swarm.services().length, 2)
  })

  test('that is gone already says so', () => {
    assert.deepEqual(carryOut(swarmWithApi(), shop).outcome, { kind: 'refused', text: 'nothing found in stack: shop' })
  })
})

test('the history limit is changed, and the tokens stay', () => {
  const swarm = swarmWithApi()
  type Swarm = { readonly Spec: { readonly Orchestration: object }; readonly JoinTokens: object }
  const before = swarm.call('GET', '/swarm').value as Swarm
  const { outcome, calls, bodies } = carryOut(swarm, { kind: 'set-history-limit', limit: 2, name: 'swarm' })
  assert.equal(outcome.kind, 'accepted')
  assert.match(
    calls[1] ?? '',
    /^POST \/swarm\/update\?version=\d+&rotateWorkerToken=false&rotateManagerToken=false&rotateManagerUnlockKey=false$/,
  )
  assert.doesNotMatch(JSON.stringify(bodies), /SWMTKN/)
  const after = swarm.call('GET', '/swarm').value as Swarm
  assert.deepEqual(after.Spec, { ...before.Spec, Orchestration: { TaskHistoryRetentionLimit: 2 } })
  assert.deepEqual(after.JoinTokens, before.JoinTokens)
})

describe('two who change the same thing', () => {
  const scaleBy = (swarm: SimulatedSwarm) =>
    swarm.changeService('api', spec => ({
      ...spec,
      Labels: { ...spec.Labels, other: String(swarm.simulator.world.now) },
    }))

  test('both get what they want: it is read again when the other was quicker', () => {
    const swarm = swarmWithApi()
    const { outcome, calls } = carryOut(swarm, { kind: 'scale', ...on(swarm), replicas: 4 }, (_, index) => {
      if (index === 1) scaleBy(swarm)
    })
    assert.equal(outcome.kind, 'accepted')
    assert.equal(calls.length, 4)
    const { Mode, Labels } = serviceCalled(swarm).Spec ?? {}
    assert.equal(Mode?.Replicated?.Replicas, 4)
    assert.ok(Labels?.other)
  })

  test('but no more than once', () => {
    const swarm = swarmWithApi()
    const { outcome, calls } = carryOut(swarm, { kind: 'scale', ...on(swarm), replicas: 4 }, call => {
      if (call.startsWith('POST')) scaleBy(swarm)
    })
    assert.match(outcome.kind === 'refused' ? outcome.text : '', /update out of sequence$/)
    assert.equal(calls.length, 4)
  })
})
