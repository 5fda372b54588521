import type { ApiSimulation } from '../api/simulation.ts'
import type { Fault } from '../operations/fault.ts'
import type { Operation } from '../operations/operation.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { ForcedCluster } from '../swarm/forced-cluster.ts'
import type { Happening } from '../swarm/happening.ts'
import type { Problem } from '../swarm/problem.ts'
import type { Acting, OperationResult, SequenceResult } from './acting-state.ts'
import type { ContextChange, Contexts } from './contexts.ts'
import type { Binding } from './keys.ts'
import type { LogReading } from './logs/log-reading.ts'
import type { CourseTold } from './maintenance/course-journal.ts'
import type { Maintaining } from './maintenance/maintaining.ts'
import type { Resource } from './resources.ts'
import type { Panel, View } from './screen.ts'
import type { TaskHistory } from './task-history.ts'
import type { TrendSample } from './trends.ts'
import type { ValueRequest } from './values/value-request.ts'

/** Everything a frame is drawn from. Two equal states draw the same frame. Times are milliseconds since 1970. */
export type State = {
  /** This machine's clock; moves by events only. */
  readonly now: number
  readonly size: { readonly columns: number; readonly rows: number }
  readonly settings: Settings
  readonly polling: Polling
  /** The last good reading; kept, and said to be old, when the next one does not come. */
  readonly reading: Reading | null
  readonly sightings: Sightings
  /** Newest last, bounded. */
  readonly journal: readonly JournalEntry[]
  readonly navigation: Navigation
  readonly acting: Acting
  readonly maintaining: Maintaining
  readonly recovering: Recovering
  /** The simulation that is looked at; null for a real swarm, and where its control is out of reach. */
  readonly simulation: Simulating | null
  /** What screens have asked for besides the reading, by `resourceKey`. */
  readonly resources: Readonly<Record<string, Resource>>
  /** Tasks that Swarm has forgotten, and what was seen of those it has not. */
  readonly history: TaskHistory
  readonly trends: readonly TrendSample[]
  /** The docker contexts, once they have been asked for. */
  readonly contexts: Contexts | null
  readonly contextChange: ContextChange | null
  /** The log that is read; null where none is. */
  readonly log: LogReading | null
  /** The object that is inspected, as it was when its screen was opened; null on every other screen. */
  readonly inspected: Inspected | null
  readonly preferences: Preferences
  /** When the bell was rung last. */
  readonly rangAt: number
  readonly isQuitting: boolean
}

export type Settings = Place & {
  readonly intervalMs: number
  readonly isReadOnly: boolean
  /** Where what is saved goes, unless a person says otherwise; left out where nothing can be saved. */
  readonly stateFolder?: string
  /** Who sits here, for others to read: `ops@bastion`. */
  readonly operator?: string
  /** The keys, where a person has given some of them other meanings than the usual ones. */
  readonly bindings?: readonly Binding[]
}

/** Where the swarm is: what changes with the docker context. */
export type Place = {
  /** `context`: the docker context that leads there; `''` or left out where none does. */
  readonly source: { readonly kind: 'engine' | 'simulator'; readonly name: string; readonly context?: string }
  /** The hosts to ask, in the order in which they are preferred. */
  readonly hosts: readonly string[]
  /** By host; left out where every host is asked as a near one is. */
  readonly patience?: readonly Patience[]
  /** By host: where its control.sock would be, if it were a simulation's; null where it could not be reached. */
  readonly controls?: readonly (string | null)[]
}

/** `first`: the first answer about it since then; null until it has come. */
export type Inspected = { readonly screen: string; readonly openedAt: number; readonly first: object | null }

