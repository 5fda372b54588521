import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const SPEC = {
  ...serviceSpec('api', { ports: [8081], update: { Parallelism: 2, Delay: 1e9, FailureAction: 'rollback' } }),
  TaskTemplate: {
    ContainerSpec: {
      Image: 'api:1',
      Env: ['A=1'],
      Labels: { a: 'b' },
      Mounts: [{ Type: 'volume', Source: 'a', Target: '/a' }],
      Healthcheck: { Test: ['CMD', 'true'], Interval: 1e9, Retries: 3 },
      Privileges: { CredentialSpec: { File: 'a' } },
      StopGracePeriod: 1e9,
      Hosts: ['10.0.0.1 a'],
      Ulimits: [{ Name: 'nofile', Hard: 1, Soft: 1 }],
    },
    Resources: { Limits: { NanoCPUs: 1e9 }, Reservations: { MemoryBytes: 1e8, GenericResources: [] } },
    RestartPolicy: { Condition: 'any', Delay: 1e9, MaxAttempts: 1, Window: 1e9 },
    Placement: { Constraints: ['node.role==worker'], Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.a' } }] },
    Networks: [{ Target: 'host', Aliases: ['a'] }],
    LogDriver: { Name: 'json-file' },
    ForceUpdate: 1,
  },
}

const SOUND_BODIES: Readonly<Record<string, unknown>> = {
  '/services/create': SPEC,
  '/services/web/update?version=WEB': { ...SPEC, Name: 'web' },
  '/networks/create': {
    Name: 'net',
    Driver: 'overlay',
    IPAM: { Driver: 'default', Config: [{ Subnet: '10.9.0.0/24', Gateway: '10.9.0.1', IPRange: '10.9.0.0/25' }] },
    Options: { a: 'b' },
    Labels: { a: 'b' },
    Attachable: true,
  },
  '/secrets/create': { Name: 'key', Labels: { a: 'b' }, Data: 'aGVsbG8=', Templating: { Name: 'golang' } },
  '/configs/create': { Name: 'key', Labels: { a: 'b' }, Data: 'aGVsbG8=' },
  '/nodes/node4/update?version=NODE': { Name: '', Labels: { a: 'b' }, Role: 'worker', Availability: 'drain' },
  '/swarm/init': { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: '10.0.1.1', ForceNewCluster: true, Spec: { Labels: {} } },
  '/swarm/join': { ListenAddr: '0.0.0.0', RemoteAddrs: ['10.0.1.1:2377'], JoinToken: 'SWMTKN-1-a-b' },
  '/swarm/unlock': { UnlockKey: 'SWMKEY-1-a' },
  '/swarm/update?version=10': {
    Name: 'default',
    Orchestration: { TaskHistoryRetentionLimit: 2 },
    Raft: {},
    Dispatcher: {},
  },
}

/** Values that are out of place nearly everywhere. */
const HOSTILE = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1, 1, 1.5, 1e9, 2 ** 53, 1.8e19, -9e18, 1e308],
    ...['', '-', '\0', '__proto__', 'constructor', '../../etc', 'a'.repeat(300), 'ä💥', '{{.Service', '[[', '(a+)+$'],
    ...[[], {}, [[]], [null], { '': '' }, { a: null }, ['a', 1], { length: -1 }],
  ),
  fc.jsonValue({ maxDepth: 3 }).map(value => value as unknown),
)

test('no body that is sent anywhere throws, or leaves anything behind when it is refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(SOUND_BODIES)),
      fc.array(fc.tuple(fc.nat(), HOSTILE), { maxLength: 4 }),
      (path, spoils) => {
        const swarm = simulatedSwarm()
        swarm.create(serviceSpec('web'))
        const body = spoils.reduce((value, [where, wrong]) => spoil(value, where, wrong), SOUND_BODIES[path])
        const before = JSON.stringify(swarm.simulator.world)
        const reply = post(swarm.simulator, withVersions(swarm, path), JSON.stringify(body))
        if (reply.kind !== 'answer') return
        assert.ok(reply.status < 300 || JSON.parse(reply.body).message.length > 0, reply.body)
        assert.ok(!reply.body.includes('simulator'), reply.body)
        if (reply.status >= 400) assert.equal(JSON.stringify(swarm.simulator.world), before, reply.body)
        swarm.pass(2_000)
      },
    ),
    { numRuns: 400 },
  )
})

test('the sound bodies are taken', () => {
  for (const path of ['/services/create', '/services/web/update?version=WEB', '/networks/create', '/secrets/create']) {
    const swarm = simulatedSwarm()
    swarm.create(serviceSpec('web'))
    const reply = post(swarm.simulator, withVersions(swarm, path), JSON.stringify(SOUND_BODIES[path]))
    const expected = path.includes('update') ? 200 : 201
    assert.equal(statusOf(reply), expected, JSON.stringify(reply))
  }
})

