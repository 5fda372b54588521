/** What `GET /info` answers, as far as the swarm is concerned. Source: moby/moby api/types/system/info.go */
export type ApiInfo = {
  readonly ID?: string
  readonly Name?: string
  readonly SystemTime?: string
  readonly ServerVersion?: string
  readonly Labels?: readonly string[] | null
  readonly NCPU?: number
  readonly MemTotal?: number
  readonly OperatingSystem?: string
  readonly OSType?: string
  readonly Architecture?: string
  readonly Swarm?: {
    readonly NodeID?: string
    readonly NodeAddr?: string
    readonly LocalNodeState?: string
    readonly ControlAvailable?: boolean
    readonly Error?: string
    readonly RemoteManagers?: readonly { readonly NodeID?: string; readonly Addr?: string }[] | null
    readonly Nodes?: number
    readonly Managers?: number
    readonly Cluster?: ApiCluster | null
    readonly Warnings?: readonly string[] | null
  }
  readonly Warnings?: readonly string[] | null
}

/** The cluster object inside `/info` and `/swarm`; empty (ID `""`) while there is no quorum. */
export type ApiCluster = {
  readonly ID?: string
  readonly Version?: { readonly Index?: number }
  readonly CreatedAt?: string
  readonly UpdatedAt?: string
  readonly Spec?: {
    readonly Name?: string
    readonly Labels?: Readonly<Record<string, string>> | null
    readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number }
    readonly Raft?: {
      readonly ElectionTick?: number
      readonly HeartbeatTick?: number
      readonly SnapshotInterval?: number
      readonly KeepOldSnapshots?: number
      readonly LogEntriesForSlowFollowers?: number
    }
    readonly Dispatcher?: { readonly HeartbeatPeriod?: number }
    readonly CAConfig?: {
      readonly NodeCertExpiry?: number
      readonly ForceRotate?: number
      readonly ExternalCAs?: readonly { readonly Protocol?: string; readonly URL?: string }[] | null
    }
    readonly TaskDefaults?: object
    readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean }
  }
  readonly TLSInfo?: { readonly TrustRoot?: string } | null
  readonly RootRotationInProgress?: boolean
  readonly DefaultAddrPool?: readonly string[] | null
  readonly SubnetSize?: number
  readonly DataPathPort?: number
}

/** What `GET /swarm` answers: the cluster with the tokens that let a machine join. Source: moby/moby api/types/swarm/swarm.go */
export type ApiSwarm = ApiCluster & {
  readonly JoinTokens?: { readonly Worker?: string; readonly Manager?: string }
}

/** What `GET /version` answers. Source: moby/moby api/types/types.go (Version) */
export type ApiVersion = {
  readonly Version?: string
  readonly ApiVersion?: string
  readonly MinAPIVersion?: string
  readonly Os?: string
  readonly Arch?: string
}

/** One line of `GET /events`. Source: moby/moby api/types/events/events.go */
export type ApiEvent = {
  /** Of containers and images alone: what these fields were called long ago. */
  readonly status?: string
  readonly id?: string
  readonly from?: string
  readonly Type?: string
  readonly Action?: string
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> }
  readonly scope?: string
  readonly time?: number
  readonly timeNano?: number
}

/** One whole reading of a manager, as it came over the wire and before anything was made of it. */
export type ApiReading = {
  readonly info: ApiInfo
  readonly version: ApiVersion
  readonly nodes: readonly import('./node.ts').ApiNode[]
  readonly services: readonly import('./service.ts').ApiService[]
  readonly tasks: readonly import('./task.ts').ApiTask[]
}
