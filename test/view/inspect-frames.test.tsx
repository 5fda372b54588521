import { test } from 'node:test'
import type { DocumentLook } from '../../source/app/inspect/document.ts'
import { firstLook } from '../../source/app/inspect/document.ts'
import { screenKey, type View } from '../../source/app/screen.ts'
import type { State } from '../../source/app/state.ts'
import { newTrustRoot } from '../../source/simulator/world/trust-root.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import type { ObjectRef, ResourceRef } from '../../source/swarm/resource-ref.ts'
import { apiService, apiTask, HOUR, NOW, serviceIdOf, timeAgo } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { expectFrame } from '../helpers/expect-frame.ts'
import { frameOf } from '../helpers/frame.tsx'
import { resourcesWith } from '../helpers/resource-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

process.env.TZ = 'UTC'

const SIZES = [
  [80, 24],
  [120, 36],
  [200, 50],
] as const

type Words = Parameters<typeof stateOf>[0]

function frames(name: string, words: Words, looks: Parameters<typeof frameOf>[1] = {}): void {
  for (const [columns, rows] of SIZES) {
    test(`${name} at ${columns}x${rows}`, () => {
      expectFrame(`${name}.${columns}x${rows}`, frameOf(stateOf({ columns, rows, reading, ...words }), looks))
    })
  }
}

const HOSTILE = '\u001b[31mred\u001b[0m\u202e\u0007\n节点'
const LONG = 'a-name-that-goes-on-and-on-'.repeat(8)

/** Services that use something of everything. */
const reading = {
  ...wellReading,
  services: ['api', 'web', 'worker', 'cron', 'サービス'].map(name => ({
    ...apiService({ name, status: [1, 1] }),
    Spec: {
      Name: name,
      TaskTemplate: {
        ContainerSpec: {
          Secrets: [{ SecretID: 'secret-db', SecretName: 'db-password', File: { Name: 'db' } }],
          ...(name === 'web' && { Configs: [{ ConfigID: 'config-nginx', ConfigName: 'nginx', File: { Name: 'n' } }] }),
          ...(name === 'api' && { Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }] }),
        },
        Networks: [{ Target: 'network-shop' }],
      },
    },
  })),
  tasks: [apiTask({ service: 'api', slot: 1, node: 'm1' }), apiTask({ service: 'web', slot: 1, node: 'w1' })],
}

