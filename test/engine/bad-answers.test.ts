import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { LARGEST_BODY_BYTES } from '../../source/engine/read-body.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import { apiNode } from '../helpers/api-builders.ts'
import { openForTest, refusal, startFakeEngine, startFakeTcpEngine } from '../helpers/fake-engine.ts'

const NOBODY_STOPS_IT = new AbortController().signal
const NOT_LISTENING = () => {}
const PAGE = '<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>'

type FakeReply = NonNullable<Parameters<typeof startFakeEngine>[1]>[string]

const badAnswers: readonly { readonly title: string; readonly reply: FakeReply; readonly problem: Problem }[] = [
  {
    title: 'JSON that is cut',
    reply: '[{"ID":"n1","Spec":{"La',
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'JSON that is cut or broken, 23 characters long' },
  },
  {
    title: 'Nothing at all',
    reply: '',
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'an empty answer' },
  },
  {
    title: 'A web page',
    reply: PAGE,
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'a web page' },
  },
  {
    title: 'A web page of a proxy that reaches nobody',
    reply: (_request, response) => response.writeHead(502, { 'Content-Type': 'text/html' }).end(PAGE),
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'a web page with HTTP status 502' },
  },
  {
    title: 'An object in place of a list',
    reply: { nodes: [] },
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'not a list' },
  },
  {
    title: 'null',
    reply: 'null',
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'not a list' },
  },
  {
    title: 'A list with something in it that is no node',
    reply: [{ ID: 'n1' }, 7],
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'entry 2 of the list has no ID' },
  },
  {
    title: 'A redirect to another host',
    reply: (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'HTTP status 302' },
  },
  {
    title: 'A redirect to another protocol',
    reply: (_request, response) => response.writeHead(301, { Location: 'ftp://[' }).end(),
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'HTTP status 301' },
  },
  {
    title: 'A body that ends before its announced length',
    reply: (_request, response) =>
      response.writeHead(200, { 'Content-Length': 100 }).write('[', () => response.destroy()),
    problem: { kind: 'closed', path: '/nodes', detail: 'aborted' },
  },
  {
    title: 'A chunked body whose end never comes',
    reply: (_request, response) => response.writeHead(200).write('[', () => response.destroy()),
    problem: { kind: 'closed', path: '/nodes', detail: 'aborted' },
  },
  {
    title: 'A connection that closes without a word',
    reply: request => request.socket.destroy(),
    problem: { kind: 'closed', path: '/nodes', detail: 'socket hang up' },
  },
  {
    title: 'An error body that is cut',
    reply: (_request, response) =>
      response.writeHead(500, { 'Content-Length': 9 }).write('{', () => response.destroy()),
    problem: { kind: 'closed', path: '/nodes', detail: 'aborted' },
  },
  {
    title: 'A body that is too large to be held',
    reply: (_request, response) => Readable.from(blanks(LARGEST_BODY_BYTES + 1)).pipe(response),
    problem: { kind: 'bad-answer', path: '/nodes', detail: 'more than 256 MiB' },
  },
  {
    title: "The daemon's own refusal",
    reply: refusal(500, 'rpc error: code = Unknown desc = something new'),
    problem: { kind: 'http', status: 500, message: 'something new' },
  },
  {
    title: 'A refusal in plain text',
    reply: (_request, response) => response.writeHead(400).end('client version 1.12 is too old.\n'),
    problem: { kind: 'http', status: 400, message: 'client version 1.12 is too old.' },
  },
]

function* blanks(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  for (let made = 0; made < bytes; made += chunk.length) yield chunk
}

for (const { title, reply, problem } of badAnswers) {
  test(`${title}: ${problem.kind}`, async context => {
    const { endpoint } = await startFakeEngine(context, { '/nodes': reply })
    const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
    assert.deepEqual(answer, { ok: false, problem })
  })
}

test('After a bad answer the next one is read as if nothing had been', async context => {
  const replies: FakeReply[] = [PAGE, (_request, response) => response.destroy(), []]
  const { endpoint } = await startFakeEngine(context, {
    '/nodes': (request, response) => {
      const reply = replies.shift()
      if (typeof reply === 'function') reply(request, response)
      else response.end(typeof reply === 'string' ? reply : JSON.stringify(reply))
    },
  })
  const engine = openForTest(context, endpoint)
  const kinds = []
  for (let count = 0; count < 3; count++) {
    const answer = await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)
    kinds.push(answer.ok ? 'read' : answer.problem.kind)
  }
  assert.deepEqual(kinds, ['bad-answer', 'closed', 'read'])
})

test('A label of 50 MB is a label', async context => {
  const long = 'x'.repeat(50 * 1024 * 1024)
  const { endpoint } = await startFakeEngine(context, { '/nodes': [apiNode({ name: 'm1', labels: { long } })] })
  const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
  assert(answer.ok)
  assert.equal(answer.value.nodes[0]?.Spec?.Labels?.long?.length, long.length)
})

test('Fields that are missing, or are of another type, are no failure', async context => {
  const { endpoint } = await startFakeEngine(context, {
    '/info': { Name: 7, Swarm: { LocalNodeState: 'active', ControlAvailable: true, RemoteManagers: {}, Error: 1 } },
    '/version': { ApiVersion: 1.5 },
    '/nodes': [{ ID: 'n1' }],
  })
  const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
  assert(answer.ok)
  assert.deepEqual(answer.value.nodes, [{ ID: 'n1' }])
})

test('What speaks no HTTP is named so', async context => {
  const server = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  context.after(() => server.close())
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  const { port } = address
  const engine = openForTest(context, { ...(await startFakeTcpEngine(context)), port })

  const answer = await engine.ping(NOBODY_STOPS_IT)

  assert.deepEqual(answer, { ok: false, problem: { kind: 'bad-answer', path: '/_ping', detail: 'not HTTP' } })
})
