import type { ApiCluster, ApiInfo } from '../../api/info.ts'
import { advertisedAddress } from '../membership/addresses.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import type { Asked } from './ask-leader.ts'
import { LOCKED } from './situation.ts'
import { formatTime } from './time.ts'

type SwarmInfo = NonNullable<ApiInfo['Swarm']>
type Told = Exclude<Asked, { readonly kind: 'wait' }>
type ClusterInfo = ApiCluster & Readonly<Record<string, unknown>>

/**
 * How an engine stands to its swarm, as `/info` tells it. `asked`: what the leader said to a manager, or why it was not
 * reached; null on everybody else.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Info)
 */
export function renderSwarmInfo(world: World, machine: Machine, asked: Told | null): SwarmInfo {
  const { membership, joining } = machine
  if (membership?.state === 'locked') return { ...INACTIVE, LocalNodeState: 'locked', Error: LOCKED }
  const swarm = swarmOf(world, machine)
  if (membership === null || swarm === undefined) {
    if (joining === undefined) return INACTIVE
    return { ...INACTIVE, LocalNodeState: 'pending', RemoteManagers: [{ NodeID: '', Addr: joining.remote }] }
  }
  return {
    NodeID: membership.nodeId,
    NodeAddr: advertisedAddress(machine),
    LocalNodeState: membership.state,
    ControlAvailable: asked !== null,
    Error: asked?.kind === 'refused' ? asked.refusal.message : '',
    RemoteManagers: Object.entries(swarm.raft.members).map(([NodeID, { address }]) => ({ NodeID, Addr: address })),
    ...(asked?.kind === 'answered' && renderCounts(world, asked.swarm)),
    ...(asked?.kind === 'refused' && { Cluster: NO_CLUSTER }),
  }
}

export function renderCluster(world: World, { cluster }: Swarm): ClusterInfo {
  const { defaultAddressPool, trustRoot } = cluster
  return {
    ID: cluster.id,
    Version: { Index: cluster.version },
    CreatedAt: formatTime(world, cluster.createdAt),
    UpdatedAt: formatTime(world, cluster.updatedAt),
    Spec: cluster.spec,
    TLSInfo: renderTrust(trustRoot),
    RootRotationInProgress: false,
    DefaultAddrPool: defaultAddressPool.length > 0 ? defaultAddressPool : null,
    SubnetSize: cluster.subnetSize,
    DataPathPort: cluster.dataPathPort,
  }
}

/** Of a cluster, and the same of each of its nodes. */
export function renderTrust({ certificate, subject, publicKey }: Swarm['cluster']['trustRoot']) {
  return { TrustRoot: certificate, CertIssuerSubject: subject, CertIssuerPublicKey: publicKey }
}

function renderCounts(world: World, swarm: Swarm): Partial<SwarmInfo> {
  const Managers = Object.keys(swarm.raft.members).length
  return {
    Nodes: Object.keys(swarm.nodes).length,
    Managers,
    Cluster: renderCluster(world, swarm),
    ...(Managers === 2 && { Warnings: [TWO_MANAGERS] }),
  }
}

const INACTIVE: SwarmInfo = {
  NodeID: '',
  NodeAddr: '',
  LocalNodeState: 'inactive',
  ControlAvailable: false,
  Error: '',
  RemoteManagers: null,
}

/** What is left of the cluster where nobody can be asked. */
const NO_CLUSTER: ClusterInfo = {
  ID: '',
  Version: {},
  CreatedAt: '0001-01-01T00:00:00Z',
  UpdatedAt: '0001-01-01T00:00:00Z',
  Spec: {
    Labels: null,
    Orchestration: {},
    Raft: { ElectionTick: 0, HeartbeatTick: 0 },
    Dispatcher: {},
    CAConfig: {},
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: false },
  },
  TLSInfo: {},
  RootRotationInProgress: false,
  DefaultAddrPool: null,
  SubnetSize: 0,
  DataPathPort: 0,
}

const TWO_MANAGERS = [
  'WARNING: Running Swarm in a two-manager configuration. This configuration provides',
  'no fault tolerance, and poses a high risk to lose control over the cluster.',
  'Refer to https://docs.docker.com/engine/swarm/admin_guide/ to configure the',
  'Swarm for fault-tolerance.',
].join('\n         ')
