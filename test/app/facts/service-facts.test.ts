import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiService, ApiServiceSpec } from '../../../source/api/service.ts'
import { serviceFacts } from '../../../source/app/facts/service-facts.ts'
import type { State } from '../../../source/app/state.ts'
import { apiManager, apiNode, apiService, serviceIdOf } from '../../helpers/api-builders.ts'
import { answered, linesOf, toldUnder } from '../../helpers/fact-lines.ts'
import { stateOf } from '../../helpers/state-builders.ts'

const nodes = [
  apiManager('m1', { isLeader: true, labels: { zone: 'a' } }),
  apiNode({ name: 'w1', labels: { zone: 'a' } }),
  apiNode({ name: 'w2', labels: { zone: 'b' } }),
  apiNode({ name: 'w3', labels: { zone: 'b' }, availability: 'drain' }),
]

const pageOf = (service: ApiService, change: Partial<State> = {}) =>
  serviceFacts(
    stateOf({
      reading: { nodes, services: [service] },
      view: { screen: { kind: 'service', serviceId: serviceIdOf('api') }, focus: 'service-facts' },
      change,
    }),
  )

type Template = NonNullable<ApiServiceSpec['TaskTemplate']>

function withTemplate(template: Template, spec: Partial<ApiServiceSpec> = {}): ApiService {
  const service = apiService({ name: 'api' })
  const { Spec } = service
  return { ...service, Spec: { ...Spec, ...spec, TaskTemplate: { ...Spec?.TaskTemplate, ...template } } }
}

const placed = (constraints: readonly string[]) => pageOf(apiService({ name: 'api', constraints }))

test('each constraint says which nodes meet it, and all of them together where tasks can go', () => {
  const facts = placed(['node.role==worker', 'node.labels.zone!=a'])
  assert.deepEqual(toldUnder(facts, 'constraints'), [
    'node.role==worker  3 of 4 nodes: w1, w2, w3; not m1',
    'node.labels.zone!=a  2 of 4 nodes: w2, w3; not m1, w1',
  ])
  assert.deepEqual(toldUnder(facts, 'nodes'), ['1 of 4 nodes: w2'])
  assert.deepEqual(toldUnder(facts, 'but'), ['w3 is drained'])
})

test('constraints that no node meets, and one that Swarm cannot read', () => {
  const none = placed(['node.labels.zone==c'])
  assert.deepEqual(toldUnder(none, 'constraints'), ['node.labels.zone==c  0 of 4 nodes'])
  assert.deepEqual(toldUnder(none, 'nodes'), ['0 of 4 nodes meets all of these'])
  const bad = placed(['zone=c'])
  assert.deepEqual(toldUnder(bad, 'constraints'), ['zone=c'])
  assert.deepEqual(toldUnder(bad, 'nodes'), ['none: constraint expected one operator from ==, !='])
  assert.deepEqual(toldUnder(placed([]), 'constraints'), ['none: any node will do'])
})

test('of many nodes the first are named', () => {
  const many = Array.from({ length: 300 }, (_, index) => apiNode({ name: `w${index + 1}` }))
  const state = stateOf({
    reading: { nodes: many, services: [apiService({ name: 'api', constraints: ['node.role==worker'] })] },
    view: { screen: { kind: 'service', serviceId: serviceIdOf('api') } },
  })
  assert.deepEqual(toldUnder(serviceFacts(state), 'nodes'), [
    '300 of 300 nodes: w1, w2, w3, w4, w5, w6, w7, w8 and 292 more',
  ])
})

test('the image without its digest, which stands by itself', () => {
  const facts = pageOf(apiService({ name: 'api', image: 'shop/api:1.9@sha256:0123' }))
  assert.deepEqual(toldUnder(facts, 'image'), ['shop/api:1.9'])
  assert.deepEqual(toldUnder(facts, 'digest'), ['sha256:0123'])
  assert.equal(facts.find(({ label }) => label === 'image')?.copies, 'shop/api:1.9@sha256:0123')
})

test('networks have their IDs until their names are read, and lead to them', () => {
  const service = withTemplate({ Networks: [{ Target: 'net1' }, { Target: 'net2' }] })
  assert.deepEqual(toldUnder(pageOf(service), 'networks'), ['net1', 'net2'])
  const resources = answered({ kind: 'networks' }, [{ Id: 'net1', Name: 'front' }])
  const facts = pageOf(service, { resources })
  assert.deepEqual(toldUnder(facts, 'networks'), ['front', 'net2'])
  const [first] = facts.filter(({ label }) => label === 'networks')
  assert.deepEqual(first?.opens, { kind: 'inspect', object: { kind: 'network', id: 'net1' } })
})

