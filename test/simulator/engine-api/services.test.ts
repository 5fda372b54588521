import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiService, ApiServiceSpec } from '../../../source/api/service.ts'
import type { ApiTaskSpec } from '../../../source/api/task.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('a spec is refused for its first fault, in Swarm’s words', () => {
  const swarm = simulatedSwarm()
  const cases: readonly (readonly [status: number, message: string, spec: object])[] = [
    [400, 'unsupported runtime', template({ Runtime: 'attachment' })],
    [400, 'mismatched Runtime and *Spec fields', { Name: 'web' }],
    [400, 'invalid RestartCondition: "often"', template({ RestartPolicy: { Condition: 'often' } })],
    [400, 'unrecognized update failure action shrug', { ...WEB, UpdateConfig: { FailureAction: 'shrug' } }],
    [400, 'unrecognized update order both', { ...WEB, RollbackConfig: { Order: 'both' } }],
    [400, 'invalid resolution mode: "dns"', { ...WEB, EndpointSpec: { Mode: 'dns' } }],
    [400, 'must specify only one service mode', { ...WEB, Mode: { Global: {}, GlobalJob: {} } }],
    [400, 'invalid MountType: "disk"', container({ Mounts: [{ Type: 'disk', Target: '/a' }] })],
    [
      400,
      'invalid CredentialSpec: cannot specify both "config" and "file" credential specs',
      container({ Privileges: { CredentialSpec: { Config: 'a', File: 'b' } } }),
    ],
    [400, bySwarm('name must be 63 characters or fewer'), { ...WEB, Name: 'a'.repeat(64) }],
    [
      400,
      bySwarm('invalid cpu value 5e-05: Must be at least 0.001'),
      template({ Resources: { Limits: { NanoCPUs: 50_000 } } }),
    ],
    [400, bySwarm('TaskSpec: restart-delay cannot be negative'), template({ RestartPolicy: { Delay: -1 } })],
    [
      500,
      'rpc error: code = Unknown desc = constraint expected one operator from ==, !=',
      template({ Placement: { Constraints: ['node.role'] } }),
    ],
    [400, bySwarm('malformed secret reference'), container({ Secrets: [{ SecretName: 'a' }] })],
    [400, bySwarm('ContainerSpec: image reference must be provided'), template({ ContainerSpec: {} })],
    [400, bySwarm('ContainerSpec: "web:" is not a valid repository/tag'), container({ Image: 'web:' })],
    [
      400,
      bySwarm('ContainerSpec: duplicate mount point: /a'),
      container({ Mounts: [{ Target: '/a' }, { Target: '/a' }] }),
    ],
    [
      400,
      bySwarm('ContainerSpec: Interval in HealthConfig cannot be less than 1ms'),
      container({ Healthcheck: { Interval: 1_000 } }),
    ],
    [400, bySwarm('Number of replicas must be non-negative'), { ...WEB, Mode: { Replicated: { Replicas: 1.8e19 } } }],
    [400, bySwarm('Jobs may not have an update config'), { ...WEB, Mode: { GlobalJob: {} }, UpdateConfig: {} }],
    [
      400,
      bySwarm('TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1'),
      { ...WEB, UpdateConfig: { MaxFailureRatio: 1.5 } },
    ],
    [
      400,
      bySwarm("EndpointSpec: port published with ingress mode can't be used with dnsrr mode"),
      { ...WEB, EndpointSpec: { Mode: 'dnsrr', Ports: [{ TargetPort: 80 }] } },
    ],
    [
      400,
      bySwarm('EndpointSpec: duplicate published ports provided'),
      { ...WEB, EndpointSpec: { Ports: [{ PublishedPort: 80 }, { PublishedPort: 80, PublishMode: 'host' }] } },
    ],
  ]
  for (const [status, message, spec] of cases) {
    const answer = swarm.call('POST', '/services/create', spec)
    assert.deepEqual([answer.status, answer.value], [status, { message }], JSON.stringify(spec))
  }
  assert.deepEqual(swarm.services(), [])
})

