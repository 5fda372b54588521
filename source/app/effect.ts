import type { ApiClockChange } from '../api/simulation.ts'
import type { Fault } from '../operations/fault.ts'
import type { Operation } from '../operations/operation.ts'

/** What the program wants done in the world, as plain values; `perform.ts` carries it out and answers with an event. */
export type Effect =
  | { readonly kind: 'read'; readonly number: number; readonly host: number }
  /** Drop the reading with this number and free its connection; it is not answered. */
  | { readonly kind: 'abandon'; readonly number: number }
  | { readonly kind: 'ping'; readonly number: number; readonly host: number }
  | { readonly kind: 'watch'; readonly host: number }
  | { readonly kind: 'unwatch' }
  /** Whether this host could serve a reading. */
  | { readonly kind: 'probe'; readonly number: number; readonly host: number }
  | { readonly kind: 'operate'; readonly number: number; readonly host: number; readonly operation: Operation }
  | { readonly kind: 'look-at-simulation'; readonly number: number; readonly control: string }
  | {
      readonly kind: 'change-clock'
      readonly number: number
      readonly control: string
      readonly change: ApiClockChange
    }
  | { readonly kind: 'strike'; readonly control: string; readonly fault: Fault }
  | { readonly kind: 'quit' }
