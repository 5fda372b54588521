import type { Result } from '../engine-api/call.ts'
import type { Request } from '../engine-api/message.ts'

/** A call that hangs. A delivery with its ID answers it. */
export type PendingCall = {
  readonly id: string
  readonly request: Request
  /** When its patience ends, in milliseconds since the epoch; null where it has none. */
  readonly deadline: number | null
  readonly waitsFor: Wait
}

export type Wait =
  /** Its own engine is booting: asked again when it is up. */
  | { readonly kind: 'boot' }
  /** There is no leader that answers: asked again whenever there might be one. */
  | { readonly kind: 'leader' }
  /** It has reached a leader (a node ID) that cannot write: asked again when that one can, refused when it steps down. */
  | { readonly kind: 'commit'; readonly leader: string }
  /** It was sent to a machine that swallows packets: not even a new leader helps. */
  | { readonly kind: 'nothing' }
  /** It is decided, and told at the deadline. */
  | { readonly kind: 'time'; readonly result: Result }
