/** A secret or a config of the swarm, as its list tells of it. The content of neither is read. */
export type Secret = {
  readonly id: string
  readonly name: string
  /** Who keeps a secret's content, or fills in a config's; `''` for the swarm itself. */
  readonly driver: string
  readonly labels: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
}
