import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { findEndpoints } from '../../source/engine/find-endpoints.ts'
import { createAuthority } from '../helpers/certificates.ts'

type Wishes = Parameters<typeof findEndpoints>[0]

/** A home directory with these files in it. */
async function homeWith(context: TestContext, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'home-'))
  context.after(() => rm(home, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true })
    await writeFile(join(home, name), text)
  }
  return home
}

const idOf = (name: string) => createHash('sha256').update(name).digest('hex')

/** The file in which the docker CLI keeps a context. */
function contextFile(name: string, endpoint: object, directory = '.docker') {
  const text = JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } })
  return { [`${directory}/contexts/meta/${idOf(name)}/meta.json`]: text }
}

const HERE = contextFile('here', { Host: 'unix:///here.sock', SkipTLSVerify: false })
const THERE = contextFile('there', { Host: 'ssh://ops@there' })
const CURRENT_IS_THERE = { '.docker/config.json': '{"auths":{},"currentContext":"there"}' }

async function namesFound(wishes: Partial<Wishes> & { readonly home: string }) {
  const found = await findEndpoints({ hosts: [], context: null, env: {}, ...wishes })
  return found.ok ? found.value.map(({ name, context }) => `${context} ${name}`.trim()) : explained(found)
}

function explained(found: Awaited<ReturnType<typeof findEndpoints>>): string {
  assert(!found.ok && found.problem.kind === 'configuration')
  return found.problem.text
}

test('The precedence is that of the docker CLI', async context => {
  const home = await homeWith(context, { ...HERE, ...THERE, ...CURRENT_IS_THERE })
  const env = { DOCKER_HOST: 'tcp://env:1', DOCKER_CONTEXT: 'here' }

  assert.deepEqual(await namesFound({ home, env, context: 'there' }), ['there ssh://ops@there'])
  assert.deepEqual(await namesFound({ home, env, hosts: ['unix:///a', 'unix:///b'] }), ['unix:///a', 'unix:///b'])
  assert.deepEqual(await namesFound({ home, env }), ['tcp://env:1'])
  assert.deepEqual(await namesFound({ home, env: { ...env, DOCKER_HOST: '' } }), ['here unix:///here.sock'])
  assert.deepEqual(await namesFound({ home }), ['there ssh://ops@there'])
  assert.deepEqual(await namesFound({ home: await homeWith(context) }), ['unix:///var/run/docker.sock'])
})

test('The context "default" is what there would be without contexts', async context => {
  const home = await homeWith(context, { ...THERE, ...CURRENT_IS_THERE })
  const env = { DOCKER_HOST: 'tcp://env:1' }
  assert.deepEqual(await namesFound({ home, context: 'default' }), ['unix:///var/run/docker.sock'])
  assert.deepEqual(await namesFound({ home, context: 'default', env }), ['tcp://env:1'])
  assert.deepEqual(await namesFound({ home, env: { DOCKER_CONTEXT: 'default' } }), ['unix:///var/run/docker.sock'])
})

test('An empty --host is the default, an empty --context none', async context => {
  const home = await homeWith(context, { ...HERE, ...THERE, ...CURRENT_IS_THERE })
  assert.deepEqual(await namesFound({ home, hosts: [''] }), ['unix:///var/run/docker.sock'])
  assert.deepEqual(await namesFound({ home, context: '' }), ['there ssh://ops@there'])
})

test('DOCKER_CONFIG says where the contexts are', async context => {
  const directory = await homeWith(context, {
    ...contextFile('prod', { Host: 'tcp://prod:2375' }, 'config'),
    'config/config.json': '{"currentContext":"prod"}',
  })
  const env = { DOCKER_CONFIG: join(directory, 'config') }
  assert.deepEqual(await namesFound({ home: '/nowhere', env }), ['prod tcp://prod:2375'])
})

test('--host and --context exclude each other', async context => {
  const text = await namesFound({ home: await homeWith(context), hosts: ['unix:///a'], context: 'default' })
  assert.equal(text, '--host and --context name two different engines; leave one out')
})

test('A context that does not exist: the sentence says who named it, where it was looked for and what there is', async context => {
  const home = await homeWith(context, { ...THERE, ...HERE, '.docker/config.json': '{"currentContext":"gone"}' })
  const store = `${home}/.docker/contexts; there are "default", "here", "there"`
  assert.equal(
    await namesFound({ home, context: 'prod' }),
    `--context names the context "prod", which is not in ${store}`,
  )
  assert.equal(
    await namesFound({ home, env: { DOCKER_CONTEXT: 'prod' } }),
    `DOCKER_CONTEXT names the context "prod", which is not in ${store}`,
  )
  assert.equal(
    await namesFound({ home }),
    `currentContext in ${home}/.docker/config.json names the context "gone", which is not in ${store}`,
  )
})

