import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { TlsMaterial } from '../../source/engine/endpoint.ts'
import { createAuthority } from '../helpers/certificates.ts'
import { openForTest, startFakeTcpEngine } from '../helpers/fake-engine.ts'

const authority = createAuthority()
const stranger = createAuthority()
const server = authority.sign('IP:127.0.0.1', 'DNS:engine.example')
const client = authority.sign()

const TLS: TlsMaterial = { ca: authority.cert, ...client, verify: true, serverName: '' }
const ASKS_FOR_CERTIFICATE = { requestCert: true, ca: authority.cert }

type Sides = { readonly client: TlsMaterial | null; readonly server?: object }

async function ping(context: TestContext, sides: Sides) {
  const endpoint = await startFakeTcpEngine(context, sides.server === undefined ? {} : { server: sides.server })
  const answer = await openForTest(context, { ...endpoint, tls: sides.client }).ping(new AbortController().signal)
  if (answer.ok) return 'OK'
  const { problem } = answer
  assert(problem.kind === 'tls', `${JSON.stringify(problem)} is about TLS`)
  assert.equal(problem.address, `127.0.0.1:${endpoint.port}`)
  return `${problem.side}: ${problem.detail}`
}

test('Both sides show a certificate that the other trusts', async context => {
  assert.equal(await ping(context, { client: TLS, server: { ...server, ...ASKS_FOR_CERTIFICATE } }), 'OK')
})

test('We refuse a server whose authority we do not know', async context => {
  const outcome = await ping(context, { client: { ...TLS, ca: stranger.cert }, server })
  assert.equal(outcome, 'we-refused: unable to verify the first certificate')
})

test('We refuse a server with the name of another', async context => {
  const outcome = await ping(context, { client: TLS, server: authority.sign('DNS:other.example') })
  assert.match(outcome, /^we-refused: .*IP: 127\.0\.0\.1/)
})

test('The name to expect can be given', async context => {
  assert.equal(await ping(context, { client: { ...TLS, serverName: 'engine.example' }, server }), 'OK')
})

test('Without verifying, any server will do', async context => {
  assert.equal(await ping(context, { client: { ...TLS, ca: stranger.cert, verify: false }, server }), 'OK')
})

test('They refuse us without a certificate', async context => {
  const outcome = await ping(context, {
    client: { ...TLS, cert: null, key: null },
    server: { ...server, ...ASKS_FOR_CERTIFICATE },
  })
  assert.equal(outcome, 'they-refused: tlsv13 alert certificate required')
})

test('They speak no TLS', async context => {
  assert.equal(await ping(context, { client: TLS }), 'not-tls: wrong version number')
})

test('They speak TLS only, and say so in plain text as dockerd does', async context => {
  const endpoint = await startFakeTcpEngine(context, {
    replies: {
      '/_ping': (_request, response) =>
        response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
    },
  })
  const answer = await openForTest(context, endpoint).ping(new AbortController().signal)
  assert(!answer.ok && answer.problem.kind === 'tls')
  assert.equal(answer.problem.side, 'tls-wanted')
  assert.equal(answer.problem.address, `127.0.0.1:${endpoint.port}`)
})
