/** A network that an engine knows: the swarm's, and its own. */
export type Network = {
  readonly id: string
  readonly name: string
  readonly driver: string
  /** `swarm` for what spans nodes, `local` for what this engine has for itself. */
  readonly scope: string
  readonly subnets: readonly string[]
  readonly isInternal: boolean
  readonly isAttachable: boolean
  /** Between nodes; an option of the overlay driver. */
  readonly isEncrypted: boolean
  /** The one that published ports are reached by. */
  readonly isIngress: boolean
  readonly labels: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly createdAt: number
}
