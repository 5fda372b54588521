import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const DATA = Buffer.from('hush').toString('base64')
const HIDDEN = { secret: undefined, config: DATA }

for (const kind of ['secret', 'config'] as const) {
  const path = `/${kind}s`

  test(`a ${kind} is made, relabelled, found and removed`, () => {
    const swarm = simulatedSwarm()
    const id = make(swarm, kind, 'one')
    assert.deepEqual(
      [id, 'one', id.slice(0, 6)].map(text => show(swarm, kind, text).ID),
      [id, id, id],
    )
    const { Version, Spec } = show(swarm, kind, 'one')
    assert.deepEqual(Spec, { Name: 'one', Labels: {}, ...(HIDDEN[kind] && { Data: HIDDEN[kind] }) })
    const update = `${path}/one/update?version=${Version.Index}`
    assert.equal(swarm.call('POST', update, { Name: 'one', Labels: { a: 'b' }, Data: DATA }).status, 200)
    assert.deepEqual(show(swarm, kind, 'one').Spec.Labels, { a: 'b' })
    make(swarm, kind, 'other')
    assert.deepEqual(listed(swarm, `${path}?filters={"label":["a=b"]}`), ['one'])
    assert.deepEqual(listed(swarm, `${path}?filters={"name":["o"]}`), ['one', 'other'])
    assert.deepEqual(listed(swarm, `${path}?filters={"id":{"${id.slice(0, 9)}":true}}`), ['one'])
    assert.deepEqual(
      [swarm.call('DELETE', `${path}/one`).status, swarm.call('DELETE', `${path}/one`).status],
      [204, 404],
    )
  })

  test(`refusals about a ${kind} are the engine’s own`, () => {
    const swarm = simulatedSwarm()
    const id = make(swarm, kind, 'one')
    const version = show(swarm, kind, 'one').Version.Index
    const limit = kind === 'secret' ? 512_000 : 1_024_000
    const size = `rpc error: code = InvalidArgument desc = ${kind} data must be larger than 0 and less than ${limit} bytes`
    const only = 'rpc error: code = InvalidArgument desc = only updates to Labels are allowed'
    const file = { Name: 'f', UID: '0', GID: '0', Mode: 292 }
    const given =
      kind === 'secret'
        ? { Secrets: [{ SecretID: id, SecretName: 'one', File: file }] }
        : { Configs: [{ ConfigID: id, ConfigName: 'one', File: file }] }
    swarm.create(withContainer('web', given))
    const missing = JSON.parse(JSON.stringify(given).replaceAll('"one"', '"two"'))
    const both = Object.fromEntries(Object.entries(given).map(([key, list]) => [key, [...list, ...list]]))
    const cases: readonly (readonly [status: number, message: string, method: string, path: string, body?: unknown])[] =
      [
        [
          409,
          `rpc error: code = AlreadyExists desc = ${kind} one already exists`,
          'POST',
          `${path}/create`,
          { Name: 'one', Data: DATA },
        ],
        [
          400,
          'rpc error: code = InvalidArgument desc = name must be provided',
          'POST',
          `${path}/create`,
          { Data: DATA },
        ],
        [400, size, 'POST', `${path}/create`, { Name: 'two' }],
        [400, size, 'POST', `${path}/create`, { Name: 'two', Data: Buffer.alloc(limit).toString('base64') }],
        [
          400,
          'invalid JSON: illegal base64 data at input byte 1',
          'POST',
          `${path}/create`,
          { Name: 'two', Data: 'a!b=' },
        ],
        [404, `${kind} nosuch not found`, 'GET', `${path}/nosuch`],
        [400, `invalid ${kind} version`, 'POST', `${path}/one/update`, { Name: 'one' }],
        [400, only, 'POST', `${path}/one/update?version=${version}`, { Name: 'two' }],
        [400, only, 'POST', `${path}/one/update?version=${version}`, { Name: 'one', Data: 'AAAA' }],
        [
          500,
          'rpc error: code = Unknown desc = update out of sequence',
          'POST',
          `${path}/one/update?version=1`,
          { Name: 'one' },
        ],
        [
          400,
          `rpc error: code = InvalidArgument desc = ${kind} 'one' is in use by the following service: web`,
          'DELETE',
          `${path}/one`,
        ],
        [
          400,
          `rpc error: code = InvalidArgument desc = ${kind} not found: two`,
          'POST',
          '/services/create',
          withContainer('api', missing),
        ],
        [
          400,
          `rpc error: code = InvalidArgument desc = ${kind} references 'one' and 'one' have a conflicting target: 'f'`,
          'POST',
          '/services/create',
          withContainer('api', both),
        ],
      ]
    for (const [status, message, method, where, body] of cases) {
      const answer = swarm.call(method, where, body)
      assert.deepEqual([answer.status, answer.value], [status, { message }], `${method} ${where}`)
    }
  })

  test(`events tell of a ${kind}`, () => {
    const swarm = simulatedSwarm()
    const heard = swarm.listen(`/events?filters={"type":["${kind}"]}`)
    make(swarm, kind, 'one')
    const version = show(swarm, kind, 'one').Version.Index
    swarm.call('POST', `${path}/one/update?version=${version}`, { Name: 'one', Labels: { a: 'b' } })
    swarm.call('DELETE', `${path}/one`)
    const told = heard().events.map(({ Action, Actor }) => `${Action} ${Actor?.Attributes?.name}`)
    assert.deepEqual(told, ['create one', 'update one', 'remove one'])
  })
}

type Shown = {
  readonly ID: string
  readonly Version: { readonly Index: number }
  readonly Spec: { readonly Name: string; readonly Labels: object; readonly Data?: string }
}

function make(swarm: SimulatedSwarm, kind: string, name: string): string {
  const answer = swarm.call('POST', `/${kind}s/create`, { Name: name, Data: DATA })
  assert.equal(answer.status, 201, answer.body)
  return (answer.value as Shown).ID
}

function show(swarm: SimulatedSwarm, kind: string, text: string): Shown {
  return swarm.call('GET', `/${kind}s/${text}`).value as Shown
}

function listed(swarm: SimulatedSwarm, path: string): readonly string[] {
  return (swarm.call('GET', path).value as readonly Shown[]).map(({ Spec }) => Spec.Name).toSorted()
}

function withContainer(name: string, container: object) {
  const spec = serviceSpec(name)
  return {
    ...spec,
    TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...spec.TaskTemplate?.ContainerSpec, ...container } },
  }
}
