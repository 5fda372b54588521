import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { sshArguments } from '../../source/engine/ssh-connection.ts'
import { openForTest, startFakeEngine } from '../helpers/fake-engine.ts'
import { putSshOnPath, SSH_ENDPOINT } from '../helpers/fake-ssh.ts'
import { startSshServer, whyNoSshServer } from '../helpers/ssh-server.ts'

const NOBODY_STOPS_IT = new AbortController().signal
const NOT_LISTENING = () => {}

const QUIET = '-o BatchMode=yes -o ConnectTimeout=30 -T'

for (const [part, said] of [
  [{}, `${QUIET} -l ops -- m1 docker system dial-stdio`],
  [{ user: '', port: 2222 }, `${QUIET} -p 2222 -- m1 docker system dial-stdio`],
  [{ socketPath: '/x/y.sock' }, `${QUIET} -l ops -- m1 docker --host unix:///x/y.sock system dial-stdio`],
  [{ socketPath: "/it's;x" }, `${QUIET} -l ops -- m1 docker --host 'unix:///it'\\''s;x' system dial-stdio`],
] as const) {
  test(`ssh ${said}`, () => assert.equal(sshArguments({ ...SSH_ENDPOINT, ...part }).join(' '), said))
}

/** A real sshd, an engine behind it, and the endpoint that leads through the one to the other. */
async function startBehindSsh(context: TestContext, replies: Parameters<typeof startFakeEngine>[1] = {}) {
  const fake = await startFakeEngine(context, replies)
  assert(fake.endpoint.kind === 'unix')
  const ssh = await startSshServer(context)
  const { user, port } = ssh
  const name = `ssh://${user}@127.0.0.1:${port}${fake.endpoint.path}`
  const endpoint = {
    kind: 'ssh',
    name,
    context: '',
    user,
    host: '127.0.0.1',
    port,
    socketPath: fake.endpoint.path,
  } as const
  return { ...fake, ssh, endpoint }
}

test('Through the system’s own ssh', { skip: whyNoSshServer() }, async suite => {
  await suite.test('readings share one connection, a ping has its own', async context => {
    const { endpoint, ssh } = await startBehindSsh(context)
    const engine = openForTest(context, endpoint)
    for (let count = 0; count < 3; count++) assert((await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)).ok)
    assert.equal(ssh.started().length, 1)
    assert((await engine.ping(NOBODY_STOPS_IT)).ok)
    assert.equal(ssh.started().length, 2)
  })

  await suite.test('an answer of many megabytes arrives whole', async context => {
    const nodes = Array.from({ length: 200 }, (_, index) => ({ ID: `n${index}`, Spec: { Name: 'x'.repeat(50_000) } }))
    const { endpoint } = await startBehindSsh(context, { '/nodes': nodes })
    const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
    assert(answer.ok)
    assert.deepEqual(answer.value.nodes, nodes)
  })

  await suite.test('giving up ends the connection on both sides', async context => {
    const stop = new AbortController()
    const closed = Promise.withResolvers<void>()
    const { endpoint } = await startBehindSsh(context, {
      '/events': (request, response) => {
        request.socket.once('close', () => closed.resolve())
        response.write('{"Type":"node"}\n')
      },
    })
    openForTest(context, endpoint).watch(stop.signal, () => stop.abort(), NOT_LISTENING)
    await closed.promise
  })

  await suite.test('a reading that is given up leaves the way free for the next', async context => {
    const firstHangs = [new AbortController(), new AbortController()]
    const info = { Name: 'm1', Swarm: { LocalNodeState: 'active', ControlAvailable: true, Cluster: { ID: 'c1' } } }
    let next = 0
    const { endpoint } = await startBehindSsh(context, {
      '/info': (_request, response) => {
        const giveUp = firstHangs[next++]
        if (giveUp === undefined) response.end(JSON.stringify(info))
        else giveUp.abort()
      },
    })
    const engine = openForTest(context, endpoint)
    for (const { signal } of firstHangs) assert(!(await engine.read(signal, NOT_LISTENING)).ok)
    assert((await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)).ok)
  })

  await suite.test('closing the engine ends what hangs', async context => {
    const { endpoint } = await startBehindSsh(context, { '/info': () => engine.close() })
    const engine = openForTest(context, endpoint)
    const answer = await engine.read(NOBODY_STOPS_IT, NOT_LISTENING)
    assert.equal(answer.ok, false)
  })

  for (const [title, client, stderr] of [
    ['a host key that is not known', { isHostKnown: false, hasKey: true }, /Host key verification failed/],
    ['a key that is not accepted', { isHostKnown: true, hasKey: false }, /Permission denied \(/],
  ] as const) {
    await suite.test(`${title} is told in ssh's words, and nobody is asked`, async context => {
      const { endpoint, ssh } = await startBehindSsh(context)
      ssh.configureClient(client)
      const answer = await openForTest(context, endpoint).read(NOBODY_STOPS_IT, NOT_LISTENING)
      assert(!answer.ok && answer.problem.kind === 'ssh')
      assert.match(answer.problem.stderr, stderr)
      assert.equal(answer.problem.exitCode, 255)
      assert.equal(answer.problem.target, `${ssh.user}@127.0.0.1`)
    })
  }

  await suite.test('an engine that is not there is told in the words of docker over there', async context => {
    const { endpoint } = await startBehindSsh(context)
    const elsewhere = { ...endpoint, socketPath: '/nowhere/docker.sock' }
    const answer = await openForTest(context, elsewhere).ping(NOBODY_STOPS_IT)
    assert(!answer.ok && answer.problem.kind === 'ssh')
    assert.match(answer.problem.stderr, /ENOENT \/nowhere\/docker\.sock/)
    assert.equal(answer.problem.exitCode, 1)
  })
})

