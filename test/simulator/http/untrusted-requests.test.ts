import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { callSocket, servedWorld, writeRaw } from '../../helpers/served-world.ts'
import { serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const MIB = 1024 * 1024
/** A request that is held open needs no time limit of its own: what hangs fails by this one. */
const options = { timeout: 30_000 }

test('what is no HTTP is refused, and the next one is served', options, async context => {
  const { pathOf } = await servedWorld(context)
  const nonsense = [
    '\r\n\r\n',
    'GET\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
    '\u0016\u0003\u0001',
  ]
  for (const bytes of [...nonsense.slice(1), randomBytes(4096)]) {
    assert.match(await writeRaw(pathOf('node1'), bytes), /^HTTP\/1\.1 400 /)
  }
  const endless = `GET /?${'x'.repeat(2 * MIB)} HTTP/1.1\r\nHost: x\r\n\r\n`
  assert.match(await writeRaw(pathOf('node1'), endless), /^HTTP\/1\.1 431 /)
  assert.equal((await callSocket(pathOf('node1'), 'GET', '/_ping')).body, 'OK')
})

test(
  'a body that is too large is refused in JSON, be its length told or not, and the connection ends',
  options,
  async context => {
    const { pathOf, control } = await servedWorld(context)
    const head = 'POST /services/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
    const told = `${head}Content-Length: ${100 * MIB}\r\n\r\n{`
    const untold = `${head}Transfer-Encoding: chunked\r\n\r\n${(5 * MIB).toString(16)}\r\n${'x'.repeat(5 * MIB)}\r\n`
    for (const path of [pathOf('node1'), control]) {
      for (const bytes of [told, untold]) {
        const answer = await writeRaw(path, bytes)
        assert.match(
          answer,
          /^HTTP\/1\.1 413 [\s\S]*Connection: close[\s\S]*\{"message":"http: request body too large"\}\n/i,
        )
      }
    }
  },
)

test('a client that goes away in the middle of its request has asked nothing', options, async context => {
  const swarm = simulatedSwarm()
  const { pathOf } = await servedWorld(context, swarm.simulator)
  const socket = connect(pathOf('node1'))
  await once(socket, 'connect')
  const body = JSON.stringify(serviceSpec('web'))
  const head = `POST /services/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
  await new Promise(resolve => socket.write(head + body.slice(0, -1), resolve))
  socket.destroy()
  assert.equal((await callSocket(pathOf('node1'), 'GET', '/services')).body, '[]\n')
})

test('a client that listens to a stream and does not read it is hung up on', options, async context => {
  const { simulator } = simulatedSwarm()
  const { pathOf } = await servedWorld(context, simulator)
  const socket = connect(pathOf('node1'))
  await once(socket, 'connect')
  socket.pause().write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n')
  while (Object.keys(simulator.world.streams).length === 0) await callSocket(pathOf('node1'), 'GET', '/_ping')
  const [stream = ''] = Object.keys(simulator.world.streams)
  for (let count = 0; count < 8; count += 1) {
    simulator.world.deliveries.push({ stream, text: 'x'.repeat(MIB), isLast: false })
  }
  while (Object.keys(simulator.world.streams).length > 0) await callSocket(pathOf('node1'), 'GET', '/_ping')
  socket.destroy()
})

test('hundreds of clients at once are all answered', options, async context => {
  const { pathOf } = await servedWorld(context)
  const answers = await Promise.all(Array.from({ length: 400 }, () => callSocket(pathOf('node1'), 'GET', '/nodes')))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
})

test('whatever is asked, nothing breaks, and what was refused has changed nothing', options, async context => {
  const { simulator } = simulatedSwarm()
  const { pathOf } = await servedWorld(context, simulator, 1000)
  const stored = () => {
    const swarms = Object.values(simulator.world.swarms)
    return JSON.stringify(
      swarms.map(({ cluster, services, networks, secrets, configs }) => {
        return [cluster.spec, services, networks, secrets, configs]
      }),
    )
  }
  await fc.assert(
    fc.asyncProperty(REQUEST, async ({ method, path, query, body }) => {
      const before = stored()
      const answer = await callSocket(pathOf('node1'), method, `${path}?${query}`, body)
      assert.doesNotMatch(answer.body, /the simulator failed/)
      if (answer.status >= 400) assert.equal(stored(), before)
    }),
    { numRuns: 400 },
  )
  assert.equal((await callSocket(pathOf('node1'), 'GET', '/nodes')).status, 200)
})

/** Not among them: what never ends, and leaving the swarm, after which nothing else would be asked of one. */
const PATHS = [
  '/info',
  '/version',
  '/containers/json',
  '/containers/x/logs',
  '/images/json',
  '/networks',
  '/networks/create',
  '/networks/ingress',
  '/swarm',
  '/swarm/init',
  '/swarm/join',
  '/swarm/unlock',
  '/swarm/update',
  '/nodes',
  '/nodes/node5',
  '/nodes/node5/update',
  '/services',
  '/services/create',
  '/services/web',
  '/services/web/update',
  '/services/web/logs',
  '/tasks',
  '/secrets',
  '/secrets/create',
  '/configs/create',
  '/configs/x/update',
]

/** The words of specs, in all the wrong places. */
const KEYS =
  'Name Labels Spec TaskTemplate ContainerSpec Image Env Mounts Type Source Target Resources Limits Reservations NanoCPUs ' +
  'MemoryBytes RestartPolicy Condition Delay MaxAttempts Window Placement Constraints Preferences Spread SpreadDescriptor ' +
  'MaxReplicas Platforms Networks Aliases Mode Replicated Replicas Global ReplicatedJob UpdateConfig RollbackConfig ' +
  'Parallelism FailureAction Monitor MaxFailureRatio Order EndpointSpec Ports PublishedPort TargetPort PublishMode ' +
  'Protocol Availability Role Data Driver Options IPAM Config Subnet Gateway Attachable Ingress Internal ListenAddr ' +
  'AdvertiseAddr RemoteAddrs JoinToken ForceNewCluster UnlockKey Orchestration TaskHistoryRetentionLimit Raft ' +
  'EncryptionConfig AutoLockManagers CAConfig Healthcheck Test Interval Secrets Configs SecretName File UID __proto__'

const { value: VALUE } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1, -1, 1.5, 2 ** 53, '', 'x', 'any', 'web', 'node5', 'redis:8', 'node.role==worker'),
    fc.dictionary(fc.constantFrom(...KEYS.split(' ')), tie('value'), { maxKeys: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
}))

const REQUEST = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'POST', 'DELETE', 'PUT', 'HEAD'),
  path: fc.oneof(
    fc.constantFrom(...PATHS),
    fc.constantFrom(...PATHS).map(path => `/v1.44${path}`),
    fc.webPath().map(path => `/${path}`),
  ),
  query: fc.oneof(
    fc.webQueryParameters(),
    fc.json().map(json => `filters=${encodeURIComponent(json)}`),
    fc.constantFrom(
      'version=0',
      'version=-1',
      'version=1e9',
      'stdout=1&tail=-1&since=x',
      'rollback=previous&version=5',
    ),
  ),
  body: fc.oneof(
    VALUE.map(value => JSON.stringify(value) ?? ''),
    fc.json(),
    fc.string(),
  ),
})