/** What a person can change while the program runs, and set in the configuration. */
export type Preferences = {
  readonly timeZone: 'local' | 'utc'
  /** The node label that says in which zone a node stands; `''`: the usual ones are tried. */
  readonly zoneLabel: string
  /** The columns of a panel's table, by name, where not all of them are wanted, or in another order. */
  readonly columns: Readonly<Partial<Record<Panel, readonly string[]>>>
  readonly hasBell: boolean
  readonly hasMouse: boolean
  readonly theme: ThemeName
  /** How far time lines reach back, milliseconds; null: as far as anything is known. */
  readonly windowMs: number | null
}

export type ThemeName = (typeof THEME_NAMES)[number]

/** `safe` is the usual one: it can be read by those who do not tell red from green. */
export const THEME_NAMES = ['safe', 'dark', 'light', 'high-contrast'] as const

/** How long a host may be silent: before its first reading, and before it answers a ping. */
export type Patience = { readonly lateAfterMs: number; readonly silentAfterMs: number }

/** `cluster` is joined once a reading, not once a frame. */
export type Reading = {
  readonly cluster: Cluster
  /** By our clock. */
  readonly receivedAt: number
  readonly roundTripMs: number
  /** Our clock minus the engine's, when the reading came: `now - clockOffsetMs` is the swarm's own time. */
  readonly clockOffsetMs: number
  readonly host: number
}

export type Polling = {
  /** Index into `settings.hosts` of the one asked now. */
  readonly host: number
  /** Each request has its own number; a late answer to an older one is known by it and dropped. */
  readonly sequence: number
  readonly inFlight: InFlight | null
  readonly nextAt: number
  readonly lastStartedAt: number
  /** The swarm told of a change while a reading was under way: the next one comes sooner. */
  readonly wantsAgain: boolean
  readonly link: Link
  /** Hosts that failed one after the other without a reading between. */
  readonly failures: number
  readonly isWatching: boolean
  readonly watchAgainAt: number
  /** A look whether the preferred host is back while another one serves, or whether another one has a leader. */
  readonly probe: { readonly number: number; readonly host: number } | null
  /** The host that was looked at last, so that each gets its turn. */
  readonly probedHost: number
  readonly probeAt: number
  /** Why the host that was asked before the present one was left; shown until the preferred one is back. */
  readonly leftHost: { readonly host: number; readonly problem: Problem } | null
}

export type InFlight = {
  readonly number: number
  readonly startedAt: number
  /** When something of the answer came last; `startedAt` while nothing has. */
  readonly heardAt: number
  readonly ping: 'not-yet' | 'asked' | 'answered'
  /** When the last ping was sent or answered. */
  readonly pingAt: number
}

/** How we stand with the swarm. `since`: since when it has been so, by our clock. */
export type Link =
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'live' }
  /** A reading is late; whether the engine or only its leader is gone is not known yet. */
  | { readonly kind: 'late'; readonly since: number }
  /** The engine answers and the swarm does not. `election` until a call has failed, `no-quorum` then. */
  | {
      readonly kind: 'no-leader'
      readonly phase: 'election' | 'no-quorum'
      readonly since: number
      /** What the failed call said. */
      readonly problem?: Problem & { readonly kind: 'no-leader' }
    }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly since: number; readonly retryAt: number }

/** What the API does not tell: since when we have seen things be as they are. By our clock, or a simulation's own. */
export type Sightings = {
  readonly leader: { readonly nodeId: string; readonly since: number; readonly sawTheChange: boolean } | null
  /** By node ID. */
  readonly nodes: Readonly<Record<string, NodeSighting>>
}

export type NodeSighting = {
  readonly state: string
  readonly stateSince: number
  readonly reachability: string
  readonly reachabilitySince: number
  readonly availability: string
  readonly availabilitySince: number
}