test('Without an ssh there is no way', async context => {
  const { PATH } = process.env
  context.after(() => Object.assign(process.env, { PATH }))
  process.env.PATH = '/nowhere'
  const answer = await openForTest(context, SSH_ENDPOINT).ping(NOBODY_STOPS_IT)
  assert(!answer.ok && answer.problem.kind === 'ssh')
  assert.equal(answer.problem.exitCode, null)
  assert.match(answer.problem.stderr, /ENOENT/)
})

const HANGS = 'exec cat > /dev/null'

test('A reading that is given up starts no other ssh for the calls that waited', async context => {
  const { started, whenStarted } = putSshOnPath(context, HANGS)
  const giveUp = new AbortController()
  const reading = openForTest(context, SSH_ENDPOINT).read(giveUp.signal, NOT_LISTENING)
  const ended = once(await whenStarted, 'exit')

  giveUp.abort()

  assert.equal((await reading).ok, false)
  await ended
  assert.equal(started.length, 1)
})

test('Who waited behind a reading that is given up gets a connection all the same', async context => {
  const { started, whenStarted } = putSshOnPath(context, HANGS)
  const giveUp = new AbortController()
  const engine = openForTest(context, SSH_ENDPOINT)
  const reading = engine.read(giveUp.signal, NOT_LISTENING)
  const operation = engine.perform({ kind: 'drain', nodeId: 'n1', name: 'w1' }, NOBODY_STOPS_IT)
  const ended = once(await whenStarted, 'exit')

  giveUp.abort()
  await reading
  await ended
  assert.equal(started.length, 2)

  engine.close()
  await operation
  assert.equal(started.length, 2)
})

test('An ssh that fails is tried once a reading', async context => {
  const { started } = putSshOnPath(context, 'echo nobody there >&2; exit 255')
  const answer = await openForTest(context, SSH_ENDPOINT).read(NOBODY_STOPS_IT, NOT_LISTENING)
  assert.deepEqual(answer, {
    ok: false,
    problem: { kind: 'ssh', target: 'ops@m1', stderr: 'nobody there', exitCode: 255 },
  })
  assert.equal(started.length, 1)
})

test('A line through ssh is given more time than others before it counts as late', async context => {
  const { endpoint } = await startFakeEngine(context)
  assert.deepEqual(openForTest(context, endpoint).patience, { lateAfterMs: 2_000, silentAfterMs: 2_000 })
  assert.deepEqual(openForTest(context, SSH_ENDPOINT).patience, { lateAfterMs: 15_000, silentAfterMs: 15_000 })
})
