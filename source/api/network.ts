/** What `GET /networks` answers. Source: moby/moby api/types/network/network.go (Inspect, Summary) */
export type ApiNetwork = {
  readonly Name?: string
  readonly Id?: string
  readonly Created?: string
  readonly Scope?: string
  readonly Driver?: string
  readonly IPAM?: {
    readonly Config?: readonly { readonly Subnet?: string; readonly Gateway?: string }[] | null
  } | null
  readonly Internal?: boolean
  readonly Attachable?: boolean
  readonly Ingress?: boolean
  readonly ConfigOnly?: boolean
  readonly Options?: Readonly<Record<string, string>> | null
  readonly Labels?: Readonly<Record<string, string>> | null
}
