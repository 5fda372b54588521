import type { Cluster } from './cluster.ts'

/** What it takes to give a swarm that has lost its quorum a majority again. Names are from the cluster: untrusted. */
export type Recovery = {
  readonly members: number
  readonly majority: number
  /** The managers that were reachable in the last reading, and those that were not. */
  readonly answered: readonly string[]
  readonly silent: readonly string[]
  /** This many of the candidates have to come back. */
  readonly needed: number
  readonly candidates: readonly string[]
  /** The manager that is known to run still; `null` when it is not known which. */
  readonly survivor: string | null
  /** Every other manager. */
  readonly others: readonly string[]
  /** The last resort, for a shell on the survivor. */
  readonly command: string
}

/**
 * The way back for a cluster as it was last read. `survivorId`: the node that still answers pings, `null` when none is
 * known to. The quorum may have been lost after that reading, in which the managers then all looked well: so every
 * manager is a candidate that was not both counted out before and is not the survivor itself.
 *
 * What the command keeps and what it leaves to do was seen on moby/moby daemon/cluster/swarm.go (Init with
 * ForceNewCluster) and moby/swarmkit manager/state/raft/storage.go.
 */
export function planRecovery(cluster: Cluster, survivorId: string | null = cluster.snapshot.self.nodeId): Recovery {
  const { members, majority, hasQuorum, reachable } = cluster.quorum
  const survivor = members.find(member => member.nodeId === survivorId) ?? null
  const others = members.filter(member => member !== survivor)
  const silent = members.filter(member => !member.isReachable)
  const isLostSince = hasQuorum || silent.length === 0
  const known = isLostSince ? (survivor === null ? 0 : 1) : reachable
  const candidates = isLostSince ? others : silent
  return {
    members: members.length,
    majority,
    answered: members.filter(member => member.isReachable).map(member => member.name),
    silent: silent.map(member => member.name),
    needed: Math.min(candidates.length, Math.max(1, majority - known)),
    candidates: candidates.map(member => member.name),
    survivor: survivor?.name ?? null,
    others: others.map(member => member.name),
    command: `docker swarm init --force-new-cluster --advertise-addr ${advertiseAddress(cluster, survivor)}`,
  }
}

function advertiseAddress(cluster: Cluster, survivor: Cluster['quorum']['members'][number] | null): string {
  if (survivor === null) return UNKNOWN_ADDRESS
  const known = [withoutPort(survivor.address), cluster.snapshot.self.address]
  return known.find(address => ADDRESS.test(address)) ?? UNKNOWN_ADDRESS
}

const UNKNOWN_ADDRESS = 'ADDRESS'

/** The command is there to be copied into a root shell, so nothing but an address gets into it. */
const ADDRESS = /^[\w.:%-]+$/

/** `10.0.0.1:2377` → `10.0.0.1`, `[fd00::1]:2377` → `fd00::1`. */
function withoutPort(address: string): string {
  const bracketed = /^\[(.*)\](?::\d+)?$/.exec(address)
  return bracketed?.[1] ?? address.replace(/:\d+$/, '')
}
