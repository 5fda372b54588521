import { PLUGINS_BY_KIND } from '../world/plugins.ts'
import { type Asked, askLeader } from './ask-leader.ts'
import { type Call, json, type Result } from './call.ts'
import { COMMITS, KERNEL } from './engine-facts.ts'
import { checkManager, isControlled } from './situation.ts'
import { renderSwarmInfo } from './swarm-info.ts'
import { formatTime } from './time.ts'
import { ENGINE_VERSION, isBelow } from './version.ts'

/** Source: moby/moby daemon/info.go, daemon/cluster/swarm.go (Info) */
export function info(call: Call): Result {
  const { world, machine } = call
  const asked = askThroughManager(call)
  if (asked?.kind === 'wait') return asked
  const swarmInfo = renderSwarmInfo(world, machine, asked)
  const containers = Object.values(machine.containers)
  const running = containers.filter(({ state }) => state === 'running').length
  return json({
    ID: machine.engineId,
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: 0,
    ContainersStopped: containers.length - running,
    Images: Object.keys(machine.images).length,
    ...ENGINE,
    SystemTime: formatTime(world, world.now),
    NEventsListener: Object.values(world.streams).filter(stream => stream.machine === machine.name).length,
    Architecture: machine.architecture,
    OSType: machine.os,
    NCPU: machine.nanoCpus / 1e9,
    MemTotal: machine.memoryBytes,
    Name: machine.name,
    Labels: Object.entries(machine.engineLabels).map(([name, value]) => `${name}=${value}`),
    ...renderFieldsOfVersion(call.version),
    Swarm: swarmInfo,
    Warnings: swarmInfo.Warnings ?? null,
  })
}

/** Null where there is no manager to ask through; one that is being stopped cannot reach the leader any more. */
function askThroughManager(call: Call): Asked | null {
  const manager = checkManager(call.world, call.machine)
  if (manager.ok) return askLeader(call, 'read')
  return isControlled(call.machine) ? { kind: 'refused', refusal: manager.refusal } : null
}

/** What is the same on all simulated machines. */
const ENGINE = {
  Driver: 'overlay2',
  DriverStatus: [
    ['Backing Filesystem', 'extfs'],
    ['Supports d_type', 'true'],
    ['Using metacopy', 'false'],
    ['Native Overlay Diff', 'true'],
    ['userxattr', 'false'],
  ],
  Plugins: PLUGINS_BY_KIND,
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  IPv4Forwarding: true,
  Debug: false,
  NFd: 40,
  OomKillDisable: false,
  NGoroutines: 120,
  LoggingDriver: 'json-file',
  CgroupDriver: 'systemd',
  CgroupVersion: '2',
  KernelVersion: KERNEL,
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  OSVersion: '12',
  IndexServerAddress: 'https://index.docker.io/v1/',
  RegistryConfig: {
    IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
    InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
    Mirrors: null,
  },
  GenericResources: null,
  DockerRootDir: '/var/lib/docker',
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  ExperimentalBuild: false,
  ServerVersion: ENGINE_VERSION,
  Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, runc: { path: 'runc' } },
  DefaultRuntime: 'runc',
  LiveRestoreEnabled: false,
  Isolation: '',
  InitBinary: 'docker-init',
  SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
  CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
}

/** Source: moby/moby api/server/router/system/system_routes.go (getInfo) */
function renderFieldsOfVersion(version: string) {
  const isOld = isBelow(version, '1.49')
  const containerd = {
    Address: '/run/containerd/containerd.sock',
    Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
  }
  return {
    ...Object.fromEntries(Object.entries(COMMITS).map(([name, ID]) => [name, isOld ? { ID, Expected: ID } : { ID }])),
    ...(!isOld && { FirewallBackend: { Driver: 'iptables' } }),
    ...(!isBelow(version, '1.46') && { Containerd: containerd }),
    ...(isBelow(version, '1.50') && { BridgeNfIptables: false, BridgeNfIp6tables: false }),
  }
}
