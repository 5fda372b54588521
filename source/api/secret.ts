/**
 * What `GET /secrets` and `GET /configs` answer. `Data` is base64, and comes with configs alone.
 * Source: moby/moby api/types/swarm/{secret,config}.go
 */
export type ApiSecret = {
  readonly ID?: string
  readonly Version?: { readonly Index?: number }
  readonly CreatedAt?: string
  readonly UpdatedAt?: string
  readonly Spec?: {
    readonly Name?: string
    readonly Labels?: Readonly<Record<string, string>> | null
    readonly Data?: string
    readonly Driver?: { readonly Name?: string } | null
    readonly Templating?: { readonly Name?: string } | null
  }
}
