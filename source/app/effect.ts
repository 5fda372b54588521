import type { ApiClockChange } from '../api/simulation.ts'
import type { Fault } from '../operations/fault.ts'
import type { Maintenance } from '../operations/maintenance/maintenance.ts'
import type { NewCluster } from '../operations/new-cluster.ts'
import type { Operation } from '../operations/operation.ts'
import type { LogSource } from '../swarm/log-source.ts'
import type { ResourceRef } from '../swarm/resource-ref.ts'

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
  /** Do these in a copy of the swarm as this host last told of it, and say what they would move. A later wish takes this one's place. */
  | {
      readonly kind: 'rehearse'
      readonly number: number
      readonly host: number
      readonly operations: readonly Operation[]
    }
  | { readonly kind: 'look-at-simulation'; readonly number: number; readonly control: string }
  | {
      readonly kind: 'change-clock'
      readonly number: number
      readonly control: string
      readonly change: ApiClockChange
    }
  | { readonly kind: 'strike'; readonly control: string; readonly fault: Fault }
  /** Ask the engine of a simulated machine to go on as the only manager. */
  | { readonly kind: 'force-new-cluster'; readonly control: string; readonly newCluster: NewCluster }
  /** Read something besides the reading, for a screen that shows it. */
  | { readonly kind: 'fetch'; readonly number: number; readonly host: number; readonly ref: ResourceRef }
  /**
   * Read these logs as one and go on; what was followed under another number is not any more. Under the same number
   * streams that are there already stay, unless the host is another. `since`, `tail`: as in `LogStart`.
   */
  | {
      readonly kind: 'follow-logs'
      readonly number: number
      readonly host: number
      readonly sources: readonly LogSource[]
      readonly since: string
      readonly tail: number | 'all'
      /** Streams that have ended are opened again. */
      readonly isAnew: boolean
    }
  | { readonly kind: 'unfollow-logs' }
  /** Write a file that is not there yet, with its folders; only its owner may read it. */
  | { readonly kind: 'save-file'; readonly file: string; readonly lines: readonly string[] }
  /** Read what is kept of a maintenance of this cluster; what cannot be read is put aside. */
  | { readonly kind: 'load-maintenance'; readonly clusterId: string; readonly file: string }
  /**
   * Write it in place of what is there, whole or not at all. `isTakenOver`: also where another session has written last.
   */
  | {
      readonly kind: 'save-maintenance'
      readonly number: number
      readonly file: string
      readonly maintenance: Maintenance
      readonly isTakenOver: boolean
    }
  | { readonly kind: 'remove-maintenance'; readonly file: string }
  | { readonly kind: 'list-contexts' }
  /** Let go of these engines and open those of a docker context. */
  | { readonly kind: 'change-context'; readonly number: number; readonly name: string }
  /** Put a text into the clipboard of the person's terminal (OSC 52). */
  | { readonly kind: 'copy'; readonly text: string }
  /** The terminal's bell. */
  | { readonly kind: 'ring' }
  /** Show a text in the person's pager, or a copy of it in their editor, until they close it. `name`: of the file. */
  | {
      readonly kind: 'open-elsewhere'
      readonly program: 'pager' | 'editor'
      readonly name: string
      readonly text: string
    }
  | { readonly kind: 'quit' }
