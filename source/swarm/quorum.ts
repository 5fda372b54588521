/**
 * How the managers stand. Counted over raft members, not over nodes whose role says manager: a node has a
 * `ManagerStatus` exactly while it is a member (moby/swarmkit manager/state/raft/raft.go, GetMemberlist).
 */
export type Quorum = {
  readonly members: readonly QuorumMember[]
  readonly reachable: number
  readonly majority: number
  /** How many more reachable members can be lost before the majority is; negative when it is lost already. */
  readonly canLose: number
  readonly hasQuorum: boolean
  readonly leader: QuorumMember | null
  /** Nodes that are, or should become, managers but are not in the raft. */
  readonly outsiders: readonly { readonly nodeId: string; readonly name: string }[]
  readonly advice: readonly QuorumAdvice[]
}

export type QuorumMember = {
  readonly nodeId: string
  readonly name: string
  readonly address: string
  readonly isLeader: boolean
  readonly isReachable: boolean
  readonly isDown: boolean
  /** `''` when no zone label is set. */
  readonly zone: string
}

export type QuorumAdvice =
  | { readonly kind: 'even-count'; readonly members: number }
  | { readonly kind: 'single-manager' }
  | { readonly kind: 'no-tolerance' }
  /** Members that are down still count against the majority until they are demoted. */
  | { readonly kind: 'down-but-counted'; readonly names: readonly string[] }
  /** Losing this one zone loses the quorum. */
  | {
      readonly kind: 'zone'
      readonly zone: string
      readonly zones: readonly { readonly zone: string; readonly names: readonly string[] }[]
    }
