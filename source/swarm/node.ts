/** A node of the swarm as the dashboard thinks of it: every field there, whatever the wire left out. */
export type Node = {
  readonly id: string
  /** Goes with an update, so that nobody's change is overwritten (`Version.Index`). */
  readonly version: number
  /** `''` until a joining node has described itself. */
  readonly hostname: string
  readonly role: NodeRole
  readonly availability: NodeAvailability
  readonly state: NodeState
  /** The dispatcher's reason, such as `heartbeat failure`; `''` when there is none. */
  readonly stateMessage: string
  readonly address: string
  /** Computed by the leader when asked and never stored; `null` for what is not a raft member, whatever its role. */
  readonly manager: ManagerStatus | null
  readonly engineVersion: string
  readonly platform: { readonly os: string; readonly architecture: string }
  readonly capacity: Resources
  readonly labels: Readonly<Record<string, string>>
  readonly engineLabels: Readonly<Record<string, string>>
  /** Milliseconds since 1970, by the managers' clocks. */
  readonly createdAt: number
  readonly updatedAt: number
}

export type NodeRole = 'manager' | 'worker'
export type NodeAvailability = 'active' | 'pause' | 'drain'
export type NodeState = 'unknown' | 'down' | 'ready' | 'disconnected'

export type ManagerStatus = {
  readonly isLeader: boolean
  readonly reachability: 'unknown' | 'unreachable' | 'reachable'
  /** `10.0.0.1:2377`, the raft address. */
  readonly address: string
}

/** CPU in billionths of a core, memory in bytes. */
export type Resources = {
  readonly nanoCpus: number
  readonly memoryBytes: number
}