const stack = { 'com.docker.stack.namespace': 'shop' }
const network = (words: object) => ({
  Driver: 'overlay',
  Scope: 'swarm',
  Labels: null,
  IPAM: { Config: null },
  ...words,
})
const subnets = (...names: readonly string[]) => ({ IPAM: { Config: names.map(Subnet => ({ Subnet })) } })
const networks = [
  network({ Id: 'ingress', Name: 'ingress', Ingress: true, ...subnets('10.0.0.0/24') }),
  network({
    Id: 'network-shop',
    Name: 'shop_default',
    Attachable: true,
    Labels: stack,
    ...subnets('10.0.1.0/24', 'fd00::/64'),
  }),
  network({ Id: 'network-db', Name: 'shop_db', Internal: true, Labels: stack, ...subnets('10.0.2.0/24') }),
  network({ Id: 'none', Name: 'none', Driver: 'null', Scope: 'local' }),
  network({ Id: 'hostile', Name: HOSTILE, Driver: HOSTILE, Labels: { [HOSTILE]: HOSTILE } }),
  network({ Id: 'long', Name: LONG }),
  { Name: 'without an ID' },
  'no network at all',
]
const volumes = {
  Volumes: [
    {
      Name: 'data',
      Driver: 'local',
      Scope: 'local',
      Mountpoint: '/var/lib/docker/volumes/data/_data',
      CreatedAt: timeAgo(3 * HOUR),
    },
    { Name: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', Driver: 'local', Labels: { keep: '' } },
    { Name: HOSTILE, Driver: 'nfs', Scope: 'global', Mountpoint: HOSTILE },
  ],
}
const secret = (ID: string, Name: string, words: object = {}) => ({
  ID,
  CreatedAt: timeAgo(50 * HOUR),
  UpdatedAt: timeAgo(HOUR),
  Spec: { Name, Labels: {}, ...words },
})
const secrets = [
  secret('secret-db', 'db-password', { Labels: stack }),
  secret('secret-vault', 'tls-key', { Driver: { Name: 'vault' } }),
  secret('secret-hostile', HOSTILE),
  secret('secret-long', LONG),
]
const configs = [
  secret('config-nginx', 'nginx', { Data: 'bGlzdGVuIDgwOw==' }),
  secret('config-2', '配置', { Labels: stack }),
]
const swarm = {
  ID: 'jv3k8zbg0c1d2e3f4g5h6i7j8',
  CreatedAt: timeAgo(24 * 40 * HOUR),
  UpdatedAt: timeAgo(HOUR),
  Spec: {
    Name: 'default',
    Labels: { site: 'eu', [HOSTILE]: 'x' },
    Orchestration: { TaskHistoryRetentionLimit: 5 },
    Raft: {
      SnapshotInterval: 10000,
      KeepOldSnapshots: 0,
      LogEntriesForSlowFollowers: 500,
      ElectionTick: 10,
      HeartbeatTick: 1,
    },
    Dispatcher: { HeartbeatPeriod: 5e9 },
    CAConfig: { NodeCertExpiry: 7_776_000e9, ExternalCAs: [{ Protocol: 'cfssl', URL: 'https://ca.example.com' }] },
    EncryptionConfig: { AutoLockManagers: true },
  },
  TLSInfo: { TrustRoot: newTrustRoot('frames', NOW).certificate },
  RootRotationInProgress: true,
  DefaultAddrPool: ['10.10.0.0/16', '10.20.0.0/16'],
  SubnetSize: 26,
  DataPathPort: 4789,
  JoinTokens: {
    Worker: 'SWMTKN-1-0v21j5n741w8e7wxd6aj25d8lzalel63vvff0c2mbwalj2q4u0-audr65u8q0a1b2c3d4e5f6g7h',
    Manager: 'SWMTKN-1-0v21j5n741w8e7wxd6aj25d8lzalel63vvff0c2mbwalj2q4u0-oejrgniv30a1b2c3d4e5f6g7h',
  },
}

const NO_LEADER: Problem = { kind: 'no-leader', how: 'timeout', detail: 'context deadline exceeded' }

/** Full, empty, before the first answer, and when later ones do not come. */
function listFrames(kind: 'networks' | 'volumes' | 'secrets' | 'configs', value: unknown, none: unknown): void {
  const view: Partial<View> = { screen: { kind }, focus: kind }
  frames(kind, { view, change: resourcesWith({ kind }, { value }) })
  frames(`${kind}-none`, { view, change: resourcesWith({ kind }, { value: none }) })
  frames(`${kind}-loading`, { view, change: resourcesWith({ kind }, {}) })
  frames(`${kind}-failed`, { view, change: resourcesWith({ kind }, { problem: NO_LEADER }) })
  frames(`${kind}-old`, { view, change: resourcesWith({ kind }, { value, readAgoMs: 42_000, problem: NO_LEADER }) })
}

listFrames('networks', networks, [])
listFrames('volumes', volumes, { Volumes: null, Warnings: null })
listFrames('secrets', secrets, [])
listFrames('configs', configs, [])

const swarmView: Partial<View> = { screen: { kind: 'swarm' }, focus: 'swarm-facts' }
const revealedOn = (screen: View['screen'], words: Pick<State, 'resources'>) => {
  const { navigation } = stateOf({ view: { screen } })
  return { ...words, navigation: { ...navigation, revealed: screenKey(screen) } }
}
const swarmWith = (value: unknown, words: object = {}) => resourcesWith({ kind: 'swarm' }, { value, ...words })
frames('swarm', { view: swarmView, change: swarmWith(swarm) })
frames('swarm-loading', { view: swarmView, change: swarmWith(null) })
frames('swarm-old', { view: swarmView, change: swarmWith(swarm, { readAgoMs: 42_000, problem: NO_LEADER }) })
frames('swarm-bare', {
  view: swarmView,
  change: swarmWith({
    ID: 'bare',
    TLSInfo: { TrustRoot: '-----BEGIN CERTIFICATE-----\nU0FO\n-----END CERTIFICATE-----\n' },
  }),
})
frames('swarm-expiring', {
  view: swarmView,
  change: swarmWith({ ...swarm, TLSInfo: { TrustRoot: newTrustRoot('old', NOW - 7290 * 24 * HOUR).certificate } }),
})
test('swarm-tokens at 80x24', () => {
  const shown = stateOf({ columns: 80, rows: 24, reading, view: swarmView, change: swarmWith(swarm) })
  const change = revealedOn({ kind: 'swarm' }, swarmWith(swarm))
  const [view] = shown.navigation.stack
  const selected = {
    ...shown,
    ...change,
    navigation: {
      ...change.navigation,
      stack: [{ ...swarmView, ...view, selection: { 'swarm-facts': 'hint' } } as View],
    },
  }
  expectFrame('swarm-tokens.80x24', frameOf(selected))
})

const api: ObjectRef = { kind: 'service', id: serviceIdOf('api') }
const apiObject = {
  ID: serviceIdOf('api'),
  Version: { Index: 21 },
  CreatedAt: timeAgo(12 * HOUR),
  Spec: {
    Name: 'api',
    Labels: { 'com.docker.stack.namespace': 'shop', 'traefik.password': 'hunter2', [HOSTILE]: HOSTILE },
    TaskTemplate: {
      ContainerSpec: {
        Image: `registry.example.com/${LONG}/api:1.9@sha256:0123456789abcdef`,
        Args: ['--listen', '0.0.0.0:80', "it's", ''],
        Env: ['PORT=80', 'PASSWORD=hunter2', 'FROM_ENGINE'],
        Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }, { Type: 'tmpfs' }],
      },
      Resources: { Limits: {}, Reservations: { NanoCPUs: 5e8 } },
      RestartPolicy: null,
    },
    Mode: { Replicated: { Replicas: 3 } },
  },
  PreviousSpec: { Name: 'api', Labels: {} },
  Note: 'one\n\ttwo 节点\nthree\n',
}

