import type { ApiInfo, ApiReading, ApiVersion } from '../../source/api/info.ts'
import type { ApiNode, ApiResources } from '../../source/api/node.ts'
import type { ApiPort, ApiService, ApiServiceSpec } from '../../source/api/service.ts'
import type { ApiTask, ApiTaskSpec } from '../../source/api/task.ts'

/** The moment at which every built reading was taken, by the engine's clock. */
export const NOW = Date.parse('2026-11-21T12:00:00Z')

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000

/** The API's spelling of the moment so many milliseconds before `NOW`. */
export const timeAgo = (agoMs: number) => new Date(NOW - agoMs).toISOString()

/** Names in, IDs out: tests say `w1` where the wire says an ID. */
export const nodeIdOf = (name: string) => `node-${name}`
export const serviceIdOf = (name: string) => `service-${name}`

type NodeWords = {
  readonly name: string
  readonly id?: string
  readonly version?: number
  readonly role?: 'manager' | 'worker'
  readonly availability?: 'active' | 'pause' | 'drain'
  readonly state?: 'unknown' | 'down' | 'ready' | 'disconnected'
  readonly message?: string
  readonly isLeader?: boolean
  /** Without it a manager is reachable. `null`: a manager that is no raft member. */
  readonly reachability?: 'unknown' | 'unreachable' | 'reachable' | null
  readonly labels?: Readonly<Record<string, string>>
  readonly engineLabels?: Readonly<Record<string, string>>
  readonly address?: string
  readonly resources?: ApiResources
  readonly createdAgoMs?: number
}

/** A worker that is Ready and Active with two cores and 4 GiB, unless the words say otherwise. */
export function apiNode(words: NodeWords): ApiNode {
  const { name, role = 'worker', address = '10.0.0.1', reachability = 'reachable' } = words
  const isMember = role === 'manager' && reachability !== null
  return {
    ID: words.id ?? nodeIdOf(name),
    Version: { Index: words.version ?? 10 },
    CreatedAt: timeAgo(words.createdAgoMs ?? 24 * HOUR),
    UpdatedAt: timeAgo(HOUR),
    Spec: { Labels: words.labels ?? {}, Role: role, Availability: words.availability ?? 'active' },
    Description: {
      Hostname: name,
      Platform: { Architecture: 'x86_64', OS: 'linux' },
      Resources: words.resources ?? { NanoCPUs: 2e9, MemoryBytes: 4 * 2 ** 30 },
      Engine: { EngineVersion: '28.2.2', Labels: words.engineLabels ?? {} },
    },
    Status: {
      State: words.state ?? 'ready',
      Addr: address,
      ...(words.message === undefined ? {} : { Message: words.message }),
    },
    ...(isMember
      ? {
          ManagerStatus: {
            ...(words.isLeader ? { Leader: true } : {}),
            Reachability: reachability,
            Addr: `${address}:2377`,
          },
        }
      : {}),
  }
}

/** A manager of the raft; `apiManager('m1', {isLeader: true})`. */
export const apiManager = (name: string, words: Omit<NodeWords, 'name' | 'role'> = {}) =>
  apiNode({ ...words, name, role: 'manager' })

type ServiceWords = {
  readonly name: string
  readonly id?: string
  readonly version?: number
  readonly replicas?: number
  /** Instead of `replicas`. */
  readonly mode?: ApiServiceSpec['Mode']
  readonly image?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly constraints?: readonly string[]
  readonly maxReplicasPerNode?: number
  readonly reservations?: ApiResources
  readonly restartCondition?: 'none' | 'on-failure' | 'any'
  readonly forceUpdate?: number
  readonly updateOrder?: 'stop-first' | 'start-first'
  readonly parallelism?: number
  readonly updateDelayMs?: number
  readonly update?: ApiService['UpdateStatus']
  readonly jobIteration?: number
  /** The daemon's own counts: running, desired, completed. Left out when not given, as engines before 1.41 do. */
  readonly status?: readonly [running: number, desired: number, completed?: number]
  readonly ports?: readonly ApiPort[]
  /** What its spec was before. */
  readonly previous?: Omit<ServiceWords, 'name'>
}

/** A replicated service of one, image `NAME:1`, unless the words say otherwise. */
export function apiService(words: ServiceWords): ApiService {
  const { name } = words
  return {
    ID: words.id ?? serviceIdOf(name),
    Version: { Index: words.version ?? 20 },
    CreatedAt: timeAgo(12 * HOUR),
    UpdatedAt: timeAgo(HOUR),
    Spec: serviceSpecOf(words),
    ...(words.previous === undefined ? {} : { PreviousSpec: serviceSpecOf({ name, ...words.previous }) }),
    Endpoint: { Spec: {}, ...(words.ports === undefined ? {} : { Ports: words.ports }) },
    ...(words.update === undefined ? {} : { UpdateStatus: words.update }),
    ...(words.jobIteration === undefined ? {} : { JobStatus: { JobIteration: { Index: words.jobIteration } } }),
    ...(words.status === undefined
      ? {}
      : {
          ServiceStatus: {
            RunningTasks: words.status[0],
            DesiredTasks: words.status[1],
            CompletedTasks: words.status[2] ?? 0,
          },
        }),
  }
}

function serviceSpecOf(words: ServiceWords): ApiServiceSpec {
  const { name, replicas = 1, mode = { Replicated: { Replicas: replicas } } } = words
  return {
    Name: name,
    Labels: words.labels ?? {},
    TaskTemplate: taskSpecOf(words),
    Mode: mode,
    ...updateConfigOf(words),
  }
}