test('ports, mounts, secrets and configs', () => {
  const service = withTemplate({
    ContainerSpec: {
      Image: 'api:1',
      Mounts: [
        { Type: 'volume', Source: 'data', Target: '/data' },
        { Type: 'bind', Source: '/etc', Target: '/host', ReadOnly: true },
        { Type: 'tmpfs', Target: '/scratch', TmpfsOptions: { SizeBytes: 1048576 } },
        { Type: 'volume', Target: '/cache' },
      ],
      Hosts: ['10.1.2.3 extra'],
      DNSConfig: { Nameservers: ['9.9.9.9'] },
      Secrets: [{ SecretID: 's', SecretName: 'key', File: { Name: 'key.pem' } }],
      Configs: [{ ConfigID: 'c', ConfigName: 'conf', File: { Name: '/etc/api.yaml' } }],
    },
  })
  const Ports = [
    { Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' },
    { Protocol: 'udp', TargetPort: 53, PublishMode: 'host' },
  ]
  const facts = pageOf({ ...service, Endpoint: { Ports } })
  assert.deepEqual(toldUnder(facts, 'ports'), [
    '8080 → 80/tcp  ingress: on every node',
    'any free port → 53/udp  host: on the nodes with a task',
  ])
  assert.deepEqual(toldUnder(facts, 'mounts'), [
    'volume data → /data',
    'bind /etc → /host  read-only',
    'tmpfs → /scratch  at most 1 MiB',
    'volume without a name → /cache',
  ])
  assert.deepEqual(toldUnder(facts, 'hosts file'), ['10.1.2.3 extra'])
  assert.deepEqual(toldUnder(facts, 'name servers'), ['9.9.9.9'])
  assert.deepEqual(toldUnder(facts, 'secrets'), ['key → /run/secrets/key.pem'])
  assert.deepEqual(toldUnder(facts, 'configs'), ['conf → /etc/api.yaml'])
})

test('of the environment and of options that tell too much only the names are shown', () => {
  const facts = pageOf(
    withTemplate({
      ContainerSpec: { Image: 'api:1', Args: ['serve', '--name', "it's"], Env: ['TOKEN=hush', 'LEVEL=hush'] },
      LogDriver: { Name: 'splunk', Options: { 'splunk-token': 'hush', 'splunk-url': 'https://logs' } },
    }),
  )
  assert.deepEqual(toldUnder(facts, 'environment'), ['TOKEN=•••', 'LEVEL=•••'])
  assert.deepEqual(toldUnder(facts, 'arguments'), [`serve --name 'it'\\''s'`])
  assert.deepEqual(toldUnder(facts, 'log options'), ['splunk-token=•••', 'splunk-url=https://logs'])
  assert.doesNotMatch(linesOf(facts).join('\n'), /hush/)
})

test('how it is restarted, stopped, updated and rolled back, in words and numbers', () => {
  const facts = pageOf(
    withTemplate(
      {
        RestartPolicy: { Condition: 'on-failure', Delay: 2e9, MaxAttempts: 3, Window: 60e9 },
        ContainerSpec: { Image: 'api:1', StopGracePeriod: 90e9, StopSignal: 'SIGINT', Healthcheck: { Test: ['NONE'] } },
        Resources: { Limits: { NanoCPUs: 5e8, Pids: 100 }, Reservations: { MemoryBytes: 2 ** 28 } },
      },
      {
        UpdateConfig: { Parallelism: 2, Delay: 10e9, FailureAction: 'rollback', MaxFailureRatio: 0.25, Monitor: 30e9 },
      },
    ),
  )
  assert.deepEqual(toldUnder(facts, 'restart'), ['after a failure, 2 s later, 3 times at most in 1 min'])
  assert.deepEqual(toldUnder(facts, 'stopping'), ['SIGINT, and after 1 min 30 s SIGKILL'])
  assert.deepEqual(toldUnder(facts, 'health check'), ['none, even if its image has one'])
  assert.deepEqual(toldUnder(facts, 'reserved'), ['256 MiB'])
  assert.deepEqual(toldUnder(facts, 'limited to'), ['0.5 CPU, 100 PIDs'])
  const lines = linesOf(facts)
  assert.deepEqual(lines.slice(lines.indexOf('# Update'), lines.indexOf('# Rollback') + 4), [
    '# Update',
    'pace: 2 at a time, 10 s after each',
    'order: the old task stops first',
    'on failure: rolls back when more than 25% of the new tasks fail within 30 s',
    '# Rollback',
    'pace: 1 at a time, no delay',
    'order: the old task stops first',
    'on failure: pauses when a new task fails within 5 s',
  ])
})

test('every line of the page has a name of its own', () => {
  const service = withTemplate(
    {
      ContainerSpec: {
        Image: 'api:1',
        Env: ['A=1', 'A=2'],
        Labels: { a: 'x' },
        Mounts: [{ Target: '/a' }, { Target: '/a' }],
      },
      Networks: [{ Target: 'n' }],
      Placement: { Constraints: ['node.role==worker', 'node.role==worker'] },
    },
    { Labels: { a: 'x', image: 'y' } },
  )
  const facts = pageOf(service)
  assert.equal(new Set(facts.map(({ id }) => id)).size, facts.length)
})

test('without ages that change the page stays the very same', () => {
  const state = stateOf({ view: { screen: { kind: 'service', serviceId: serviceIdOf('api') } } })
  assert.equal(serviceFacts(state), serviceFacts({ ...state, now: state.now + 1 }))
})

test('a label whose name says that it is secret is masked, on the screen and where it is copied', () => {
  const labels = { 'traefik.token': 'hunter2', proxy: 'https://me:hunter2@proxy' }
  const facts = pageOf(withTemplate({ ContainerSpec: { Image: 'api:1', Labels: labels } }, { Labels: labels }))
  const told = JSON.stringify(facts)
  assert.ok(!told.includes('hunter2') && told.includes('proxy=https://me:•••@proxy'))
})
