import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openForTest, refusal, startFakeEngine } from '../helpers/fake-engine.ts'

const NOBODY_STOPS_IT = new AbortController().signal
const DRAIN = { kind: 'drain', nodeId: 'n1', name: 'w1' } as const
const FORCE = { kind: 'force-update', serviceId: 's1', name: 'api' } as const
const OUT_OF_SEQUENCE = 'rpc error: code = Unknown desc = update out of sequence'

/** An engine with one object at `path`, which keeps what is sent to it. `refuse` says no to the first so many. */
async function startWithObject(
  context: Parameters<typeof startFakeEngine>[0],
  { path, object, refuse = 0, message = OUT_OF_SEQUENCE, accept = '' }: WithObject,
) {
  const sent: string[] = []
  let refusals = 0
  const fake = await startFakeEngine(context, {
    [path]: object,
    [`${path}/update`]: async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      sent.push(body)
      const reply = refusal(500, message)
      if (refusals++ < refuse && typeof reply === 'function') reply(request, response)
      else response.end(accept)
    },
  })
  return { ...fake, sent }
}

type WithObject = {
  readonly path: string
  readonly object: object | string
  readonly refuse?: number
  readonly message?: string
  readonly accept?: string
}

const NODE = {
  ID: 'n1',
  Version: { Index: 17 },
  Spec: { Role: 'worker', Availability: 'active', Labels: { disk: 'ssd' } },
}

test('A drain sends the whole spec as the body, and the version alone in the URL', async context => {
  const { endpoint, requests, sent } = await startWithObject(context, { path: '/nodes/n1', object: NODE })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)

  assert.deepEqual(answer, { ok: true, value: { kind: 'accepted', version: 17, forceUpdate: null, warnings: [] } })
  assert.deepEqual(requests, ['GET /nodes/n1', 'POST /nodes/n1/update?version=17'])
  assert.deepEqual(sent, ['{"Role":"worker","Availability":"drain","Labels":{"disk":"ssd"}}'])
})

test('A force update raises the counter, keeps the credentials, and passes the warnings on', async context => {
  const { endpoint, requests, sent } = await startWithObject(context, {
    path: '/services/s1',
    object: {
      ID: 's1',
      Version: { Index: 4 },
      Spec: { Name: 'api', TaskTemplate: { ForceUpdate: 2, Runtime: 'container' } },
    },
    accept: '{"Warnings":["no such image"]}',
  })
  const answer = await openForTest(context, endpoint).perform(FORCE, NOBODY_STOPS_IT)

  const warnings = ['no such image']
  assert.deepEqual(answer, { ok: true, value: { kind: 'accepted', version: 4, forceUpdate: 3, warnings } })
  assert.equal(requests[1], 'POST /services/s1/update?version=4&registryAuthFrom=spec')
  assert.deepEqual(sent, ['{"Name":"api","TaskTemplate":{"ForceUpdate":3,"Runtime":"container"}}'])
})

test('Fields that we have no name for, and 64-bit integers, go back as they came', async context => {
  const spec = '{"Name":"api","New":{"a":[9223372036854775807,0.1,1e30]},"TaskTemplate":{"ForceUpdate":0}}'
  const { endpoint, sent } = await startWithObject(context, {
    path: '/services/s1',
    object: `{"ID":"s1","Version":{"Index":4},"Spec":${spec}}`,
  })
  await openForTest(context, endpoint).perform(FORCE, NOBODY_STOPS_IT)

  assert.deepEqual(sent, [
    '{"Name":"api","New":{"a":[9223372036854775807,0.1,1e+30]},"TaskTemplate":{"ForceUpdate":1}}',
  ])
})

test('Somebody who was quicker makes it read again, once', async context => {
  const { endpoint, requests } = await startWithObject(context, { path: '/nodes/n1', object: NODE, refuse: 1 })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)

  assert(answer.ok && answer.value.kind === 'accepted')
  assert.deepEqual(
    requests.map(request => request.split(' ')[0]),
    ['GET', 'POST', 'GET', 'POST'],
  )
})

test('Somebody who is quicker twice is told of', async context => {
  const { endpoint, requests } = await startWithObject(context, { path: '/nodes/n1', object: NODE, refuse: 9 })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)

  assert.deepEqual(answer, { ok: true, value: { kind: 'refused', text: 'update out of sequence' } })
  assert.equal(requests.length, 4)
})

test("A refusal comes in the daemon's words, and is not tried again", async context => {
  const message = 'rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm'
  const { endpoint, requests } = await startWithObject(context, { path: '/nodes/n1', object: NODE, refuse: 9, message })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)

  const text = 'attempting to demote the last manager of the swarm'
  assert.deepEqual(answer, { ok: true, value: { kind: 'refused', text } })
  assert.equal(requests.length, 2)
})

test('An object that is gone is a refusal', async context => {
  const { endpoint } = await startFakeEngine(context, { '/nodes/n1': refusal(404, 'node n1 not found') })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)
  assert.deepEqual(answer, { ok: true, value: { kind: 'refused', text: 'node n1 not found' } })
})

for (const [message, kind] of [
  ['rpc error: code = Unknown desc = The swarm does not have a leader. It is possible …', 'no-leader'],
  ['rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status', 'no-leader'],
  ["This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state.", 'worker'],
] as const) {
  test(`What keeps the engine from answering is a problem: ${kind}`, async context => {
    const { endpoint } = await startWithObject(context, { path: '/nodes/n1', object: NODE, refuse: 9, message })
    const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)
    assert(!answer.ok)
    assert.equal(answer.problem.kind, kind)
  })
}

test('What keeps the engine from telling of the object leaves all as it is, and says so', async context => {
  const { endpoint, requests } = await startFakeEngine(context, {
    '/nodes/n1': refusal(500, 'rpc error: code = Unknown desc = The swarm does not have a leader.'),
  })
  const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)
  const text =
    'The swarm has no leader, since too few managers are online; bring back more than half of them (nothing was changed)'
  assert.deepEqual(answer, { ok: true, value: { kind: 'refused', text } })
  assert.deepEqual(requests, ['GET /nodes/n1'])
})

for (const object of [{ ID: 'n1' }, { ID: 'n1', Version: { Index: 1 }, Spec: null }, { ID: 'n1', Spec: {} }, []]) {
  test(`Nothing is sent where ${JSON.stringify(object)} was read`, async context => {
    const { endpoint, requests } = await startWithObject(context, { path: '/nodes/n1', object })
    const answer = await openForTest(context, endpoint).perform(DRAIN, NOBODY_STOPS_IT)
    assert(answer.ok && answer.value.kind === 'refused')
    assert.match(answer.value.text, /^The answer to \/nodes\/n1 is not a Docker engine's: .* \(nothing was changed\)$/)
    assert.deepEqual(requests, ['GET /nodes/n1'])
  })
}

test('An ID is part of the path and nothing more', async context => {
  const { endpoint, requests } = await startFakeEngine(context)
  await openForTest(context, endpoint).perform({ ...DRAIN, nodeId: '../x?y' }, NOBODY_STOPS_IT)
  assert.deepEqual(requests, ['GET /nodes/..%2Fx%3Fy'])
})
