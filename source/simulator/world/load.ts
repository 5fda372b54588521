/** Requests on a service: so many a second, and how many of them found nobody who answers. Counted up to `countedAt`. */
export type Load = {
  readonly requestsPerSecond: number
  /** Tasks that are in the balance since then, and those of them that answer. */
  balanced: number
  answering: number
  countedAt: number
  requests: number
  failures: number
}
