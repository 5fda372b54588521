import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Operation } from '../../source/operations/operation.ts'
import { openForTest, startFakeEngine } from '../helpers/fake-engine.ts'
import { servedWorld } from '../helpers/served-world.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

const NOBODY_STOPS_IT = new AbortController().signal
const STACK = { 'com.docker.stack.namespace': 'shop' }

/** A swarm with a service of a stack that was changed once, on sockets; and an engine that is open on its leader. */
async function openSwarm(context: TestContext) {
  const swarm = simulatedSwarm()
  swarm.call('POST', '/networks/create', { Name: 'shop_net', Driver: 'overlay', Labels: STACK })
  swarm.create({ ...serviceSpec('shop_api', { replicas: 2 }), Labels: { ...STACK, owner: 'team' } })
  swarm.pass(30_000)
  swarm.changeService('shop_api', spec => ({ ...spec, Labels: STACK }))
  swarm.pass(30_000)
  const { pathOf } = await servedWorld(context, swarm.simulator, 10)
  return { swarm, engine: openForTest(context, { kind: 'unix', name: 'node1', context: '', path: pathOf('node1') }) }
}

const nodeId = (swarm: SimulatedSwarm, name: string): string =>
  swarm.nodes().find(({ Description }) => Description?.Hostname === name)?.ID ?? ''

type Target = { readonly serviceId: string; readonly swarm: SimulatedSwarm }

const EVERY_KIND: readonly (readonly [words: string, operation: (target: Target) => Operation])[] = [
  ['scale', ({ serviceId }) => ({ kind: 'scale', serviceId, name: 'api', replicas: 3 })],
  ['change-image', ({ serviceId }) => ({ kind: 'change-image', serviceId, name: 'api', image: 'redis:9' })],
  ['roll-back', ({ serviceId }) => ({ kind: 'roll-back', serviceId, name: 'api' })],
  ['resume-update', ({ serviceId }) => ({ kind: 'resume-update', serviceId, name: 'api' })],
  ['label-service', ({ serviceId }) => ({ kind: 'label-service', serviceId, name: 'api', set: { a: 'b' }, unset: [] })],
  ['remove-service', ({ serviceId }) => ({ kind: 'remove-service', serviceId, name: 'api' })],
  ['remove-stack', () => ({ kind: 'remove-stack', stack: 'shop', name: 'shop' })],
  [
    'label-node',
    ({ swarm }) => ({ kind: 'label-node', nodeId: nodeId(swarm, 'node5'), name: 'node5', set: { a: 'b' }, unset: [] }),
  ],
  [
    'remove-node, a worker',
    ({ swarm }) => ({ kind: 'remove-node', nodeId: nodeId(swarm, 'node5'), name: 'node5', isForced: true }),
  ],
  [
    'remove-node, a manager',
    ({ swarm }) => ({ kind: 'remove-node', nodeId: nodeId(swarm, 'node3'), name: 'node3', isForced: true }),
  ],
  ['set-history-limit', () => ({ kind: 'set-history-limit', limit: 2, name: 'swarm' })],
]

for (const [words, operation] of EVERY_KIND) {
  test(`an engine is asked for it, and takes it: ${words}`, async context => {
    const { swarm, engine } = await openSwarm(context)
    const serviceId = swarm.services()[0]?.ID ?? ''
    const answer = await engine.perform(operation({ serviceId, swarm }), NOBODY_STOPS_IT)
    assert.ok(answer.ok)
    assert.equal(answer.value.kind, 'accepted', JSON.stringify(answer))
  })
}

test('Whoever gives up while a manager is being taken out of the raft is not left waiting', async context => {
  const stop = new AbortController()
  const member = { ID: 'n3', Version: { Index: 5 }, Spec: { Role: 'manager' }, ManagerStatus: {} }
  let looks = 0
  const { endpoint, requests } = await startFakeEngine(context, {
    '/nodes/n3': (_, response) => {
      looks += 1
      response.end(JSON.stringify(member), () => looks > 2 && stop.abort())
    },
    '/nodes/n3/update': '',
  })
  const operation = { kind: 'remove-node', nodeId: 'n3', name: 'm3', isForced: false } as const
  const answer = await openForTest(context, endpoint).perform(operation, stop.signal)
  assert.equal(answer.ok, false)
  assert.deepEqual(
    requests.filter(request => request.startsWith('DELETE')),
    [],
  )
})
