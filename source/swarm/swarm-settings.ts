/** What holds for a swarm as a whole, with what lets a machine join it. Times are milliseconds. */
export type SwarmSettings = {
  readonly id: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Since 1970, by the managers' clocks. */
  readonly createdAt: number
  readonly updatedAt: number
  /** How many ended tasks a slot keeps. */
  readonly historyLimit: number
  readonly raft: {
    readonly electionTick: number
    readonly heartbeatTick: number
    readonly snapshotInterval: number
    readonly keptSnapshots: number
    readonly entriesForSlowFollowers: number
  }
  readonly heartbeatMs: number
  readonly isAutolocked: boolean
  readonly certificates: {
    /** Of what the nodes' certificates go back to; more than one while it is being changed. */
    readonly roots: readonly RootCertificate[]
    readonly nodeValidityMs: number
    readonly external: readonly string[]
    readonly isRotating: boolean
  }
  /** Where the subnets of new networks come from, and how large each is, in bits. Without any, Docker's own. */
  readonly addressPools: readonly string[]
  readonly subnetSize: number
  readonly dataPathPort: number
  /** `''` where the engine did not tell. */
  readonly tokens: { readonly worker: string; readonly manager: string }
}

/** A certificate by what matters of it; null for what could not be read as one. Since 1970. */
export type RootCertificate = {
  readonly subject: string
  readonly validFrom: number
  readonly validUntil: number
} | null
