/** A network of the swarm. Local ones, which every engine has of its own, are no objects of the store. */
export type Network = Meta & {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** As it was asked for; the allocator gives the rest. */
  readonly driver: string
  readonly driverOptions: Readonly<Record<string, string>>
  readonly ipam: Ipam | null
  readonly isIngress: boolean
  readonly isInternal: boolean
  readonly isAttachable: boolean
  readonly isIpv6: boolean
  /** `host` and `bridge` of every engine, which services may ask for and no list shows: they have no addresses to give. */
  readonly isPredefined: boolean
  /** Null until the allocator has been at it. */
  readonly state: NetworkState | null
}

/** A network of one engine alone. */
export type LocalNetwork = {
  readonly id: string
  readonly createdAt: number
  readonly name: string
  readonly driver: string
  readonly labels: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly pools: readonly Pool[]
  readonly isInternal: boolean
  readonly isAttachable: boolean
  readonly isIpv6: boolean
}

/** What was asked of the address management; `''` for what was left to it. */
export type Ipam = {
  readonly driver: string
  readonly options: Readonly<Record<string, string>> | null
  readonly pools: readonly Pool[]
}

export type Pool = { readonly subnet: string; readonly range: string; readonly gateway: string }

export type NetworkState = {
  readonly options: Readonly<Record<string, string>>
  /** The first one that is IPv4 is the one that addresses come from. */
  readonly pools: readonly Pool[]
}

/** A task's or a node's place in a network; addresses with their prefix, `10.0.1.4/24`. */
export type Attachment = { readonly networkId: string; readonly addresses: readonly string[] }

/** What services may be given, and nobody may read again. */
export type Secret = Meta & {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** Base64. It never leaves the store. */
  readonly data: string
  readonly driver: Driver | null
  readonly templating: Driver | null
}

/** As a secret, but shown; it has no driver. */
export type Config = Secret

/** Something named that serves, and what it is told. */
export type Driver = { readonly name: string; readonly options: Readonly<Record<string, string>> }

type Meta = { readonly id: string; readonly version: number; readonly createdAt: number; readonly updatedAt: number }
