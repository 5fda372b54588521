import type { RebalanceChoice } from '../operations/rebalance/plan-rebalance.ts'
import type { LogSource } from '../swarm/log-source.ts'
import type { ObjectRef } from '../swarm/resource-ref.ts'
import type { Filter } from './filter.ts'
import type { DocumentLook } from './inspect/document.ts'

/** What fills the body of the dashboard. */
export type Screen =
  | { readonly kind: ListScreen }
  | { readonly kind: 'node'; readonly nodeId: string }
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'stack'; readonly stack: string }
  /** One slot: why it is as it is, and every task that was ever seen in it. `slot`: `Slot.key`. */
  | { readonly kind: 'slot'; readonly serviceId: string; readonly slot: string }
  /** The slots of a service through time. */
  | { readonly kind: 'lanes'; readonly serviceId: string }
  | { readonly kind: 'logs'; readonly subject: LogSubject }
  | { readonly kind: 'inspect'; readonly object: ObjectRef }

/** The screens that one goes to by name alone. */
export type ListScreen = (typeof LIST_SCREENS)[number]

export const LIST_SCREENS = [
  'overview',
  'nodes',
  'services',
  'tasks',
  'stacks',
  'swarm',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'contexts',
  'events',
  'matrix',
  'trends',
  'doctor',
  'rebalance',
  'maintenance',
  'operations',
] as const

export type ScreenKind = Screen['kind']

/** Whose log lines are read. `several`: what was marked, or the tasks of a node. */
export type LogSubject =
  | { readonly kind: 'service'; readonly serviceId: string }
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'stack'; readonly stack: string }
  | { readonly kind: 'several'; readonly name: string; readonly of: readonly LogSource[] }

/** A part of a screen that can have the focus. What its rows are depends on the screen: tasks of a node, or of all. */
export type Panel = (typeof ALL_PANELS)[number]

const ALL_PANELS = [
  'nodes',
  'services',
  'slots',
  'tasks',
  'events',
  'stacks',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'contexts',
  'matrix',
  'lanes',
  'story',
  'node-facts',
  'service-facts',
  'spec-diff',
  'progress',
  'swarm-facts',
  'logs',
  'inspect',
  'trends',
  'doctor',
  'rebalance',
  'rebalance-facts',
  'maintenance',
  'operations',
] as const

/** The panels of a screen that can have the focus, in the order of Tab; the first has it when the screen is opened. */
export const PANELS: Readonly<Record<ScreenKind, readonly [Panel, ...Panel[]]>> = {
  overview: ['nodes', 'services', 'slots', 'events'],
  nodes: ['nodes'],
  services: ['services'],
  tasks: ['tasks'],
  stacks: ['stacks'],
  swarm: ['swarm-facts'],
  networks: ['networks'],
  volumes: ['volumes'],
  secrets: ['secrets'],
  configs: ['configs'],
  contexts: ['contexts'],
  events: ['events'],
  matrix: ['matrix'],
  trends: ['trends'],
  doctor: ['doctor'],
  rebalance: ['rebalance', 'rebalance-facts'],
  maintenance: ['maintenance'],
  operations: ['operations'],
  node: ['tasks', 'node-facts'],
  service: ['slots', 'tasks', 'progress', 'service-facts', 'spec-diff'],
  stack: ['services', 'tasks', 'networks'],
  slot: ['story', 'tasks'],
  lanes: ['lanes'],
  logs: ['logs'],
  inspect: ['inspect'],
}

/** One look at a screen: what is selected, narrowed, ordered and marked there. It is kept when the screen is left. */
export type View = {
  readonly screen: Screen
  readonly focus: Panel
  /** Identities, never row numbers: a node's ID, a slot's key, the number of a journal's entry. */
  readonly selection: Readonly<Partial<Record<Panel, string>>>
  /**
   * What is chosen within the selected row, where rows have parts: of a lane a task, by its ID. Of the matrix, the node
   * whose column is the first on the screen.
   */
  readonly parts: Readonly<Partial<Record<Panel, string>>>
  readonly filter: Filter
  readonly sorts: Readonly<Partial<Record<Panel, Sort>>>
  /** How a log is read and shown; left out where the screen is none, and while nothing was chosen. */
  readonly log?: LogChoices
  /** What was marked with Space, by identity, in the order of marking. */
  readonly marks: Readonly<Partial<Record<Panel, readonly string[]>>>
  /** What is chosen of a rebalance otherwise than it is suggested; left out while nothing is. */
  readonly rebalance?: RebalanceChoice
  /** How an object that is inspected is looked at; left out until a person has changed something. */
  readonly document?: DocumentLook
}

/** `since`: as `log-since` numbers them. `search`: what is looked for, `''` for nothing. */
export type LogChoices = {
  readonly since: number
  readonly isWrapped: boolean
  readonly hasTimes: boolean
  readonly isWholeScreen: boolean
  readonly search: string
  readonly isOnlyHits: boolean
}

/** `column`: the name of one of the panel's columns. */
export type Sort = { readonly column: string; readonly isDescending: boolean }

/** Under which name a screen's view is kept; the same for two screens that show the same. */
export const screenKey = (screen: Screen): string => JSON.stringify(screen)
