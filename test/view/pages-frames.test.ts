import { test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiService, ApiServiceSpec } from '../../source/api/service.ts'
import type { Panel, Screen } from '../../source/app/screen.ts'
import type { State } from '../../source/app/state.ts'
import {
  apiManager,
  apiNode,
  apiService,
  apiTask,
  apiTasks,
  HOUR,
  MINUTE,
  nodeIdOf,
  SECOND,
  serviceIdOf,
  timeAgo,
} from '../helpers/api-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { answered } from '../helpers/fact-lines.ts'
import { frameOf } from '../helpers/frame.tsx'
import { largeReading, strangeReading, troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

type Words = { readonly reading: Partial<ApiReading>; readonly change?: Partial<State> }

function frames(name: string, screen: Screen, focus: Panel, { reading, change = {} }: Words) {
  for (const [columns, rows] of SIZES) {
    test(`${name} at ${columns}x${rows}`, () => {
      const state = stateOf({ columns, rows, reading, change, view: { screen, focus } })
      expectFrame(`pages-${name}.${columns}x${rows}`, frameOf(state))
    })
  }
}

const GIB = 2 ** 30
const SHOP = { 'com.docker.stack.namespace': 'shop' }

type Template = NonNullable<ApiServiceSpec['TaskTemplate']>

function withSpec(service: ApiService, template: Template, spec: Partial<ApiServiceSpec> = {}): ApiService {
  return {
    ...service,
    Spec: { ...service.Spec, ...spec, TaskTemplate: { ...service.Spec?.TaskTemplate, ...template } },
  }
}

const reservations = { NanoCPUs: 5e8, MemoryBytes: GIB }

/** A shop in two stacks: web is half way through an update, api's was paused, and a job has begun. */
const web = withSpec(
  apiService({
    name: 'shop_web',
    replicas: 6,
    status: [6, 6],
    labels: { ...SHOP, team: 'front' },
    constraints: ['node.role==worker', 'node.labels.zone!=c'],
    reservations,
    ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
    update: { State: 'updating', StartedAt: timeAgo(2 * MINUTE), Message: 'update in progress' },
  }),
  {
    Networks: [{ Target: 'net-front' }, { Target: 'net-back' }],
    ContainerSpec: {
      Image: 'registry.example.com/shop/web:2.4@sha256:5f3c9a0b1d2e',
      Args: ['serve', '--port', '80'],
      Env: ['API_URL=http://api', 'SESSION_KEY=hush'],
      Mounts: [{ Type: 'volume', Source: 'assets', Target: '/srv/assets', ReadOnly: true }],
      Secrets: [{ SecretID: 'secret-tls', SecretName: 'tls-key', File: { Name: 'tls.key' } }],
      Configs: [{ ConfigID: 'config-web', ConfigName: 'web.conf', File: { Name: '/etc/web.conf' } }],
      StopGracePeriod: 30e9,
      Healthcheck: { Test: ['CMD-SHELL', 'wget -q -O- localhost/health'], Interval: 5e9, Retries: 2 },
    },
    RestartPolicy: { Condition: 'on-failure', Delay: 5e9, MaxAttempts: 3, Window: 120e9 },
  },
  { UpdateConfig: { Parallelism: 2, Delay: 10e9, Monitor: 30e9, FailureAction: 'rollback', Order: 'start-first' } },
)

const api = apiService({
  name: 'shop_api',
  replicas: 3,
  status: [2, 3],
  labels: SHOP,
  update: {
    State: 'paused',
    StartedAt: timeAgo(10 * MINUTE),
    Message: 'update paused due to failure or early termination of task 8zq1y2failedfailedfailed00',
  },
})

const job = apiService({
  name: 'reindex',
  mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 4 } },
  status: [2, 2, 1],
  jobIteration: 3,
})

const shopReading: Partial<ApiReading> = {
  nodes: [
    apiManager('m1', { isLeader: true, address: '10.0.0.1', labels: { zone: 'a' } }),
    apiManager('m2', { address: '10.0.0.2', labels: { zone: 'b' } }),
    apiManager('m3', {
      address: '10.0.0.3',
      labels: { zone: 'c' },
      state: 'down',
      reachability: 'unreachable',
      message: 'heartbeat failure',
    }),
    apiNode({
      name: 'w1',
      address: '10.0.0.4',
      labels: { zone: 'a', disk: 'ssd' },
      engineLabels: { rack: '7' },
      resources: { NanoCPUs: 4e9, MemoryBytes: 8 * GIB },
    }),
    apiNode({ name: 'w2', address: '10.0.0.5', labels: { zone: 'b' } }),
    apiNode({ name: 'w3', address: '10.0.0.6', labels: { zone: 'b' }, availability: 'drain' }),
  ],
  services: [
    web,
    { ...api, PreviousSpec: api.Spec ?? null },
    job,
    apiService({ name: 'agent', mode: { Global: {} }, status: [4, 4], constraints: ['node.hostname==w1'] }),
  ],
  tasks: [
    ...['w1', 'w2', 'w1'].map((node, index) =>
      apiTask({
        service: 'shop_web',
        slot: index + 1,
        node,
        reservations,
        createdAgoMs: 90 * SECOND,
        stateAgoMs: 80 * SECOND,
      }),
    ),
    apiTask({ service: 'shop_web', slot: 4, node: 'w2', state: 'preparing', reservations, createdAgoMs: 6 * SECOND }),
    ...[4, 5, 6].map(slot => apiTask({ service: 'shop_web', slot, node: 'w3', reservations, createdAgoMs: 5 * HOUR })),
    ...apiTasks('shop_api', ['m1', 'm2']),
    apiTask({
      id: '8zq1y2failedfailedfailed00',
      service: 'shop_api',
      slot: 3,
      node: 'w1',
      state: 'failed',
      error: 'task: non-zero exit (1): cannot read /etc/api.yaml: no such file or directory',
      exitCode: 1,
      createdAgoMs: 9 * MINUTE,
      stateAgoMs: 8 * MINUTE,
    }),
    apiTask({ service: 'shop_api', slot: 3, node: 'w1', state: 'ready', desired: 'ready', createdAgoMs: 4 * SECOND }),
    apiTask({
      service: 'reindex',
      slot: 0,
      node: 'w1',
      state: 'complete',
      desired: 'complete',
      jobIteration: 3,
      createdAgoMs: 5 * MINUTE,
    }),
    apiTask({ service: 'reindex', slot: 1, node: 'w1', jobIteration: 3, createdAgoMs: MINUTE }),
    apiTask({ service: 'reindex', slot: 2, node: 'w2', jobIteration: 3, createdAgoMs: MINUTE }),
    ...['m1', 'm2', 'w1', 'w2'].map(node => apiTask({ service: 'agent', node })),
  ],
}

