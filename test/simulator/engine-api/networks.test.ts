import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiService } from '../../../source/api/service.ts'
import type { ApiTask } from '../../../source/api/task.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('a network gets the lowest free subnet, a service its address, and tasks theirs behind it', () => {
  const swarm = simulatedSwarm()
  const shop = create(swarm, { Name: 'shop', Driver: 'overlay' })
  create(swarm, { Name: 'other', Driver: 'overlay' })
  assert.deepEqual(subnets(swarm), ['ingress 10.0.0.0/24', 'other 10.0.2.0/24', 'shop 10.0.1.0/24'])

  swarm.create(onNetworks('web', ['shop'], { replicas: 2, ports: [8080] }))
  swarm.pass(10_000)
  const [web] = swarm.services()
  assert.equal(web?.Spec?.TaskTemplate?.Networks?.[0]?.Target, shop)
  const [ingressVip, vip] = web?.Endpoint?.VirtualIPs ?? []
  assert.match(ingressVip?.Addr ?? '', /^10\.0\.0\.\d+\/24$/)
  assert.deepEqual(vip, { NetworkID: shop, Addr: '10.0.1.2/24' })
  assert.deepEqual(addresses(swarm, 'web'), [
    'ingress 10.0.0.8/24 shop 10.0.1.3/24',
    'ingress 10.0.0.9/24 shop 10.0.1.4/24',
  ])
})

test('addresses are given in sequence, and one that was given back does not return at once', () => {
  const swarm = simulatedSwarm()
  create(swarm, { Name: 'shop', Driver: 'overlay', IPAM: { Config: [{ Subnet: '10.5.0.0/29', Gateway: '10.5.0.3' }] } })
  swarm.create(onNetworks('a', ['shop']))
  assert.equal(vipOf(swarm, 'a'), '10.5.0.1/29')
  swarm.call('DELETE', '/services/a')
  swarm.pass(60_000)
  swarm.create(onNetworks('b', ['shop']))
  assert.notEqual(vipOf(swarm, 'b'), '10.5.0.1/29')
})

test('tasks that find no address wait as new, and go on when one is free', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0 })
  create(swarm, { Name: 'tiny', Driver: 'overlay', IPAM: { Config: [{ Subnet: '10.5.0.0/29' }] } })
  swarm.create(onNetworks('a', ['tiny'], { replicas: 6 }))
  swarm.pass(10_000)
  const states = () => swarm.tasks('a').map(({ Status }) => Status?.State)
  assert.equal(states().filter(state => state === 'running').length, 4, 'six, less gateway and service')
  assert.equal(states().filter(state => state === 'new').length, 2)
  swarm.changeService('a', spec => ({ ...spec, Mode: { Replicated: { Replicas: 1 } } }))
  swarm.pass(30_000)
  swarm.create(onNetworks('b', ['tiny'], { endpointMode: 'dnsrr' }))
  swarm.pass(10_000)
  assert.deepEqual(
    swarm.tasks('b').map(({ Status }) => Status?.State),
    ['running'],
  )
})

test('a service that clients find by the names of its tasks has no address of its own', () => {
  const swarm = simulatedSwarm()
  create(swarm, { Name: 'shop', Driver: 'overlay' })
  swarm.create(onNetworks('web', ['shop'], { endpointMode: 'dnsrr' }))
  swarm.pass(5_000)
  assert.deepEqual(swarm.services()[0]?.Endpoint, { Spec: {} })
  assert.equal(swarm.tasks('web')[0]?.Status?.State, 'running')
})

test('a node is in an overlay for as long as a task on it is, and says so without words', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0 })
  create(swarm, { Name: 'shop', Driver: 'overlay' })
  const heard = swarm.listen('/events?filters={"type":["node","network"]}')
  swarm.create(onNetworks('web', ['shop']))
  swarm.pass(5_000)
  assert.deepEqual(eventsOf(heard), ['node update node1', 'local network create shop', 'local network connect shop'])
  assert.equal(inspect(swarm, 'shop').EnableIPv4, true)
  assert.deepEqual(
    Object.values(inspect(swarm, 'shop').Containers ?? {}).map(({ IPv4Address }) => IPv4Address),
    ['10.0.1.3/24', '10.0.1.4/24'],
  )
  swarm.call('DELETE', '/services/web')
  swarm.pass(20_000)
  assert.equal(inspect(swarm, 'shop').Containers, null)
  assert.ok(eventsOf(heard).includes('local network destroy shop'))
})

