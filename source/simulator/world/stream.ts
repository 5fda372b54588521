/** An `/events` call that is still open. */
export type EventStream = {
  readonly id: string
  readonly machine: string
  readonly filters: Readonly<Record<string, readonly string[]>>
}

/** What an open call gets: some more of its body, and whether that was the end of it. */
export type Delivery = { readonly stream: string; readonly text: string; readonly isLast: boolean }
