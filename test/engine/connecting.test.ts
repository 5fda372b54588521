import assert from 'node:assert/strict'
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Endpoint } from '../../source/engine/endpoint.ts'
import { openForTest, startFakeEngine, startFakeTcpEngine } from '../helpers/fake-engine.ts'

const NOBODY = 65_534

async function ping(context: TestContext, endpoint: Endpoint) {
  const answer = await openForTest(context, endpoint).ping(new AbortController().signal)
  return answer.ok ? 'OK' : answer.problem
}

async function temporaryDirectory(context: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'connecting-'))
  context.after(() => rm(directory, { recursive: true }))
  return directory
}

const at = (path: string): Endpoint => ({ kind: 'unix', name: `unix://${path}`, context: '', path })

test('A socket that is not there', async context => {
  const path = join(await temporaryDirectory(context), 'docker.sock')
  assert.deepEqual(await ping(context, at(path)), { kind: 'no-socket', path })
})

test('A path that leads through a file', async context => {
  const directory = await temporaryDirectory(context)
  await writeFile(join(directory, 'file'), '')
  const path = join(directory, 'file', 'docker.sock')
  assert.deepEqual(await ping(context, at(path)), { kind: 'no-socket', path })
})

test('A socket that nobody listens to', async context => {
  const path = join(await temporaryDirectory(context), 'file')
  await writeFile(path, '')
  assert.deepEqual(await ping(context, at(path)), { kind: 'refused', address: path })
})

test('A socket that one may not open names its group', async context => {
  const { endpoint } = await startFakeEngine(context)
  assert(endpoint.kind === 'unix')
  const directory = join(endpoint.path, '..')
  const group = (await readFile('/etc/group', 'utf8')).split('\n').at(1)?.split(':') ?? []
  const isRoot = process.getuid?.() === 0
  await chmod(directory, 0o755)
  await chmod(endpoint.path, 0o060)
  if (isRoot) await chown(endpoint.path, 0, Number(group[2]))

  if (isRoot) process.seteuid?.(NOBODY)
  const problem = await ping(context, endpoint).finally(() => isRoot && process.seteuid?.(0))

  const expected = isRoot ? group[0] : await ownGroup(endpoint.path)
  assert.deepEqual(problem, { kind: 'permission-denied', path: endpoint.path, group: expected })
})

async function ownGroup(path: string): Promise<string | undefined> {
  const { gid } = await stat(path)
  const groups = (await readFile('/etc/group', 'utf8')).split('\n').map(line => line.split(':'))
  return groups.find(([, , id]) => id === String(gid))?.[0] ?? String(gid)
}

test('A port that nobody listens to', async context => {
  const endpoint = await startFakeTcpEngine(context)
  const port = await freePort()
  assert.deepEqual(await ping(context, { ...endpoint, port }), { kind: 'refused', address: `127.0.0.1:${port}` })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('A host that has no address', async context => {
  const endpoint = await startFakeTcpEngine(context)
  const host = 'no-such-host.invalid'
  assert.deepEqual(await ping(context, { ...endpoint, host }), { kind: 'host-not-found', host })
})

test('A TCP engine is called by its name, below its base path', async context => {
  const seen: string[] = []
  const endpoint = await startFakeTcpEngine(context, {
    replies: {
      '/docker/_ping': (request, response) => {
        seen.push(`${request.headers.host} ${request.url}`)
        response.end('OK')
      },
    },
  })
  assert.equal(await ping(context, { ...endpoint, basePath: '/docker' }), 'OK')
  assert.deepEqual(seen, [`127.0.0.1:${endpoint.port} /docker/_ping`])
})

test("The environment's engine has no say in where we go", async context => {
  const { DOCKER_HOST, DOCKER_CERT_PATH } = process.env
  context.after(() => Object.assign(process.env, { DOCKER_HOST, DOCKER_CERT_PATH }))
  const { endpoint } = await startFakeEngine(context)
  for (const host of ['tcp://127.0.0.1:1', 'tcp://::', 'ssh://nobody@nowhere.invalid']) {
    Object.assign(process.env, { DOCKER_HOST: host, DOCKER_CERT_PATH: '/nowhere' })
    assert.equal(await ping(context, endpoint), 'OK')
    assert.equal(process.env.DOCKER_HOST, host)
  }
})