test('what is no JSON is explained in Go’s words', () => {
  const cases: readonly (readonly [body: string, message: string])[] = [
    ['{b', "invalid JSON: invalid character 'b' looking for beginning of object key string"],
    ['{"a" 1}', "invalid JSON: invalid character '1' after object key"],
    ['{"a":1 "b"', `invalid JSON: invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid JSON: invalid character '2' after array element"],
    ['{"a":tru}', "invalid JSON: invalid character '}' in literal true (expecting 'e')"],
    ['{"a":01}', "invalid JSON: invalid character '1' after object key:value pair"],
    ['{"a":-}', "invalid JSON: invalid character '}' in numeric literal"],
    ['{"a":"\\x"}', "invalid JSON: invalid character 'x' in string escape code"],
    ['nope', "invalid JSON: invalid character 'o' in literal null (expecting 'u')"],
    ['{"a":', 'invalid JSON: unexpected EOF'],
    ['  ', 'invalid JSON: got EOF while reading request body'],
    ['{} {}', 'unexpected content after JSON'],
    ['[]', 'invalid JSON: json: cannot unmarshal array into Go value of type swarm.ServiceSpec'],
    [
      '{"Name":1}',
      'invalid JSON: json: cannot unmarshal number 1 into Go struct field ServiceSpec.Name of type string',
    ],
    [
      '{"Mode":{"Replicated":{"Replicas":-1}}}',
      'invalid JSON: json: cannot unmarshal number -1 into Go struct field ServiceSpec.Mode.Replicated.Replicas of type uint64',
    ],
    [
      '{"TaskTemplate":{"ContainerSpec":{"Args":"sleep"}}}',
      'invalid JSON: json: cannot unmarshal string into Go struct field ServiceSpec.TaskTemplate.ContainerSpec.Args of type []string',
    ],
  ]
  const { simulator } = simulatedSwarm()
  for (const [body, message] of cases) {
    const reply = post(simulator, '/services/create', body)
    assert.deepEqual(reply.kind === 'answer' && JSON.parse(reply.body), { message }, body)
  }
})

test('a body may be deep and long, and its names may be anything', () => {
  const { simulator } = simulatedSwarm()
  const deep = `{"Name":"a","Deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  assert.equal(statusOf(post(simulator, '/configs/create', deep)), 400)
  const name = `${'a'.repeat(60_000)}!`
  assert.equal(statusOf(post(simulator, '/services/create', JSON.stringify({ ...SPEC, Name: name }))), 400)
  const labels = `{"name":"x","DATA":"aGk=","labels":{"__proto__":"p","constructor":"c"}}`
  assert.equal(statusOf(post(simulator, '/configs/create', labels)), 201)
  const reply = simulator.handle({ machine: 'node1', method: 'GET', path: '/configs/x', headers: {}, body: '' })
  assert.match(reply.kind === 'answer' ? reply.body : '', /"Labels":\{"__proto__":"p","constructor":"c"\}/)
  const filters = encodeURIComponent('{"label":{"__proto__":true},"__proto__":{"a":true}}')
  assert.equal(statusOf(get(simulator, `/configs?filters=${filters}`)), 400)
})

test('what no machines could run is not begun', () => {
  const { simulator } = simulatedSwarm()
  for (const [replicas, status] of [
    [1e9, 501],
    [1.8e19, 400],
    [100_001, 501],
  ] as const) {
    const spec = { ...serviceSpec('web'), Mode: { Replicated: { Replicas: replicas } } }
    assert.equal(statusOf(post(simulator, '/services/create', JSON.stringify(spec))), status)
  }
})

/** An update that is late is refused, whatever its body. */
function withVersions(swarm: SimulatedSwarm, path: string): string {
  const web = swarm.services().find(({ Spec }) => Spec?.Name === 'web')?.Version?.Index
  const node = swarm.nodes().find(({ Description }) => Description?.Hostname === 'node4')?.Version?.Index
  return path.replace('WEB', String(web)).replace('NODE', String(node))
}

type Simulator = ReturnType<typeof simulatedSwarm>['simulator']

function post(simulator: Simulator, path: string, body: string) {
  return simulator.handle({
    machine: 'node1',
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body,
  })
}

function get(simulator: Simulator, path: string) {
  return simulator.handle({ machine: 'node1', method: 'GET', path, headers: {}, body: '' })
}

function statusOf(reply: ReturnType<typeof post>): number {
  return reply.kind === 'answer' ? reply.status : 0
}

/** Puts something wrong in the place of one of its parts, whichever the number comes to. */
function spoil(value: unknown, where: number, wrong: unknown): unknown {
  if (typeof value !== 'object' || value === null) return wrong
  const entries = Object.entries(value)
  const chosen = where % (entries.length + 1)
  if (chosen === entries.length) return Array.isArray(value) ? [...value, wrong] : { ...value, extra: wrong }
  const next = Math.floor(where / (entries.length + 1))
  const changed = entries.map(([key, one], index) => [key, index === chosen ? spoil(one, next, wrong) : one] as const)
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed)
}
