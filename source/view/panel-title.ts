import { currentView } from '../app/current-view.ts'
import { countRows } from '../app/rows/panel-rows.ts'
import type { Panel } from '../app/screen.ts'
import { shownService } from '../app/shown-service.ts'
import type { State } from '../app/state.ts'
import { joinRows, type Row, rowWidth, span } from './row.ts'
import { type Looks, QUIET, titleLook, WARNING } from './theme.ts'

/** What a panel is called in its border. */
const NAMES: Readonly<Record<Panel, string>> = {
  nodes: 'Nodes',
  services: 'Services',
  slots: 'Slots',
  tasks: 'Tasks',
  events: 'Events',
  stacks: 'Stacks',
  networks: 'Networks',
  volumes: 'Volumes',
  secrets: 'Secrets',
  configs: 'Configs',
  contexts: 'Docker contexts',
  matrix: 'Matrix',
  lanes: 'Slots through time',
  story: 'Why',
  'node-facts': 'Facts',
  'service-facts': 'Spec',
  'spec-diff': 'Last change',
  progress: 'Progress',
  'swarm-facts': 'Swarm',
  logs: 'Logs',
  inspect: 'Inspect',
  trends: 'Trends',
  doctor: 'Doctor',
  rebalance: 'Rebalance',
  'rebalance-facts': 'Placement',
  maintenance: 'Maintenance',
  operations: 'Operations',
}

/** Those whose rows are things that one counts. */
const UNCOUNTED: ReadonlySet<Panel> = new Set<Panel>([
  'story',
  'node-facts',
  'service-facts',
  'spec-diff',
  'progress',
  'swarm-facts',
  'logs',
  'inspect',
  'trends',
  'rebalance-facts',
])

/**
 * The title of a panel, `Nodes 5`, and narrowed by a filter `Nodes 3/5 </w1>`; where several share its place those of
 * them all, the one that is seen in brackets. Where there is no room for all, its neighbours are named, and at the last
 * it alone.
 */
export function panelTitle(state: State, panel: Panel, tabs: readonly Panel[], width: number, looks: Looks): Row {
  if (tabs.length < 2) {
    if (panel === 'slots') return ownTitle(state, panel, slotsTitle(state), false)
    if (panel === 'lanes') return ownTitle(state, panel, lanesTitle(state))
    return ownTitle(state, panel, panel === 'story' ? storyTitle(state) : NAMES[panel])
  }
  const named = chooseTabs(state, panel, tabs, width, looks)
  return joinRows(
    named.map(({ row }) => row),
    TAB_GAP,
  )
}

/** The panel whose title stands in this cell of the titles; null where none does. */
export function tabAt(
  state: State,
  panel: Panel,
  tabs: readonly Panel[],
  width: number,
  column: number,
  looks: Looks,
): Panel | null {
  let left = 0
  for (const tab of tabs.length < 2 ? [] : chooseTabs(state, panel, tabs, width, looks)) {
    const cells = rowWidth(tab.row, looks)
    if (column >= left && column < left + cells) return tab.panel
    left += cells + TAB_GAP.text.length
  }
  return null
}

const TAB_GAP = span('  ')

/** A title among others; null for the sign that there are more. */
type Tab = { readonly panel: Panel | null; readonly row: Row }

function chooseTabs(state: State, panel: Panel, tabs: readonly Panel[], width: number, looks: Looks): readonly Tab[] {
  const here = tabs.indexOf(panel)
  const choices = [tabs.length, 1, 0].map(reach => tabsWithin(state, tabs, here, reach))
  const widthOf = (named: readonly Tab[]) =>
    rowWidth(
      joinRows(
        named.map(({ row }) => row),
        TAB_GAP,
      ),
      looks,
    )
  return choices.find(named => widthOf(named) <= width) ?? [{ panel, row: ownTitle(state, panel, NAMES[panel]) }]
}

/** `reach`: how many tabs to either side are named. */
function tabsWithin(state: State, tabs: readonly Panel[], here: number, reach: number): readonly Tab[] {
  const first = Math.max(0, here - reach)
  const end = Math.min(tabs.length, here + reach + 1)
  const named = tabs.slice(first, end).map((panel, index): Tab => {
    const title = ownTitle(state, panel, NAMES[panel])
    return { panel, row: first + index === here ? [span('['), ...title, span(']')] : title }
  })
  const more: Tab = { panel: null, row: [span('…', QUIET)] }
  return [...(first > 0 ? [more] : []), ...named, ...(end < tabs.length ? [more] : [])]
}

function ownTitle(state: State, panel: Panel, name: string, isCounted = !UNCOUNTED.has(panel)): Row {
  const view = currentView(state)
  const isFocused = view.focus === panel
  const { text } = view.filter
  const { shown, all } = countRows(state, panel)
  if (isFocused && text !== '') {
    const counts = isCounted ? ` ${shown}/${all}` : ''
    return [span(`${name}${counts} `, titleLook(true)), span(`</${text}>`, WARNING)]
  }
  return [span(isCounted ? `${name} ${all}` : name, titleLook(isFocused))]
}

/** Slots are those of the service that is selected beside them. */
function slotsTitle(state: State): string {
  const service = shownService(state)?.service
  return service === undefined ? NAMES.slots : `${service.name}, slot by slot`
}

function lanesTitle(state: State): string {
  const service = shownService(state)?.service
  return service === undefined ? NAMES.lanes : `${service.name}, slots through time`
}

function storyTitle(state: State): string {
  const { screen } = currentView(state)
  const slot = screen.kind === 'slot' && shownService(state)?.slots.find(({ key }) => key === screen.slot)
  return slot ? `${NAMES.story}: ${slot.name}` : NAMES.story
}

/** Why a list is empty: a filter that nothing passes says so and stays in sight. */
export function emptyText(state: State, panel: Panel, nothing: string): string {
  const view = currentView(state)
  return view.focus === panel && view.filter.text !== ''
    ? `nothing here matches </${view.filter.text}>: Esc shows all`
    : nothing
}
