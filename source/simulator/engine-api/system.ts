import type { ApiCluster } from '../../api/info.ts'
import { refused } from '../control-api/refusal.ts'
import { withoutDigest } from '../world/image.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import { tasksOfNode } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isTerminal } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { type Call, type ClusterCall, json, type Result, resultOf } from './call.ts'
import { PLUGINS_BY_KIND } from './plugins.ts'
import { situationOf, swarmHeader } from './situation.ts'
import { formatTime } from './time.ts'
import { TLS_INFO } from './tls-info.ts'
import { API_VERSION, ENGINE_VERSION, MIN_API_VERSION } from './version.ts'

const KERNEL = '6.12.0-simulated'

export function ping(call: Call): Result {
  const headers = {
    'Builder-Version': '2',
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    Swarm: swarmHeader(call.world, call.machine),
    'Content-Type': 'text/plain; charset=utf-8',
  }
  return { kind: 'text', status: 200, text: call.request.method === 'HEAD' ? '' : 'OK', headers }
}

/** Source: moby/moby api/types/types.go (Version) */
export function version(_call: Call): Result {
  const engine = {
    ApiVersion: API_VERSION,
    Arch: 'amd64',
    BuildTime: '2025-05-30T12:00:00.000000000+00:00',
    Experimental: 'false',
    GitCommit: '45873be',
    GoVersion: 'go1.24.3',
    KernelVersion: KERNEL,
    MinAPIVersion: MIN_API_VERSION,
    Os: 'linux',
  }
  const { Experimental: _, ...rest } = engine
  return json({
    Platform: { Name: 'swarmtop simulation' },
    Components: [{ Name: 'Engine', Version: ENGINE_VERSION, Details: engine }],
    Version: ENGINE_VERSION,
    ...rest,
  })
}

/** Source: moby/moby daemon/info.go, daemon/cluster/swarm.go (Info) */
export function info({ world, machine }: Call): Result {
  const swarm = swarmOf(world, machine)
  const own = swarm === undefined ? [] : tasksOfNode(swarm, machine.membership?.nodeId ?? '')
  const tasks = own.filter(task => (task.status.container?.id ?? '') !== '')
  const running = tasks.filter(task => task.status.state === 'running').length
  const created = tasks.filter(task => !isTerminal(task)).length - running
  return json({
    ID: machine.engineId,
    Containers: tasks.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: tasks.length - running - created,
    Images: Object.keys(machine.images).length,
    Driver: 'overlay2',
    Plugins: PLUGINS_BY_KIND,
    MemoryLimit: true,
    SwapLimit: true,
    SystemTime: formatTime(world, world.now),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    KernelVersion: KERNEL,
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    OSVersion: '12',
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: machine.nanoCpus / 1e9,
    MemTotal: machine.memoryBytes,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: machine.name,
    Labels: Object.entries(machine.engineLabels).map(([name, value]) => `${name}=${value}`),
    ExperimentalBuild: false,
    ServerVersion: ENGINE_VERSION,
    DefaultRuntime: 'runc',
    Swarm: renderSwarmInfo(world, machine),
    LiveRestoreEnabled: false,
    Warnings: null,
  })
}

export function inspectSwarm({ world, swarm }: ClusterCall): Result {
  const { worker, manager } = swarm.cluster.joinTokens
  return json({ ...renderCluster(world, swarm), JoinTokens: { Worker: worker, Manager: manager } })
}

/** No registry is reachable; the CLI goes on with a warning. */
export function distribution({ id }: Call): Result {
  const text = `simulated machines reach no registry: ${withoutDigest(id)} cannot be looked up`
  return resultOf(refused(403, text), json)
}

function renderSwarmInfo(world: World, machine: Machine) {
  const swarm = swarmOf(world, machine)
  const situation = situationOf(world, machine)
  const members = Object.entries(swarm?.raft.members ?? {})
  const managers = members.map(([nodeId, { address }]) => ({ NodeID: nodeId, Addr: address }))
  return {
    NodeID: machine.membership?.nodeId ?? '',
    NodeAddr: situation === 'inactive' ? '' : machine.address,
    LocalNodeState: situation === 'inactive' ? 'inactive' : 'active',
    ControlAvailable: situation === 'manager',
    Error: '',
    RemoteManagers: situation === 'inactive' ? null : managers,
    ...(situation === 'manager' &&
      swarm !== undefined && {
        Nodes: Object.keys(swarm.nodes).length,
        Managers: members.length,
        Cluster: renderCluster(world, swarm),
      }),
  }
}

function renderCluster(world: World, swarm: Swarm): ApiCluster & Readonly<Record<string, unknown>> {
  const { cluster } = swarm
  return {
    ID: cluster.id,
    Version: { Index: cluster.version },
    CreatedAt: formatTime(world, cluster.createdAt),
    UpdatedAt: formatTime(world, cluster.updatedAt),
    Spec: cluster.spec,
    TLSInfo: TLS_INFO,
    RootRotationInProgress: false,
    DefaultAddrPool: null,
    SubnetSize: 24,
    DataPathPort: 4789,
  }
}