test('an ingress port keeps others off it; ports of machines may be shared', () => {
  const swarm = simulatedSwarm()
  const ports = (name: string, mode: string, number: number) => ({
    ...serviceSpec(name),
    EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: number, PublishMode: mode }] },
  })
  const status = (spec: object) => swarm.call('POST', '/services/create', spec).status
  assert.equal(status(ports('a', 'ingress', 80)), 201)
  assert.equal(status(ports('b', 'ingress', 80)), 400)
  assert.equal(status(ports('b', 'host', 80)), 400)
  assert.equal(status(ports('c', 'host', 90)), 201)
  assert.equal(status(ports('d', 'host', 90)), 201)
  assert.equal(status(ports('e', 'ingress', 90)), 400)
  assert.equal(status(ports('f', 'ingress', 0)), 201)
  assert.equal(status(ports('g', 'ingress', 0)), 201)
  const given = ['f', 'g'].map(name => read(swarm, name).Endpoint?.Ports?.[0]?.PublishedPort)
  assert.deepEqual(given, [30_000, 30_001])
})

test('what is left out is filled in as the engine does, and no further', () => {
  const swarm = simulatedSwarm()
  const answer = swarm.call('POST', '/services/create', {
    taskTemplate: { containerspec: { image: 'web:1', mounts: [{ target: '/a' }] } },
    endpointspec: { ports: [{ targetport: 80 }] },
    updateconfig: {},
    unknown: true,
  })
  assert.equal(answer.status, 201, answer.body)
  const [service] = swarm.services()
  assert.match(service?.Spec?.Name ?? '', /^[a-z]+_[a-z]+$/)
  assert.deepEqual(service?.Spec, {
    Name: service?.Spec?.Name,
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image: 'web:1', Mounts: [{ Type: 'bind', Target: '/a' }], Isolation: 'default' },
      ForceUpdate: 0,
      Runtime: 'container',
    },
    Mode: { Replicated: { Replicas: 1 } },
    UpdateConfig: { Parallelism: 0, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first' },
    EndpointSpec: { Mode: 'vip', Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }] },
  })
})

test('fields come in the order in which Go writes them, whatever was filled in', () => {
  const swarm = simulatedSwarm()
  const job = { Name: 'job', Mode: { ReplicatedJob: {} }, TaskTemplate: { ContainerSpec: { Image: 'image:1' } } }
  const RestartPolicy = { Condition: 'any', Delay: 1e9, MaxAttempts: 2 }
  swarm.create({ ...template({ RestartPolicy }), UpdateConfig: { Parallelism: 2, Delay: 1e9, Order: 'stop-first' } })
  swarm.create(job)
  const [web, counted] = ['web', 'job'].map(name => swarm.services().find(({ Spec }) => Spec?.Name === name))
  assert.deepEqual(Object.keys(counted ?? {}).slice(-2), ['ServiceStatus', 'JobStatus'])
  assert.deepEqual(Object.keys(web?.Spec?.TaskTemplate?.RestartPolicy ?? {}), ['Condition', 'Delay', 'MaxAttempts'])
  const { Spec } = swarm.call('GET', '/services/web?insertDefaults=true').value as ApiService
  const first = ['ContainerSpec', 'Resources', 'RestartPolicy', 'Placement']
  assert.deepEqual(Object.keys(Spec?.TaskTemplate ?? {}).slice(0, 4), first)
  const update = ['Parallelism', 'Delay', 'FailureAction', 'Monitor', 'MaxFailureRatio', 'Order']
  assert.deepEqual(Object.keys(Spec?.UpdateConfig ?? {}), update)
  assert.deepEqual(
    Object.keys(Spec?.RollbackConfig ?? {}),
    update.filter(name => name !== 'Delay'),
  )
})

