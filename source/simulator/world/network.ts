/** A network of the swarm. Local ones, which every engine has of its own, are no objects of the store. */
export type Network = Meta & {
  readonly name: string
  readonly driver: string
  readonly labels: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly isIngress: boolean
  readonly isInternal: boolean
  readonly isAttachable: boolean
  /** `''` until the allocator has given one. */
  readonly subnet: string
  readonly gateway: string
}

/** What services may be given, and nobody may read again. */
export type Secret = Meta & {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Base64. It never leaves the store. */
  readonly data: string
}

/** As a secret, but shown. */
export type Config = Secret

type Meta = { readonly id: string; readonly version: number; readonly createdAt: number; readonly updatedAt: number }
