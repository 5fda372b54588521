import { driverShape } from './service-shape.ts'
import { duration, flag, int64, labels, list, pointer, struct, text, texts, uint32, uint64 } from './shape.ts'

/* Source: moby/moby api/types/swarm/swarm.go. Read with `readBody(call, 'InitRequest', initRequestShape)`. */

export const clusterSpecShape = struct('swarm.Spec', {
  Name: text,
  Labels: labels,
  Orchestration: struct('swarm.OrchestrationConfig', { TaskHistoryRetentionLimit: pointer(int64) }),
  Raft: struct('swarm.RaftConfig', {
    SnapshotInterval: uint64,
    KeepOldSnapshots: pointer(uint64),
    LogEntriesForSlowFollowers: uint64,
    ElectionTick: int64,
    HeartbeatTick: int64,
  }),
  Dispatcher: struct('swarm.DispatcherConfig', { HeartbeatPeriod: duration }),
  CAConfig: struct('swarm.CAConfig', {
    NodeCertExpiry: duration,
    ExternalCAs: list(
      '*swarm.ExternalCA',
      struct('swarm.ExternalCA', { Protocol: text, URL: text, Options: labels, CACert: text }),
    ),
    SigningCACert: text,
    SigningCAKey: text,
    ForceRotate: uint64,
  }),
  TaskDefaults: struct('swarm.TaskDefaults', { LogDriver: driverShape }),
  EncryptionConfig: struct('swarm.EncryptionConfig', { AutoLockManagers: flag }),
})

export const initRequestShape = struct('swarm.InitRequest', {
  ListenAddr: text,
  AdvertiseAddr: text,
  DataPathAddr: text,
  DataPathPort: uint32,
  ForceNewCluster: flag,
  Spec: clusterSpecShape,
  AutoLockManagers: flag,
  Availability: text,
  DefaultAddrPool: texts,
  SubnetSize: uint32,
})

export const joinRequestShape = struct('swarm.JoinRequest', {
  ListenAddr: text,
  AdvertiseAddr: text,
  DataPathAddr: text,
  RemoteAddrs: texts,
  JoinToken: text,
  Availability: text,
})

export const unlockRequestShape = struct('swarm.UnlockRequest', { UnlockKey: text })
