import { factRows } from '../facts/fact.ts'
import { nodeFacts } from '../facts/node-facts.ts'
import { progressFacts } from '../facts/progress.ts'
import { rebalanceFacts } from '../facts/rebalance-facts.ts'
import { serviceFacts } from '../facts/service-facts.ts'
import { specDiff } from '../facts/spec-diff.ts'
import { storyFacts } from '../facts/story.ts'
import { swarmFacts } from '../facts/swarm-facts.ts'
import type { Panel } from '../screen.ts'
import { rowsIn, selectedIn } from '../shown-service.ts'
import type { State } from '../state.ts'
import { CONFIG_ROWS } from './config-rows.ts'
import { CONTEXT_ROWS } from './context-rows.ts'
import { DOCTOR_ROWS } from './doctor-rows.ts'
import { EVENT_ROWS } from './event-rows.ts'
import { INSPECT_ROWS } from './inspect-rows.ts'
import { keepBy } from './keep-by.ts'
import { LANE_ROWS } from './lane-rows.ts'
import { MAINTENANCE_ROWS } from './maintenance-rows.ts'
import { MATRIX_ROWS } from './matrix-rows.ts'
import { NETWORK_ROWS } from './network-rows.ts'
import { NODE_ROWS } from './node-rows.ts'
import { OPERATION_ROWS } from './operation-rows.ts'
import { REBALANCE_ROWS } from './rebalance-rows.ts'
import type { RowSource } from './row-source.ts'
import { SECRET_ROWS } from './secret-rows.ts'
import { SERVICE_ROWS } from './service-rows.ts'
import { SLOT_ROWS } from './slot-rows.ts'
import { STACK_ROWS } from './stack-rows.ts'
import { TASK_ROWS } from './task-rows.ts'
import { VOLUME_ROWS } from './volume-rows.ts'

/** Where the rows of each panel come from. Those that are no lists, logs and charts, have none. */
export const ROWS = {
  nodes: NODE_ROWS,
  services: SERVICE_ROWS,
  slots: SLOT_ROWS,
  tasks: TASK_ROWS,
  events: EVENT_ROWS,
  stacks: STACK_ROWS,
  networks: NETWORK_ROWS,
  volumes: VOLUME_ROWS,
  secrets: SECRET_ROWS,
  configs: CONFIG_ROWS,
  contexts: CONTEXT_ROWS,
  matrix: MATRIX_ROWS,
  lanes: LANE_ROWS,
  story: factRows(storyFacts),
  'node-facts': factRows(nodeFacts),
  'service-facts': factRows(serviceFacts),
  'spec-diff': factRows(specDiff),
  progress: factRows(progressFacts),
  'swarm-facts': factRows(swarmFacts),
  inspect: INSPECT_ROWS,
  doctor: DOCTOR_ROWS,
  rebalance: REBALANCE_ROWS,
  'rebalance-facts': factRows(rebalanceFacts),
  maintenance: MAINTENANCE_ROWS,
  operations: OPERATION_ROWS,
} satisfies Readonly<Record<ListPanelName, unknown>>

/** The panels that are lists of rows. */
export type ListPanelName = Exclude<Panel, 'logs' | 'trends'>

type RowOf<P extends ListPanelName> = (typeof ROWS)[P] extends RowSource<infer T> ? T : never

/** The rows of a panel as they stand on the screen, narrowed and ordered. Moving and drawing both ask here. */
export function rowsOf<P extends ListPanelName>(state: State, panel: P): readonly RowOf<P>[] {
  return rowsIn(state, panel, sourceOf(panel)) as readonly RowOf<P>[]
}

/** The identities of a panel's rows, in order. */
export function rowIds(state: State, panel: Panel): readonly string[] {
  if (!isList(panel)) return []
  const source = sourceOf(panel)
  return idsOf(source)(rowsIn(state, panel, source))
}

/** The selected row of a panel by its identity: the one chosen while it is there, else the first; `null` when empty. */
export function selectedId(state: State, panel: Panel): string | null {
  return isList(panel) ? selectedIn(state, panel, sourceOf(panel)) : null
}

/** The selected row itself. */
export function selectedRow<P extends ListPanelName>(state: State, panel: P): RowOf<P> | null {
  const source = sourceOf(panel)
  const id = selectedId(state, panel)
  return (rowsIn(state, panel, source).find(row => source.idOf(row) === id) ?? null) as RowOf<P> | null
}

/** How many rows a panel shows, and how many there are without its filter. */
export function countRows(state: State, panel: Panel): { readonly shown: number; readonly all: number } {
  if (!isList(panel)) return { shown: 0, all: 0 }
  const source = sourceOf(panel)
  return { shown: rowsIn(state, panel, source).length, all: source.all(state).length }
}

/** The identities of all that a panel could show: with those that its filter hides. */
export function everyId(state: State, panel: Panel): ReadonlySet<string> {
  if (!isList(panel)) return new Set()
  const source = sourceOf(panel)
  return new Set(idsOf(source)(source.all(state)))
}

/** The names of the columns that a panel's rows can be ordered by. */
export function columnNames(panel: Panel): readonly string[] {
  return isList(panel) ? sourceOf(panel).columns.map(({ name }) => name) : []
}

/** The names of the fields that a panel's rows can be narrowed by; none where there are no rows. */
export function fieldNames(state: State, panel: Panel): readonly string[] {
  if (!isList(panel)) return []
  const source = sourceOf(panel)
  const [first] = source.all(state)
  return first === undefined ? [] : Object.keys(source.fieldsOf(first, state))
}

/** The panels whose columns a person can choose, since they are drawn as tables. */
export const TABLES = [
  'nodes',
  'services',
  'tasks',
  'stacks',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'contexts',
  'doctor',
  'operations',
] as const satisfies readonly ListPanelName[]

/** The names of the columns that a table can have. */
export const tableColumns = (panel: Panel): readonly string[] =>
  isList(panel) ? sourceOf(panel).columns.flatMap(({ name, isDrawn = true }) => (isDrawn ? [name] : [])) : []

export const isList = (panel: Panel): panel is ListPanelName => Object.hasOwn(ROWS, panel)

/** What a row is made of is known where its panel is; here they are all alike. */
const sourceOf = (panel: ListPanelName): RowSource<unknown> => ROWS[panel] as RowSource<unknown>

const idsOf = keepBy((source: RowSource<unknown>) =>
  keepBy((rows: readonly unknown[]): readonly string[] => rows.map(source.idOf)),
)
