/** One HTTP request to a machine's engine, as plain data. */
export type Request = {
  readonly machine: string
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/**
 * What the engine says to it: all of it at once, the beginning of a body of which more follows under this ID, nothing
 * until a delivery with this ID brings status and headers, or nothing at all, since the machine is off.
 */
export type Reply =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: string }
  | {
      readonly kind: 'stream'
      readonly stream: string
      readonly status: number
      readonly headers: Headers
      readonly body: string
    }
  | { readonly kind: 'pending'; readonly stream: string }
  | { readonly kind: 'closed' }

export type Headers = Readonly<Record<string, string>>