test('an update says which options it does not know, before it looks at the spec', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  const update = (options: string) => swarm.call('POST', `/services/web/update?version=14&${options}`, WEB).value
  assert.deepEqual(update('registryAuthFrom=x'), { message: 'unsupported registryAuthFrom value' })
  assert.deepEqual(update('registryAuthFrom=previous-spec'), { message: 'service does not have a previous spec' })
  assert.deepEqual(update('rollback=x'), { message: 'unrecognized rollback option x' })
})

test('a label for the simulation that it cannot read is warned of, by create and by update', () => {
  const swarm = simulatedSwarm()
  const labelled = (Labels: ApiServiceSpec['Labels']) => ({ ...WEB, Labels: { ...Labels, 'swarmtop.sim.stop': '2s' } })
  const wrong = labelled({ 'swarmtop.sim.exit-code': 'zz', 'swarmtop.sim.exit-after': '-3s', 'swarmtop.sim.frob': '1' })
  const { Warnings } = swarm.call('POST', '/services/create', wrong).value as { readonly Warnings: readonly string[] }
  assert.deepEqual(Warnings.slice(0, 2), [
    'label swarmtop.sim.exit-code=zz is ignored: it has to be a number from 0 to 255',
    'label swarmtop.sim.exit-after=-3s is ignored: it has to be a duration like 250ms, 10s or 1m30s, or a range like 1s..4s, or never',
  ])
  assert.match(
    Warnings[2] ?? '',
    /^label swarmtop\.sim\.frob is ignored: after swarmtop\.sim\. comes one of pull, missing, /,
  )
  const path = `/services/web/update?version=${read(swarm, 'web').Version?.Index}`
  assert.deepEqual(swarm.call('POST', path, wrong).value, { Warnings })
  const again = `/services/web/update?version=${read(swarm, 'web').Version?.Index}`
  assert.deepEqual(swarm.call('POST', again, labelled({})).value, { Warnings: null })
})

test('an update without a name would rename the service, which cannot be', () => {
  const swarm = simulatedSwarm()
  swarm.create(serviceSpec('web'))
  const { Version } = read(swarm, 'web')
  const { Name: _, ...nameless } = WEB
  const answer = swarm.call('POST', `/services/web/update?version=${Version?.Index}`, nameless)
  assert.equal(answer.status, 501)
  assert.match(answer.body, /renaming services is not supported/)
})

test('a filter on labels asks for all of them, one on modes for any', () => {
  const swarm = simulatedSwarm()
  swarm.create({ ...serviceSpec('a'), Labels: { team: 'shop', tier: 'front' } })
  swarm.create({ ...serviceSpec('b', { replicas: 'global' }), Labels: { team: 'shop' } })
  const found = (filters: object) =>
    (swarm.call('GET', `/services?filters=${JSON.stringify(filters)}`).value as readonly ApiService[])
      .map(({ Spec }) => Spec?.Name)
      .toSorted()
  assert.deepEqual(found({ label: ['team', 'tier=front'] }), ['a'])
  assert.deepEqual(found({ label: ['team'] }), ['a', 'b'])
  assert.deepEqual(found({ mode: ['global', 'replicated'] }), ['a', 'b'])
  assert.deepEqual(found({ mode: ['global-job'] }), [])
})

const WEB: ApiServiceSpec = serviceSpec('web')

function bySwarm(text: string): string {
  return `rpc error: code = InvalidArgument desc = ${text}`
}

function template(fields: object): object {
  return { ...WEB, TaskTemplate: { ...WEB.TaskTemplate, ...fields } }
}

function container(fields: object): object {
  const spec: ApiTaskSpec['ContainerSpec'] = { ...WEB.TaskTemplate?.ContainerSpec }
  return template({ ContainerSpec: { ...spec, ...fields } })
}

function read(swarm: SimulatedSwarm, name: string): ApiService {
  return swarm.call('GET', `/services/${name}`).value as ApiService
}
