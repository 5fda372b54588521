/**
 * What `GET /nodes` answers, in the Engine API's own spelling. Everything but the ID may be missing: a node that has
 * just joined has no description, a proxy may drop what it does not know.
 * Source: moby/moby api/types/swarm/node.go
 */
export type ApiNode = {
  readonly ID: string
  readonly Version?: { readonly Index?: number }
  readonly CreatedAt?: string
  readonly UpdatedAt?: string
  readonly Spec?: ApiNodeSpec
  readonly Description?: {
    readonly Hostname?: string
    readonly Platform?: { readonly Architecture?: string; readonly OS?: string }
    readonly Resources?: ApiResources
    readonly Engine?: {
      readonly EngineVersion?: string
      readonly Labels?: Readonly<Record<string, string>> | null
      readonly Plugins?: readonly { readonly Type?: string; readonly Name?: string }[] | null
    }
    readonly TLSInfo?: {
      readonly TrustRoot?: string
      readonly CertIssuerSubject?: string
      readonly CertIssuerPublicKey?: string
    }
  }
  readonly Status?: { readonly State?: string; readonly Message?: string; readonly Addr?: string }
  readonly ManagerStatus?: { readonly Leader?: boolean; readonly Reachability?: string; readonly Addr?: string } | null
}

/** The part of a node that a person may change; updates send it whole (`POST /nodes/{id}/update`). */
export type ApiNodeSpec = {
  readonly Name?: string
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly Role?: string
  readonly Availability?: string
}

/** CPU in billionths of a core, memory in bytes. */
export type ApiResources = {
  readonly NanoCPUs?: number
  readonly MemoryBytes?: number
  readonly GenericResources?: readonly ApiGenericResource[] | null
}

/** So many of a kind, or one of them by its name. */
export type ApiGenericResource = {
  readonly DiscreteResourceSpec?: { readonly Kind?: string; readonly Value?: number }
  readonly NamedResourceSpec?: { readonly Kind?: string; readonly Value?: string }
}