test('refusals are the engine’s own', () => {
  const swarm = simulatedSwarm()
  const shop = create(swarm, { Name: 'shop', Driver: 'overlay' })
  swarm.create(onNetworks('web', ['shop']))
  const web = swarm.services()[0]?.ID
  const cases: readonly (readonly [status: number, message: string, method: string, path: string, body?: unknown])[] = [
    [409, 'network with name shop already exists', 'POST', '/networks/create', { Name: 'shop', Driver: 'overlay' }],
    [403, 'operation is not permitted on predefined none network ', 'POST', '/networks/create', { Name: 'none' }],
    [400, 'invalid name: name is empty', 'POST', '/networks/create', { Driver: 'overlay' }],
    [
      409,
      `rpc error: code = AlreadyExists desc = ingress network (${ingressOf(swarm)}) is already present`,
      'POST',
      '/networks/create',
      { Name: 'in', Driver: 'overlay', Ingress: true },
    ],
    [
      400,
      'rpc error: code = InvalidArgument desc = name must be valid as a DNS name component',
      'POST',
      '/networks/create',
      { Name: 'a b', Driver: 'overlay' },
    ],
    [404, 'network nosuch not found', 'GET', '/networks/nosuch'],
    [404, 'network nosuch not found', 'DELETE', '/networks/nosuch'],
    [
      400,
      `rpc error: code = FailedPrecondition desc = network ${shop} is in use by service ${web}`,
      'DELETE',
      '/networks/shop',
    ],
    [403, 'host is a pre-defined network and cannot be removed', 'DELETE', '/networks/host'],
    [400, "invalid filter 'foo'", 'GET', '/networks?filters={"foo":["bar"]}'],
    [500, "invalid filter: 'type'='x'", 'GET', '/networks?filters={"type":["x"]}'],
    [500, 'network nosuch not found', 'POST', '/services/create', onNetworks('a', ['nosuch'])],
    [
      400,
      'rpc error: code = InvalidArgument desc = Service cannot be explicitly attached to the ingress network "ingress"',
      'POST',
      '/services/create',
      onNetworks('a', ['ingress']),
    ],
    [
      403,
      'The network docker_gwbridge cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.',
      'POST',
      '/services/create',
      onNetworks('a', ['docker_gwbridge']),
    ],
  ]
  for (const [status, message, method, path, body] of cases) {
    const answer = swarm.call(method, path, body)
    assert.deepEqual([answer.status, answer.value], [status, { message }], `${method} ${path}`)
  }
})

test('an engine’s own networks are its own, and a worker shows no others than those it uses', () => {
  const swarm = simulatedSwarm()
  create(swarm, { Name: 'shop', Driver: 'overlay' })
  assert.equal(swarm.call('POST', '/networks/create', { Name: 'here' }, 'node4').status, 201)
  assert.deepEqual(names(swarm, 'node4'), ['bridge', 'docker_gwbridge', 'here', 'host', 'ingress', 'none'])
  assert.deepEqual(names(swarm, 'node1'), ['bridge', 'docker_gwbridge', 'host', 'ingress', 'none', 'shop'])
  assert.equal(swarm.call('DELETE', '/networks/here', undefined, 'node4').status, 204)
  assert.deepEqual(names(swarm, 'node4'), ['bridge', 'docker_gwbridge', 'host', 'ingress', 'none'])
})

type ShownNetwork = {
  readonly Name: string
  readonly Id: string
  readonly Ingress: boolean
  readonly EnableIPv4: boolean
  readonly IPAM: { readonly Config: readonly { readonly Subnet: string }[] | null }
  readonly Containers: Readonly<Record<string, { readonly IPv4Address: string }>> | null
}

function create(swarm: SimulatedSwarm, body: object): string {
  const answer = swarm.call('POST', '/networks/create', body)
  assert.equal(answer.status, 201, answer.body)
  return (answer.value as { readonly Id: string }).Id
}

function onNetworks(
  name: string,
  networks: readonly string[],
  { endpointMode = 'vip', ...options }: Parameters<typeof serviceSpec>[1] & { readonly endpointMode?: string } = {},
) {
  const spec = serviceSpec(name, options)
  return {
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, Networks: networks.map(Target => ({ Target })) },
    EndpointSpec: { ...spec.EndpointSpec, Mode: endpointMode },
  }
}

function list(swarm: SimulatedSwarm, machine = 'node1'): readonly ShownNetwork[] {
  return swarm.call('GET', '/networks', undefined, machine).value as readonly ShownNetwork[]
}

function inspect(swarm: SimulatedSwarm, name: string): ShownNetwork {
  return swarm.call('GET', `/networks/${name}`).value as ShownNetwork
}

function names(swarm: SimulatedSwarm, machine: string): readonly string[] {
  return list(swarm, machine)
    .map(({ Name }) => Name)
    .toSorted()
}

function ingressOf(swarm: SimulatedSwarm): string {
  return list(swarm).find(({ Ingress }) => Ingress)?.Id ?? ''
}

function subnets(swarm: SimulatedSwarm): readonly string[] {
  return list(swarm)
    .filter(({ Id }) => Id.length === 25)
    .map(({ Name, IPAM }) => `${Name} ${IPAM.Config?.[0]?.Subnet}`)
    .toSorted()
}

function vipOf(swarm: SimulatedSwarm, name: string): string | undefined {
  const service = swarm.call('GET', `/services/${name}`).value as ApiService
  return service.Endpoint?.VirtualIPs?.[0]?.Addr
}

type Attached = ApiTask & {
  readonly NetworksAttachments?: readonly {
    readonly Network: { readonly Spec: { readonly Name: string } }
    readonly Addresses: readonly string[]
  }[]
}

function addresses(swarm: SimulatedSwarm, service: string): readonly string[] {
  return (swarm.tasks(service) as readonly Attached[])
    .toSorted((one, other) => (one.Slot ?? 0) - (other.Slot ?? 0))
    .map(({ NetworksAttachments = [] }) =>
      NetworksAttachments.map(({ Network, Addresses }) => `${Network.Spec.Name} ${Addresses}`).join(' '),
    )
}

function eventsOf(heard: ReturnType<SimulatedSwarm['listen']>): readonly string[] {
  return heard().events.map(({ scope, Type, Action, Actor }) =>
    [scope === 'local' ? 'local' : '', Type, Action, Actor?.Attributes?.name].filter(word => word !== '').join(' '),
  )
}