/** None where no word is said of it. */
function updateConfigOf({
  updateOrder,
  parallelism,
  updateDelayMs,
}: ServiceWords): Pick<ApiServiceSpec, 'UpdateConfig'> {
  if (updateOrder === undefined && parallelism === undefined && updateDelayMs === undefined) return {}
  return {
    UpdateConfig: {
      Order: updateOrder ?? 'stop-first',
      Parallelism: parallelism ?? 1,
      Delay: (updateDelayMs ?? 0) * 1e6,
    },
  }
}

function taskSpecOf(words: Omit<ServiceWords, 'mode' | 'status' | 'update'>): ApiTaskSpec {
  return {
    ContainerSpec: { Image: words.image ?? `${words.name}:1` },
    Resources: { Limits: {}, Reservations: words.reservations ?? {} },
    ...(words.restartCondition === undefined ? {} : { RestartPolicy: { Condition: words.restartCondition } }),
    Placement: {
      ...(words.constraints === undefined ? {} : { Constraints: words.constraints }),
      ...(words.maxReplicasPerNode === undefined ? {} : { MaxReplicas: words.maxReplicasPerNode }),
    },
    ForceUpdate: words.forceUpdate ?? 0,
  }
}

type TaskWords = {
  /** The service's name. */
  readonly service: string
  readonly id?: string
  /** 0 or nothing for a global service. */
  readonly slot?: number
  /** The node's name; nothing while there is none. */
  readonly node?: string
  readonly state?: string
  readonly desired?: string
  readonly message?: string
  readonly error?: string
  readonly exitCode?: number
  readonly image?: string
  readonly forceUpdate?: number
  readonly reservations?: ApiResources
  readonly jobIteration?: number
  readonly createdAgoMs?: number
  /** How long it has been in its state; without it, since it was created. */
  readonly stateAgoMs?: number
}

/** A task that has been running for an hour, unless the words say otherwise. */
export function apiTask(words: TaskWords): ApiTask {
  const { service, slot = 0, node, state = 'running', createdAgoMs = HOUR } = words
  const place = slot === 0 ? (node ?? '0') : slot
  return {
    ID: words.id ?? `task-${service}.${place}-${state}-${createdAgoMs}`,
    Version: { Index: 30 },
    CreatedAt: timeAgo(createdAgoMs),
    UpdatedAt: timeAgo(words.stateAgoMs ?? createdAgoMs),
    Labels: {},
    Spec: taskSpecOf({
      name: service,
      ...(words.image === undefined ? {} : { image: words.image }),
      ...(words.forceUpdate === undefined ? {} : { forceUpdate: words.forceUpdate }),
      ...(words.reservations === undefined ? {} : { reservations: words.reservations }),
    }),
    ServiceID: serviceIdOf(service),
    ...(slot === 0 ? {} : { Slot: slot }),
    ...(node === undefined ? {} : { NodeID: nodeIdOf(node) }),
    Status: {
      Timestamp: timeAgo(words.stateAgoMs ?? createdAgoMs),
      State: state,
      Message: words.message ?? (state === 'running' ? 'started' : state),
      ...(words.error === undefined ? {} : { Err: words.error }),
      ...(words.exitCode === undefined
        ? {}
        : { ContainerStatus: { ContainerID: '0a81c0c9021b', PID: 0, ExitCode: words.exitCode } }),
      PortStatus: {},
    },
    DesiredState: words.desired ?? (ENDED.has(state) ? 'shutdown' : 'running'),
    ...(words.jobIteration === undefined ? {} : { JobIteration: { Index: words.jobIteration } }),
  }
}

const ENDED: ReadonlySet<string> = new Set(['shutdown', 'failed', 'rejected', 'orphaned'])

/** One running task for each node named, in slots 1, 2, …: `apiTasks('api', ['w1', 'w2'])`. */
export const apiTasks = (service: string, nodes: readonly string[]): readonly ApiTask[] =>
  nodes.map((node, index) => apiTask({ service, node, slot: index + 1 }))

/** What `m1`, a manager of a healthy swarm, says of itself. */
export function apiInfo(words: ApiInfo = {}): ApiInfo {
  return {
    ID: '290ca786-97bf-4254-b61f-4749f933efb2',
    Name: 'm1',
    SystemTime: timeAgo(0),
    ServerVersion: '28.2.2',
    Labels: [],
    NCPU: 2,
    MemTotal: 4 * 2 ** 30,
    OSType: 'linux',
    Architecture: 'x86_64',
    Warnings: null,
    ...words,
    Swarm: {
      NodeID: nodeIdOf('m1'),
      NodeAddr: '10.0.0.1',
      LocalNodeState: 'active',
      ControlAvailable: true,
      Error: '',
      RemoteManagers: [{ NodeID: nodeIdOf('m1'), Addr: '10.0.0.1:2377' }],
      Nodes: 1,
      Managers: 1,
      Cluster: { ID: 'cluster', Spec: { Name: 'default', Orchestration: { TaskHistoryRetentionLimit: 5 } } },
      ...words.Swarm,
    },
  }
}

const VERSION: ApiVersion = { Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' }

/** A whole reading; without words, of a swarm that is one manager, `m1`. */
export function apiReading(words: Partial<ApiReading> = {}): ApiReading {
  return {
    info: apiInfo(),
    version: VERSION,
    nodes: [apiManager('m1', { isLeader: true })],
    services: [],
    tasks: [],
    ...words,
  }
}
