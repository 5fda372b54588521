import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diffSpecs } from '../../source/swarm/diff-specs.ts'

const changesOf = (before: unknown, after: unknown) =>
  diffSpecs(before, after)
    .filter(change => change.before !== change.after)
    .map(change => [change.path, change.before, change.after])

const inContainer = (container: object) => ({ TaskTemplate: { ContainerSpec: container } })

test('a setting is told by its path, in words', () => {
  const before = {
    ...inContainer({ Image: 'api:1.8', StopGracePeriod: 10e9 }),
    Mode: { Replicated: { Replicas: 2 } },
    UpdateConfig: { Parallelism: 1, Delay: 5e9 },
  }
  const after = {
    ...inContainer({ Image: 'api:1.9', StopGracePeriod: 90e9 }),
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { Parallelism: 2, Delay: 5e9, Order: 'start-first' },
  }
  assert.deepEqual(changesOf(before, after), [
    ['image', 'api:1.8', 'api:1.9'],
    ['stop grace period', '10 s', '1 min 30 s'],
    ['mode replicated replicas', '2', '3'],
    ['update parallelism', '1', '2'],
    ['update order', null, 'start-first'],
  ])
})

test('order is no change where Swarm heeds none', () => {
  const before = {
    Labels: { a: '1', b: '2' },
    TaskTemplate: {
      ContainerSpec: {
        Env: ['A=1', 'B=2'],
        Mounts: [
          { Target: '/a', Source: 'x' },
          { Target: '/b', Source: 'y' },
        ],
        Secrets: [
          { SecretName: 's', SecretID: '1' },
          { SecretName: 't', SecretID: '2' },
        ],
      },
      Placement: { Constraints: ['node.role==worker', 'node.labels.zone==a'] },
      Networks: [{ Target: 'n1' }, { Target: 'n2' }],
    },
    EndpointSpec: {
      Ports: [
        { TargetPort: 80, Protocol: 'tcp', PublishedPort: 8080 },
        { TargetPort: 81, Protocol: 'tcp' },
      ],
    },
  }
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned).toReversed()
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, turned(inner)])
        .toReversed(),
    )
  }
  assert.deepEqual(changesOf(before, turned(before)), [])
  assert.deepEqual(changesOf(before, before), [])
})

test('elements of a list come and go by their names', () => {
  const before = {
    TaskTemplate: {
      ContainerSpec: { Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }] },
      Placement: { Constraints: ['node.role==worker'] },
      Networks: [{ Target: 'n1' }],
    },
    EndpointSpec: { Ports: [{ TargetPort: 80, Protocol: 'tcp', PublishedPort: 8080 }] },
  }
  const after = {
    TaskTemplate: {
      ContainerSpec: { Mounts: [{ Type: 'volume', Source: 'data2', Target: '/data', ReadOnly: true }] },
      Placement: { Constraints: ['node.role==manager'] },
      Networks: [{ Target: 'n2' }],
    },
    EndpointSpec: { Ports: [{ TargetPort: 80, Protocol: 'tcp', PublishedPort: 9090 }] },
  }
  assert.deepEqual(changesOf(before, after), [
    ['mount /data source', 'data', 'data2'],
    ['mount /data read only', null, 'yes'],
    ['constraint node.role==worker', '', null],
    ['constraint node.role==manager', null, ''],
    ['network n1', '', null],
    ['network n2', null, ''],
    ['port 80/tcp published port', '8080', '9090'],
  ])
})

test('the order of a command line is its meaning', () => {
  assert.deepEqual(changesOf(inContainer({ Args: ['a', 'b'] }), inContainer({ Args: ['b', 'a'] })), [
    ['arguments', 'a b', 'b a'],
  ])
})

test('values of variables and telling options are secret', () => {
  const before = {
    TaskTemplate: { ContainerSpec: { Env: ['A=1'] }, LogDriver: { Options: { 'x-token': '1', url: 'a' } } },
  }
  const after = {
    TaskTemplate: { ContainerSpec: { Env: ['A=2'] }, LogDriver: { Options: { 'x-token': '2', url: 'b' } } },
  }
  assert.deepEqual(
    diffSpecs(before, after).map(({ path, isSecret }) => [path, isSecret]),
    [
      ['environment A', true],
      ['log driver option x-token', true],
      ['log driver option url', false],
    ],
  )
})

test('labels of the service and of its containers are not the same', () => {
  const spec = { Labels: { team: 'a' }, ...inContainer({ Labels: { team: 'b' } }) }
  assert.deepEqual(
    changesOf({}, spec).map(([path]) => path),
    ['label team', 'container label team'],
  )
})

test('a mode without numbers is a setting too', () => {
  assert.deepEqual(changesOf({ Mode: { Replicated: { Replicas: 1 } } }, { Mode: { Global: {} } }), [
    ['mode replicated replicas', '1', null],
    ['mode global', null, ''],
  ])
})

test('whatever a server sends, equal specs have no differences and nothing throws', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 14 }), fc.anything(), (one, other) => {
      assert.deepEqual(changesOf(one, one), [])
      diffSpecs(one, other)
    }),
  )
})

test('a setting may bear the name of something that every object has', () => {
  const spec = JSON.parse('{"__proto__": [{}], "constructor": [{}], "toString": [1]}')
  assert.deepEqual(
    diffSpecs({}, spec).map(({ path }) => path),
    ['__proto__ 1', 'constructor 1', 'to string 1'],
  )
})

test('what should be a text and is none is written as it came', () => {
  const odd = { toString: 1 }
  const spec = inContainer({ Env: [odd, 'A=1'], Command: ['sh', odd, null, 7], Hosts: [null, 8] })
  assert.deepEqual(
    diffSpecs({}, spec).map(({ path, after }) => [path, after]),
    [
      ['environment {"toString":1}', ''],
      ['environment A', '1'],
      ['command', 'sh {"toString":1} null 7'],
      ['host null', ''],
      ['host 8', ''],
    ],
  )
})

test('what a label or an option of a driver tells nobody is told nobody here', () => {
  const spec = {
    Labels: { password: 'x', tier: 'web' },
    TaskTemplate: { Networks: [{ Target: 'n1', DriverOpts: { token: 'x' } }] },
  }
  assert.deepEqual(
    diffSpecs({}, spec).map(({ path, isSecret }) => [path, isSecret]),
    [
      ['label password', true],
      ['label tier', false],
      ['network n1 driver opts token', true],
    ],
  )
})

test('twenty thousand equals are told apart in no time', () => {
  const settings = diffSpecs({}, { TaskTemplate: { Placement: { Constraints: Array(20_000).fill('a==b') } } })
  assert.equal(settings.at(-1)?.path, 'constraint a==b (20000)')
})