/** A line of the event strip. `at` by our clock, or a simulation's own. */
export type JournalEntry = {
  readonly at: number
  readonly number: number
  /** How often it has happened; `at` is the last time. Left out: once. */
  readonly times?: number
} & (
  | { readonly kind: 'happening'; readonly happening: Happening }
  | {
      readonly kind: 'operation'
      readonly operation: Operation
      readonly result: OperationResult
      readonly command: string
    }
  | { readonly kind: 'sequence'; readonly name: string; readonly result: SequenceResult }
  | ({ readonly kind: 'maintenance' } & CourseTold)
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'new-cluster'; readonly name: string; readonly result: NewClusterResult }
  /** `isSimulated`: what is wrong with an engine that is none, its machine tells. */
  | { readonly kind: 'no-answer'; readonly host: string; readonly problem: Problem; readonly isSimulated: boolean }
  | { readonly kind: 'host-changed'; readonly from: string; readonly to: string }
  | { readonly kind: 'leader-lost' }
  | { readonly kind: 'quorum-lost' }
  | { readonly kind: 'answers-again'; readonly afterMs: number }
)

/** `seen`: a reading shows it, whoever has asked for it. */
export type NewClusterResult =
  | { readonly kind: 'asked' }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'seen' }
  | { readonly kind: 'made-good' }

/** What becomes of a swarm that has lost its quorum. */
export type Recovering = {
  /** The manager that a new cluster is being forced on; null while none is. */
  readonly underWay: string | null
  /** A new cluster whose losses are not made good yet. */
  readonly forced: ForcedCluster | null
  /** The choice on the card that Enter takes; null: the first. */
  readonly chosen: string | null
}

export type Navigation = {
  /** What is looked at is the last; never empty. */
  readonly stack: readonly View[]
  /** The stack before the last move to another screen, for `-`. */
  readonly previous: readonly View[] | null
  /** How each screen was left, by `screenKey`, so that it is found as it was. */
  readonly kept: Readonly<Record<string, View>>
  readonly isHelpOpen: boolean
  /** The first line of the help that is shown. */
  readonly helpOffset: number
  readonly prompt: Prompt | null
  /** The commands that were entered, the newest last, each once. */
  readonly entered: readonly string[]
  /** One line that answers a key which did nothing; gone at the next key, or after a while. */
  readonly notice: Notice | null
  readonly noticedAt: number
  /**
   * The key of the screen whose masked values are shown, on a person's word; null on every other, and again as soon as it
   * is left.
   */
  readonly revealed: string | null
  /** The name that was copied last, so that the same key copies its ID next. */
  readonly copied: string | null
  /** The recovery card covers the screen when the quorum is lost, or was and not all is made good, until it is put away. */
  readonly isRecoveryClosed: boolean
}

/**
 * `search`: in logs and in inspect, what is looked for. `save`: the file that a log is saved to. `value`: what an operation
 * still needs.
 */
export type Prompt = {
  readonly kind: 'filter' | 'command' | 'search' | 'save' | 'value'
  readonly text: string
  /** Of a value: what it is for. */
  readonly asks?: ValueRequest
  /** Why what was entered is no such value. */
  readonly complaint?: string
  /** From here to the caret the text is selected: what is typed takes its place. */
  readonly selectedFrom?: number
  /** Where the caret stands, in UTF-16 units; left out: at the end. */
  readonly caret?: number
  /** While Tab goes through candidates: the line up to the caret as it was before, and which of them stands in it. */
  readonly cycling?: { readonly typed: string; readonly index: number }
  /** While the arrows go through what was entered: how far back, and the line that was being typed. */
  readonly recalled?: { readonly back: number; readonly typed: string }
}

export type Notice = { readonly weight: 'info' | 'warning' | 'danger'; readonly text: string }

/** The control of a simulation, and the simulation as it tells of itself there. */
export type Simulating = {
  /** The path of its control.sock. */
  readonly control: string
  /** Null while it does not answer. A speed that was asked for stands here at once. */
  readonly seen: ApiSimulation | null
  /** Each question has its own number; an answer that was overtaken by another is known by it and dropped. */
  readonly sequence: number
  readonly answered: number
  readonly isLooking: boolean
  readonly lookAt: number
}
