/**
 * How many raft members must agree before anything is decided: more than half of all members, dead ones included.
 * Source: etcd-io/raft quorum/majority.go.
 */
export const majorityOf = (members: number): number => Math.floor(members / 2) + 1

/** How many of the members that answer may still be lost before the majority is; negative when it is lost already. */
export const tolerance = (members: number, reachable: number): number => reachable - majorityOf(members)
