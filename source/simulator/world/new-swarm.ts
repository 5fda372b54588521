import { firstNetworks } from './first-networks.ts'
import { newJoinToken } from './join-token.ts'
import { drawBase36, drawId, type RandomState } from './random.ts'
import type { LeaderMemory, Swarm } from './swarm.ts'
import { newTrustRoot } from './trust-root.ts'

/** What `docker swarm init` stores. Source: moby/swarmkit manager/manager.go (defaultClusterObject) */
export const DEFAULT_CLUSTER_SPEC = {
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10_000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 7_776_000e9 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

/** A swarm that nobody has joined yet. `at`: its birth, in the world's time, which is 0 at `epochMs`. */
export function newSwarm(random: RandomState, key: string, at: number, epochMs: number): Swarm {
  const trustRoot = newTrustRoot(drawBase36(random, 50), epochMs + at)
  const ingressNetworkId = drawId(random)
  return {
    key,
    cluster: {
      id: drawId(random),
      version: 10,
      createdAt: at,
      updatedAt: at,
      spec: DEFAULT_CLUSTER_SPEC,
      joinTokens: {
        worker: newJoinToken(random, trustRoot),
        manager: newJoinToken(random, trustRoot),
      },
      unlockKey: '',
      trustRoot,
      defaultAddressPool: [],
      subnetSize: 24,
      dataPathPort: 4789,
      ingressNetworkId,
    },
    index: 11,
    nodes: {},
    services: {},
    tasks: {},
    networks: firstNetworks(random, ingressNetworkId, at),
    secrets: {},
    configs: {},
    volumes: {},
    tasksByService: {},
    tasksByNode: {},
    tasksBySlot: {},
    raft: { members: {}, leader: '', term: 1, leaderSince: at, unreachableFrom: {} },
    leader: newLeaderMemory(),
    changes: [],
    feed: [],
    feedSerial: 0,
  }
}

/** What a leader begins with: nothing but the store. */
export function newLeaderMemory(): LeaderMemory {
  return {
    starts: {},
    startsAfter: {},
    restarts: {},
    updates: {},
    updateSerial: 1,
    scheduler: { unassigned: {}, bound: {}, nodes: {}, failures: {}, firstCommitAt: null, lastCommitAt: 0 },
    held: [],
    reaper: { slots: {}, tasks: {}, due: null },
    allocator: null,
    dispatcher: {
      reports: {},
      isFlushSet: false,
      registering: {},
      registrations: {},
      missing: {},
      missingSerial: 0,
      assignments: {},
    },
  }
}
