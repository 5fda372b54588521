import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { listContexts } from '../../source/engine/list-contexts.ts'
import { contextFiles, contextId, dockerConfig } from '../helpers/docker-config.ts'

async function listIn(context: TestContext, files: Readonly<Record<string, string>>, env: Record<string, string> = {}) {
  const folder = await dockerConfig(context, files)
  const listed = await listContexts({ env: { DOCKER_CONFIG: folder, ...env }, home: '/nowhere' })
  return listed.map(one => ({ ...one, problem: one.problem.replaceAll(folder, 'DOCKER') }))
}

const TWO = {
  ...contextFiles('there', 'ssh://ops@there', 'the other one'),
  ...contextFiles('here', 'unix:///here.sock'),
}

test('The default comes first, then the others by name, each with what is known of it', async context => {
  const listed = await listIn(context, TWO)
  assert.deepEqual(
    listed.map(({ name, endpoint, isCurrent }) => [name, endpoint, isCurrent]),
    [
      ['default', 'unix:///var/run/docker.sock', true],
      ['here', 'unix:///here.sock', false],
      ['there', 'ssh://ops@there', false],
    ],
  )
  assert.equal(listed[2]?.description, 'the other one')
  assert.deepEqual([...new Set(listed.map(({ problem }) => problem))], [''])
})

test('Without a store there is only the default', async context => {
  assert.deepEqual(
    (await listIn(context, {})).map(({ name }) => name),
    ['default'],
  )
})

test('Which one is current, docker decides', async context => {
  const currentOf = async (files: Record<string, string>, env: Record<string, string> = {}) =>
    (await listIn(context, { ...TWO, ...files }, env)).filter(one => one.isCurrent).map(({ name }) => name)
  assert.deepEqual(await currentOf({ 'config.json': '{"currentContext":"there"}' }), ['there'])
  assert.deepEqual(await currentOf({ 'config.json': '{"currentContext":"there"}' }, { DOCKER_CONTEXT: 'here' }), [
    'here',
  ])
  assert.deepEqual(await currentOf({}, { DOCKER_HOST: 'tcp://elsewhere', DOCKER_CONTEXT: 'here' }), ['default'])
  assert.deepEqual(await currentOf({ 'config.json': '{' }), [])
  assert.deepEqual(await currentOf({ 'config.json': '{"currentContext":"gone"}' }), [])
})

test('One that is broken says how, and keeps none of the others from being listed', async context => {
  const id = contextId('torn')
  const listed = await listIn(context, {
    ...TWO,
    [`contexts/meta/${id}/meta.json`]: '{"Name": "to',
    'contexts/meta/empty/nothing': '',
    'contexts/meta/nameless/meta.json': '{}',
    [`contexts/tls/${contextId('there')}/docker/cert.pem`]: 'no PEM',
    [`contexts/tls/${contextId('there')}/docker/key.pem`]: 'no PEM',
    ...contextFiles('odd', 'gopher://hole'),
    [`contexts/meta/${contextId('kube')}/meta.json`]: '{"Name":"kube","Endpoints":{"kubernetes":{}}}',
  })
  const problems = Object.fromEntries(listed.map(({ name, problem }) => [name, problem]))
  assert.equal(problems.default, '')
  assert.equal(problems.here, '')
  assert.match(problems[id.slice(0, 12)] ?? '', /^It cannot be used, since DOCKER\/contexts.*is not JSON$/)
  assert.match(problems.empty ?? '', /meta.json is missing$/)
  assert.match(problems.nameless ?? '', /has no name in it$/)
  assert.match(problems.there ?? '', /TLS certificates in DOCKER/)
  assert.match(problems.odd ?? '', /gopher:\/\/ is no way to an engine/)
  assert.match(problems.kube ?? '', /names no Docker engine/)
})
