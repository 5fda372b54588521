import type { Request } from '../engine-api/message.ts'

/** A call that hangs. When it is answered, a delivery carries its ID. */
export type PendingCall = {
  readonly id: string
  readonly request: Request
  /** When its patience ends, in milliseconds since the epoch; null where it has none. */
  readonly deadline: number | null
  /** What it waits for: a leader, its own engine, or nothing any more (it was sent into the dark). */
  readonly waitsFor: 'leader' | 'engine' | 'commit' | 'nothing'
}
