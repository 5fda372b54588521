import type { ApiServiceSpec } from '../../api/service.ts'
import { WELL_BEHAVED } from '../world/image.ts'
import type { Scenario, ScenarioMachine } from './scenario.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const MIB = 1024 * 1024
const GIB = 1024 * MIB

/**
 * A small shop on five machines in three zones. Deployments, a burst of load and a worker that keeps crashing make
 * something move within seconds of the start and ever after; nodes are left for the person to play with.
 */
export const DEFAULT_SCENARIO: Scenario = {
  name: 'default',
  historyMs: 26 * HOUR,
  machines: [
    machine('node1', 'manager', 'a'),
    machine('node2', 'manager', 'b'),
    machine('node3', 'manager', 'c'),
    machine('node4', 'worker', 'a'),
    machine('node5', 'worker', 'b'),
  ],
  images: {
    mailer: { ...WELL_BEHAVED, exit: { chance: 1, afterMs: [8 * MINUTE, 6 * HOUR], code: 1 } },
    reports: { ...WELL_BEHAVED, exit: { chance: 1, afterMs: [25 * MINUTE, 70 * MINUTE], code: 0 } },
    postgres: { ...WELL_BEHAVED, pullMs: [6_000, 9_000], startMs: [1_500, 3_000], stopMs: [900, 2_500] },
    search: { ...WELL_BEHAVED, startMs: [2_500, 5_000], stopMs: 'ignores-signal' },
  },
  services: [
    service('edge-proxy', 'traefik:3.4', {
      mode: 'global',
      ports: [80, 443],
      memoryBytes: 64 * MIB,
    }),
    service('node-exporter', 'prom/node-exporter:1.9', { mode: 'global', memoryBytes: 32 * MIB }),
    service('storefront', 'shop/storefront:2.7.0', {
      replicas: 6,
      memoryBytes: 256 * MIB,
      nanoCpus: 0.25e9,
      update: { Parallelism: 1, Delay: 2e9, Monitor: 5e9, FailureAction: 'pause', Order: 'stop-first' },
    }),
    service('catalog', 'shop/catalog:1.18.2', {
      replicas: 4,
      memoryBytes: 256 * MIB,
      nanoCpus: 0.25e9,
      update: { Parallelism: 2, Delay: 1e9, Monitor: 5e9, FailureAction: 'rollback', Order: 'start-first' },
    }),
    service('checkout', 'shop/checkout:4.1.1', { replicas: 3, memoryBytes: 256 * MIB, nanoCpus: 0.5e9 }),
    service('mailer', 'mailer:0.9.4', { replicas: 2, memoryBytes: 128 * MIB }),
    service('search', 'search:8.2', { replicas: 2, memoryBytes: GIB, nanoCpus: 0.5e9, maxReplicasPerNode: 1 }),
    service('sessions', 'redis:8', { replicas: 3, memoryBytes: 128 * MIB }),
    service('orders-db', 'postgres:17', {
      replicas: 1,
      memoryBytes: 2 * GIB,
      nanoCpus: 1e9,
      constraints: ['node.labels.zone == a', 'node.role == worker'],
    }),
    service('reports', 'reports:1.3', { replicas: 1, memoryBytes: 128 * MIB }),
  ],
  script: [
    deploy('catalog', -7 * HOUR, null, ['shop/catalog:1.18.3']),
    deploy('storefront', -3 * HOUR, null, ['shop/storefront:2.7.1']),
    { at: -40 * MINUTE, every: null, action: { kind: 'scale', service: 'checkout', replicas: [4] } },
    deploy('storefront', 3 * SECOND, 75 * SECOND, ['shop/storefront:2.8.0', 'shop/storefront:2.7.1']),
    { at: 6 * SECOND, every: 48 * SECOND, action: { kind: 'kill-container', service: 'mailer', exitCode: 1 } },
    { at: 30 * SECOND, every: 50 * SECOND, action: { kind: 'scale', service: 'checkout', replicas: [6, 4] } },
    deploy('catalog', 45 * SECOND, 110 * SECOND, ['shop/catalog:1.19.0', 'shop/catalog:1.18.3']),
    { at: 62 * SECOND, every: 170 * SECOND, action: { kind: 'kill-container', service: 'sessions', exitCode: 137 } },
  ],
}

function machine(name: string, role: ScenarioMachine['role'], zone: string): ScenarioMachine {
  return { name, role, cpus: 4, memoryBytes: 8 * GIB, labels: { zone } }
}

function deploy(name: string, at: number, every: number | null, images: readonly string[]): Scenario['script'][number] {
  return { at, every, action: { kind: 'change-image', service: name, images } }
}

type ServiceOptions = {
  readonly mode?: 'global'
  readonly replicas?: number
  readonly ports?: readonly number[]
  readonly memoryBytes: number
  readonly nanoCpus?: number
  readonly constraints?: readonly string[]
  readonly maxReplicasPerNode?: number
  readonly update?: ApiServiceSpec['UpdateConfig']
}

function service(name: string, image: string, options: ServiceOptions): ApiServiceSpec {
  const { memoryBytes, nanoCpus, constraints, maxReplicasPerNode, ports, update } = options
  return {
    Name: name,
    Labels: { 'com.docker.stack.namespace': 'shop' },
    TaskTemplate: {
      ContainerSpec: { Image: image, Init: false, DNSConfig: {} },
      Resources: {
        Limits: {},
        Reservations: { ...(nanoCpus !== undefined && { NanoCPUs: nanoCpus }), MemoryBytes: memoryBytes },
      },
      Placement: {
        ...(constraints !== undefined && { Constraints: constraints }),
        ...(maxReplicasPerNode !== undefined && { MaxReplicas: maxReplicasPerNode }),
      },
      ForceUpdate: 0,
    },
    Mode: options.mode === 'global' ? { Global: {} } : { Replicated: { Replicas: options.replicas ?? 1 } },
    ...(update && { UpdateConfig: update }),
    EndpointSpec: {
      Mode: 'vip',
      ...(ports !== undefined && {
        Ports: ports.map(port => ({ Protocol: 'tcp', TargetPort: port, PublishedPort: port, PublishMode: 'ingress' })),
      }),
    },
  }
}