test('A context whose file is broken, or names no engine', async context => {
  const home = await homeWith(context, {
    [`.docker/contexts/meta/${idOf('broken')}/meta.json`]: '{"Name":',
    [`.docker/contexts/meta/${idOf('kube')}/meta.json`]: '{"Name":"kube","Endpoints":{"kubernetes":{}}}',
    ...contextFile('odd', { Host: 7 }),
    ...contextFile('bare', {}),
    ...contextFile('web', { Host: 'ftp://x' }),
  })
  assert.match(String(await namesFound({ home, context: 'broken' })), /meta\.json is not JSON; create it anew/)
  assert.match(String(await namesFound({ home, context: 'kube' })), /names no Docker engine in .*meta\.json/)
  assert.match(String(await namesFound({ home, context: 'odd' })), /names no Docker engine/)
  assert.deepEqual(await namesFound({ home, context: 'bare' }), ['bare unix:///var/run/docker.sock'])
  assert.match(String(await namesFound({ home, context: 'web' })), /^The context "web" has the host "ftp:\/\/x": /)
})

test('A password in a URL is refused, and not repeated', async context => {
  const text = await namesFound({ home: await homeWith(context), hosts: ['ssh://ops:se:cr@et@m1'] })
  assert.match(String(text), /^--host "ssh:\/\/ops:…@m1": a password has no place in it/)
})

test('A config.json that is broken matters only where it is asked', async context => {
  const home = await homeWith(context, { '.docker/config.json': '{' })
  assert.match(String(await namesFound({ home })), /config\.json is not JSON; mend it, or say --host or --context$/)
  assert.deepEqual(await namesFound({ home, hosts: ['unix:///a'] }), ['unix:///a'])
})

const authority = createAuthority()
const { cert, key } = authority.sign()
const ca = authority.cert

async function tlsFound(wishes: Partial<Wishes> & { readonly home: string }) {
  const found = await findEndpoints({ hosts: [], context: null, env: {}, ...wishes })
  if (!found.ok) return explained(found)
  const [endpoint] = found.value
  assert(endpoint?.kind === 'tcp')
  return endpoint.tls
}

test('The TLS material of a context goes with it', async context => {
  const tls = (name: string) => `.docker/contexts/tls/${idOf(name)}/docker`
  const home = await homeWith(context, {
    ...contextFile('full', { Host: 'tcp://full:2376' }),
    [`${tls('full')}/ca.pem`]: ca,
    [`${tls('full')}/cert.pem`]: cert,
    [`${tls('full')}/key.pem`]: key,
    ...contextFile('skip', { Host: 'tcp://skip:2376', SkipTLSVerify: true }),
    ...contextFile('plain', { Host: 'tcp://plain:2375' }),
    ...contextFile('bad', { Host: 'tcp://bad:2376' }),
    [`${tls('bad')}/ca.pem`]: ca,
    [`${tls('bad')}/cert.pem`]: cert,
    [`${tls('bad')}/key.pem`]: 'no key',
  })
  assert.deepEqual(await tlsFound({ home, context: 'full' }), { ca, cert, key, verify: true, serverName: '' })
  const nothing = { ca: null, cert: null, key: null }
  assert.deepEqual(await tlsFound({ home, context: 'skip' }), { ...nothing, verify: false, serverName: '' })
  assert.equal(await tlsFound({ home, context: 'plain' }), null)
  assert.match(
    String(await tlsFound({ home, context: 'bad' })),
    /^The TLS certificates in .*\/docker cannot be used \(/,
  )
})

test('DOCKER_TLS_VERIFY and DOCKER_TLS make TCP use TLS, with what is in DOCKER_CERT_PATH or ~/.docker', async context => {
  const home = await homeWith(context, {
    '.docker/ca.pem': ca,
    'certs/ca.pem': ca,
    'certs/cert.pem': cert,
    'certs/key.pem': key,
  })
  const hosts = ['tcp://m1']
  const DOCKER_CERT_PATH = join(home, 'certs')
  const alone = { ca, cert: null, key: null }
  const verify = { verify: true, serverName: '' }
  const skip = { verify: false, serverName: '' }

  assert.deepEqual(await tlsFound({ home, hosts, env: { DOCKER_TLS_VERIFY: '1' } }), { ...alone, ...verify })
  assert.deepEqual(await tlsFound({ home, hosts, env: { DOCKER_TLS_VERIFY: '0' } }), { ...alone, ...verify })
  assert.deepEqual(await tlsFound({ home, hosts, env: { DOCKER_TLS: '1' } }), { ...alone, ...skip })
  assert.deepEqual(
    await tlsFound({ home, hosts, env: { DOCKER_TLS_VERIFY: '1', DOCKER_TLS: '1', DOCKER_CERT_PATH } }),
    { ca, cert, key, ...verify },
  )
  assert.equal(await tlsFound({ home, hosts, env: { DOCKER_CERT_PATH } }), null)
  assert.deepEqual(await namesFound({ home, env: { DOCKER_TLS_VERIFY: '1' } }), ['tcp://localhost:2376'])
  assert.deepEqual(await namesFound({ home, hosts: ['unix:///a'], env: { DOCKER_TLS_VERIFY: '1' } }), ['unix:///a'])
})

test('TLS without a CA says where it should be', async context => {
  const home = await homeWith(context)
  assert.equal(
    await tlsFound({ home, hosts: ['tcp://m1'], env: { DOCKER_TLS_VERIFY: '1' } }),
    `DOCKER_TLS_VERIFY asks for TLS, but there is no ${home}/.docker/ca.pem; put it there, or set DOCKER_CERT_PATH to where it is`,
  )
})
