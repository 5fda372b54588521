import type { ApiCluster } from '../../api/info.ts'
import type { Cluster } from '../world/swarm.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'

export type ClusterSpec = Cluster['spec']

const SHORTEST_EXPIRY_NS = 3_600e9

/** What an update that names nothing stores. */
export const EMPTY_CLUSTER_SPEC: ClusterSpec = {
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 0 },
  Raft: { KeepOldSnapshots: 0, ElectionTick: 0, HeartbeatTick: 0 },
  Dispatcher: {},
  CAConfig: {},
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

/**
 * Lays what a body names over a spec; what is missing or zero there leaves it as it is.
 *
 * Source: moby/moby daemon/cluster/convert/swarm.go (MergeSwarmSpecToGRPC), daemon/cluster/swarm.go (Update),
 * moby/swarmkit manager/controlapi/cluster.go (validateClusterSpec)
 */
export function layOver(base: ClusterSpec, body: ApiCluster['Spec']): Answer<ClusterSpec> {
  const { Name, Labels, Orchestration, Raft, Dispatcher, CAConfig, EncryptionConfig } = body ?? {}
  if (Name !== undefined && Name !== '' && Name !== 'default') {
    return refused(400, 'swarm spec must be named "default"')
  }
  const expiry = CAConfig?.NodeCertExpiry
  if (isSet(expiry) && expiry < SHORTEST_EXPIRY_NS) {
    return refusedBySwarm('InvalidArgument', 'minimum certificate expiry time is: 1h0m0s')
  }
  if (isSet(Dispatcher?.HeartbeatPeriod) && Dispatcher.HeartbeatPeriod < 0) {
    return refusedBySwarm('InvalidArgument', 'heartbeat time period cannot be a negative duration')
  }
  return granted({
    Name: 'default',
    Labels: { ...(Object.keys(Labels ?? {}).length > 0 ? Labels : base.Labels) },
    Orchestration: { ...base.Orchestration, ...named(Orchestration, ['TaskHistoryRetentionLimit'], isNumber) },
    Raft: {
      ...base.Raft,
      ...named(Raft, ['SnapshotInterval', 'LogEntriesForSlowFollowers', 'HeartbeatTick', 'ElectionTick']),
      ...named(Raft, ['KeepOldSnapshots'], isNumber),
    },
    Dispatcher: { ...base.Dispatcher, ...named(Dispatcher, ['HeartbeatPeriod']) },
    CAConfig: { ...named(base.CAConfig, ['NodeCertExpiry']), ...named(CAConfig, ['NodeCertExpiry', 'ForceRotate']) },
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: EncryptionConfig?.AutoLockManagers === true },
  })
}

function named<T extends object, K extends keyof T>(
  part: T | undefined,
  keys: readonly K[],
  counts: (value: unknown) => boolean = isSet,
): Partial<Pick<T, K>> {
  const found: Partial<Pick<T, K>> = {}
  for (const key of keys) {
    const value = part?.[key]
    if (value !== undefined && counts(value)) found[key] = value
  }
  return found
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isSet(value: unknown): value is number {
  return isNumber(value) && value !== 0
}