const older: ApiServiceSpec = {
  ...web.Spec,
  Labels: SHOP,
  TaskTemplate: {
    ...web.Spec?.TaskTemplate,
    ContainerSpec: {
      ...web.Spec?.TaskTemplate?.ContainerSpec,
      Image: 'registry.example.com/shop/web:2.3@sha256:77aa01020304',
      Env: ['SESSION_KEY=other', 'API_URL=http://api'],
    },
  },
}

const resources = {
  ...answered({ kind: 'networks' }, [
    { Id: 'net-front', Name: 'shop_front', Driver: 'overlay', Scope: 'swarm', Labels: SHOP },
    { Id: 'net-back', Name: 'shop_back', Driver: 'overlay', Scope: 'swarm', Labels: SHOP },
  ]),
  ...answered(
    { kind: 'object', object: { kind: 'service', id: serviceIdOf('shop_web') } },
    { Spec: web.Spec, PreviousSpec: older },
  ),
  ...answered(
    { kind: 'object', object: { kind: 'node', id: nodeIdOf('w1') } },
    {
      Description: {
        Engine: {
          Plugins: [
            { Type: 'Network', Name: 'bridge' },
            { Type: 'Network', Name: 'overlay' },
            { Type: 'Volume', Name: 'local' },
          ],
        },
        TLSInfo: { CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh' },
      },
    },
  ),
}

const shop: Words = { reading: shopReading, change: { resources } }
const serviceScreen = (name: string): Screen => ({ kind: 'service', serviceId: serviceIdOf(name) })
const nodeScreen = (name: string): Screen => ({ kind: 'node', nodeId: nodeIdOf(name) })

frames('overview', { kind: 'overview' }, 'services', shop)
frames('overview-empty', { kind: 'overview' }, 'services', {
  reading: { nodes: [apiManager('m1', { isLeader: true })] },
})
frames('nodes', { kind: 'nodes' }, 'nodes', shop)
frames('nodes-large', { kind: 'nodes' }, 'nodes', { reading: largeReading })
frames('nodes-strange', { kind: 'nodes' }, 'nodes', { reading: strangeReading })
frames('node-tasks', nodeScreen('w1'), 'tasks', shop)
frames('node-facts', nodeScreen('w1'), 'node-facts', shop)
frames('node-drained', nodeScreen('w3'), 'node-facts', shop)
frames('node-down', nodeScreen('m3'), 'node-facts', shop)
frames('node-gone', nodeScreen('gone'), 'tasks', shop)
frames('node-strange', nodeScreen('🐳-whale'), 'node-facts', { reading: strangeReading })
frames('services', { kind: 'services' }, 'services', shop)
frames('services-none', { kind: 'services' }, 'services', {
  reading: { nodes: [apiManager('m1', { isLeader: true })] },
})
frames('service-slots', serviceScreen('shop_web'), 'slots', shop)
frames('service-tasks', serviceScreen('shop_web'), 'tasks', shop)
frames('service-progress', serviceScreen('shop_web'), 'progress', shop)
frames('service-spec', serviceScreen('shop_web'), 'service-facts', shop)
frames('service-change', serviceScreen('shop_web'), 'spec-diff', shop)
frames('service-change-unread', serviceScreen('shop_api'), 'spec-diff', shop)
frames('service-paused', serviceScreen('shop_api'), 'progress', shop)
frames('service-job', serviceScreen('reindex'), 'progress', shop)
frames('service-global', serviceScreen('agent'), 'service-facts', shop)
frames('service-at-rest', serviceScreen('agent'), 'progress', { reading: troubledReading })
frames('service-strange', serviceScreen('two\nlines\tand tab'), 'progress', { reading: strangeReading })
frames('stacks', { kind: 'stacks' }, 'stacks', shop)
frames('stacks-none', { kind: 'stacks' }, 'stacks', { reading: troubledReading })
frames('stack', { kind: 'stack', stack: 'shop' }, 'services', shop)
frames('stack-tasks', { kind: 'stack', stack: 'shop' }, 'tasks', shop)
frames('stack-networks', { kind: 'stack', stack: 'shop' }, 'networks', shop)

const manySlots: Partial<ApiReading> = {
  nodes: [apiManager('m1', { isLeader: true }), apiNode({ name: 'w1' })],
  services: [apiService({ name: 'many', replicas: 300, update: { State: 'updating', StartedAt: timeAgo(MINUTE) } })],
  tasks: Array.from({ length: 300 }, (_, index) =>
    apiTask({ service: 'many', slot: index + 1, node: 'w1', createdAgoMs: index < 40 ? 30 * SECOND : HOUR }),
  ),
}

frames('service-300-slots', serviceScreen('many'), 'progress', { reading: manySlots })
