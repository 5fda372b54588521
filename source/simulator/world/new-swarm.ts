import { drawId, drawText, type RandomState } from './random.ts'
import type { LeaderMemory, Swarm } from './swarm.ts'

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

/** A swarm that nobody has joined yet. `at`: its birth, in the world's time. */
export function newSwarm(random: RandomState, key: string, at: number): Swarm {
  const digest = drawBase36(random, 50)
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
        worker: `SWMTKN-1-${digest}-${drawBase36(random, 25)}`,
        manager: `SWMTKN-1-${digest}-${drawBase36(random, 25)}`,
      },
      unlockKey: '',
      ingressNetworkId,
    },
    index: 11,
    nodes: {},
    services: {},
    tasks: {},
    networks: {
      [ingressNetworkId]: {
        id: ingressNetworkId,
        version: 6,
        createdAt: at,
        updatedAt: at,
        name: 'ingress',
        driver: 'overlay',
        labels: {},
        options: { 'com.docker.network.driver.overlay.vxlanid_list': '4096' },
        isIngress: true,
        isInternal: false,
        isAttachable: false,
        subnet: '10.0.0.0/24',
        gateway: '10.0.0.1',
      },
    },
    secrets: {},
    configs: {},
    tasksByService: {},
    tasksByNode: {},
    tasksBySlot: {},
    raft: { members: {}, leader: '', term: 1, leaderSince: at },
    leader: newLeaderMemory(),
    changes: [],
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
    reaper: { slots: {}, tasks: {}, isArmed: false },
    dispatcher: { reports: {}, isFlushSet: false, assignments: {} },
  }
}

export function drawBase36(random: RandomState, length: number): string {
  return drawText(random, '0123456789abcdefghijklmnopqrstuvwxyz', length)
}
