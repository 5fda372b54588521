/** Where an engine is. `name` is what the user wrote, or what the docker CLI would have used. */
export type Endpoint = {
  readonly name: string
  /** The docker context it came from, `''` when it came from elsewhere. */
  readonly context: string
} & EndpointAddress

export type EndpointAddress =
  | { readonly kind: 'unix'; readonly path: string }
  /** `basePath` goes before the path of every call: `''`, or `/docker` for `tcp://proxy:80/docker`. */
  | {
      readonly kind: 'tcp'
      readonly host: string
      readonly port: number
      readonly basePath: string
      readonly tls: TlsMaterial | null
    }
  /** `socketPath`: the path of the URL, `''` when it has none. */
  | {
      readonly kind: 'ssh'
      readonly user: string
      readonly host: string
      readonly port: number | null
      readonly socketPath: string
    }

/** PEM texts. Without `ca` the system's roots are trusted. */
export type TlsMaterial = {
  readonly ca: string | null
  readonly cert: string | null
  readonly key: string | null
  readonly verify: boolean
  /** Server name to expect, `''` for the host's own. */
  readonly serverName: string
}
