/** An `/events` call that is still open. */
export type EventStream = {
  readonly id: string
  readonly machine: string
  readonly filters: Readonly<Record<string, readonly string[]>>
  /** When it ends by itself; null where it never does. */
  readonly until: number | null
}

/** What an open call gets: some more of its body, and whether that was the end of it. */
export type Delivery = {
  /** The ID of a stream or of a pending call. */
  readonly stream: string
  /** The status and the headers of a call that hung until now. */
  readonly head?: { readonly status: number; readonly headers: Readonly<Record<string, string>> }
  readonly text: string
  /** How `text` stands for the bytes; left out where they are UTF-8. */
  readonly encoding?: 'base64'
  readonly isLast: boolean
}
