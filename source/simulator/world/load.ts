/** Requests on a service: so many a second, and how many of them found nobody who answers. Counted up to `countedAt`. */
export type Load = {
  readonly requestsPerSecond: number
  /** The tasks that are in the balance since then, by ID, and whether they answer. */
  readonly places: Record<string, boolean>
  /** How many places there are, and how many of them answer. */
  balanced: number
  answering: number
  countedAt: number
  requests: number
  failures: number
}
