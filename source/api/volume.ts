/** What `GET /volumes` answers: the volumes of this engine alone. Source: moby/moby api/types/volume */
export type ApiVolumes = { readonly Volumes?: readonly ApiVolume[] | null }

export type ApiVolume = {
  readonly Name?: string
  readonly Driver?: string
  readonly Mountpoint?: string
  readonly CreatedAt?: string
  readonly Scope?: string
  readonly Labels?: Readonly<Record<string, string>> | null
}
