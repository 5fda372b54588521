import type { ApiReading } from '../api/info.ts'
import type { ApiSimulation } from '../api/simulation.ts'
import type { Fault } from '../operations/fault.ts'
import type { NewCluster } from '../operations/new-cluster.ts'
import type { Operation, Outcome } from '../operations/operation.ts'
import type { Plan } from '../operations/plan.ts'
import type { ListedContext } from '../swarm/listed-context.ts'
import type { LogLine, LogOrigin } from '../swarm/log-line.ts'
import type { Problem } from '../swarm/problem.ts'
import type { LogStream } from './logs/log-reading.ts'
import type { FoundMaintenance } from './maintenance/maintenance-file.ts'
import type { Target } from './pointing.ts'
import type { Place } from './state.ts'

/**
 * All that can happen to the program. `now` is our clock when it happened, milliseconds since 1970; a frame is a
 * function of the state, so time too comes as an event.
 */
export type AppEvent = { readonly now: number } & (
  | { readonly kind: 'ticked' }
  | { readonly kind: 'resized'; readonly columns: number; readonly rows: number }
  /** Named as in the key table: `d`, `D`, `ctrl+d`, `enter`, `esc`, `up`, `pagedown`, `space`. */
  | { readonly kind: 'key-pressed'; readonly key: string }
  /** Pasted text is never taken for keys. */
  | { readonly kind: 'pasted'; readonly text: string }
  /** With the mouse. `target`: what it points at in the frame that the person sees, null for nothing. */
  | { readonly kind: 'clicked'; readonly target: Target | null; readonly button: 'left' | 'right' }
  | { readonly kind: 'wheeled'; readonly target: Target | null; readonly steps: number }
  | {
      readonly kind: 'reading-received'
      readonly number: number
      readonly host: number
      readonly reading: ApiReading
      readonly roundTripMs: number
    }
  /** Something more of a reading has come. */
  | { readonly kind: 'reading-progressed'; readonly number: number }
  | { readonly kind: 'reading-failed'; readonly number: number; readonly host: number; readonly problem: Problem }
  | { readonly kind: 'ping-answered'; readonly number: number }
  | { readonly kind: 'ping-failed'; readonly number: number; readonly problem: Problem }
  | { readonly kind: 'probe-answered'; readonly number: number; readonly clusterId: string }
  | { readonly kind: 'probe-failed'; readonly number: number }
  | { readonly kind: 'swarm-event-received' }
  | { readonly kind: 'watch-ended' }
  | {
      readonly kind: 'operation-answered'
      readonly number: number
      readonly operation: Operation
      readonly outcome: Outcome
    }
  | {
      readonly kind: 'operation-failed'
      readonly number: number
      readonly operation: Operation
      readonly problem: Problem
    }
  /** What operations would move. A rehearsal in whose place another one was wished for is told of no more. */
  | { readonly kind: 'rehearsed'; readonly number: number; readonly plan: Plan }
  | { readonly kind: 'rehearsal-failed'; readonly number: number; readonly text: string }
  | { readonly kind: 'simulation-seen'; readonly number: number; readonly simulation: ApiSimulation }
  | { readonly kind: 'simulation-missed'; readonly number: number }
  | { readonly kind: 'clock-changed'; readonly number: number; readonly simulation: ApiSimulation }
  | { readonly kind: 'clock-refused'; readonly number: number; readonly text: string }
  | { readonly kind: 'fault-happened'; readonly fault: Fault }
  | { readonly kind: 'fault-refused'; readonly fault: Fault; readonly text: string }
  /** `trouble`: why not, null when it was. */
  | { readonly kind: 'new-cluster-answered'; readonly newCluster: NewCluster; readonly trouble: string | null }
  /** `key`: as `resourceKey` names what was asked for. */
  | { readonly kind: 'fetched'; readonly key: string; readonly number: number; readonly value: unknown }
  | { readonly kind: 'fetch-failed'; readonly key: string; readonly number: number; readonly problem: Problem }
  /** Lines in order of time. `size`: letters. `origins`: those of them that were not heard of before. `skipped`: too many to tell. */
  | {
      readonly kind: 'log-received'
      readonly number: number
      readonly lines: readonly LogLine[]
      readonly size: number
      readonly origins: readonly LogOrigin[]
      readonly skipped: number
    }
  | { readonly kind: 'log-streams-changed'; readonly number: number; readonly streams: readonly LogStream[] }
  /** `trouble`: why not, null when it was. */
  | { readonly kind: 'file-saved'; readonly file: string; readonly trouble: string | null }
  /** `trouble`: a sentence about a file that cannot be read, or that makes no sense. */
  | {
      readonly kind: 'maintenance-loaded'
      readonly clusterId: string
      readonly found: FoundMaintenance | null
      readonly trouble: string | null
    }
  /** `trouble`: a clause that says why not, null when it was. */
  | { readonly kind: 'maintenance-saved'; readonly number: number; readonly trouble: string | null }
  /** The pager or the editor is closed. `problem`: a sentence about why it was not opened. */
  | { readonly kind: 'closed-elsewhere'; readonly program: 'pager' | 'editor'; readonly problem: string | null }
  | { readonly kind: 'contexts-listed'; readonly list: readonly ListedContext[] }
  | { readonly kind: 'context-changed'; readonly number: number; readonly place: Place }
  | { readonly kind: 'context-refused'; readonly number: number; readonly text: string }
  /** SIGTERM, SIGHUP: give the terminal back and go. */
  | { readonly kind: 'told-to-quit' }
)