function inspectWords(
  ref: ObjectRef,
  words: Parameters<typeof resourcesWith>[1],
  look: Partial<DocumentLook> = {},
): Words {
  const screen = { kind: 'inspect', object: ref } as const
  return {
    view: { screen, focus: 'inspect', document: { ...firstLook(ref.kind), ...look } },
    change: resourcesWith({ kind: 'object', object: ref } satisfies ResourceRef, words),
  }
}

frames('inspect-service', inspectWords(api, { value: apiObject }))
frames('inspect-json', inspectWords(api, { value: apiObject }, { format: 'json', folds: ['/Spec/TaskTemplate'] }))
frames('inspect-search', inspectWords(api, { value: apiObject }, { search: 'api' }))
frames('inspect-shifted', inspectWords(api, { value: apiObject }, { shift: 48 }))
frames('inspect-loading', inspectWords(api, {}))
frames(
  'inspect-gone',
  inspectWords(api, {
    value: apiObject,
    readAgoMs: 20_000,
    problem: { kind: 'http', status: 404, message: 'service api not found' },
  }),
)
frames('inspect-no-object', inspectWords(api, { value: 'no object' }))
frames('inspect-secret', inspectWords({ kind: 'secret', id: 'secret-db' }, { value: secrets[0] }))
frames('inspect-config', inspectWords({ kind: 'config', id: 'config-nginx' }, { value: configs[0] }))
frames('inspect-ascii', inspectWords(api, { value: apiObject }, { search: 'api' }), { isAscii: true })

test('inspect-changed at 120x36', () => {
  const words = inspectWords(api, { value: apiObject })
  const before = { ...apiObject, Version: { Index: 20 }, PreviousSpec: { Name: 'api' } }
  const inspected = { screen: screenKey({ kind: 'inspect', object: api }), openedAt: NOW - 60_000, first: before }
  expectFrame(
    'inspect-changed.120x36',
    frameOf(stateOf({ reading, ...words, change: { ...words?.change, inspected } })),
  )
})

test('inspect-revealed at 120x36', () => {
  const words = inspectWords(api, { value: apiObject })
  const state = stateOf({ reading, ...words })
  const revealed = screenKey({ kind: 'inspect', object: api })
  expectFrame('inspect-revealed.120x36', frameOf({ ...state, navigation: { ...state.navigation, revealed } }))
})
