/** The swarm at one reading, as the charts show it. `at`: by the clock that dates what we see. */
export type TrendSample = {
  readonly at: number
  readonly running: number
  readonly desired: number
  /** Tasks that failed since the sample before. */
  readonly failures: number
  readonly roundTripMs: number
}
