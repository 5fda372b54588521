import { currentView } from '../app/current-view.ts'
import { countRows } from '../app/rows/panel-rows.ts'
import { PANELS, type Panel } from '../app/screen.ts'
import type { State } from '../app/state.ts'
import { type Area, layoutOverview } from './layout.ts'

/** What is drawn in a part of the body: a panel that can have the focus, or one that only tells. */
export type PlacedPanel = Panel | 'quorum' | 'summary'

export type Placed = {
  readonly panel: PlacedPanel
  readonly area: Area
  /** Its border names the panels that share its place. */
  readonly hasTabs: boolean
}

/** Panels side by side, all of one height. The bands of a screen stand one below the other and fill the body. */
export type Band = readonly Placed[]

/** Where every panel of the screen stands. Drawing and pointing both ask here. `quorumRows`: how many the managers need. */
export function layoutScreen(state: State, body: Area, quorumRows: number): readonly Band[] {
  const { screen, focus } = currentView(state)
  switch (screen.kind) {
    case 'overview':
      return bandsOfOverview(body, focus, quorumRows)
    case 'node':
      return layoutNode(body, focus)
    case 'service':
      return layoutTwo(body, focus, { upper: 'slots', lower: 'tasks', rows: countRows(state, 'slots').all })
    case 'stack':
      return layoutTwo(body, focus, { upper: 'services', lower: 'tasks', rows: countRows(state, 'services').all + 1 })
    case 'slot':
      return layoutTwo(body, focus, { upper: 'story', lower: 'tasks', rows: countRows(state, 'story').all })
    default:
      return [[{ panel: PANELS[screen.kind][0], area: body, hasTabs: false }]]
  }
}

function bandsOfOverview(body: Area, focus: Panel, quorumRows: number): readonly Band[] {
  const { quorum, lists, below, hasTabs } = layoutOverview(body, focus, quorumRows)
  return [
    [{ panel: 'quorum', area: quorum, hasTabs: false }],
    ...(lists.length === 0 ? [] : [lists.map(({ panel, area }) => ({ panel, area, hasTabs }))]),
    ...(below === null ? [] : [[{ panel: below.panel, area: below.area, hasTabs: hasTabs && lists.length === 0 }]]),
  ]
}

/** From this width on what is known of a node stands beside its tasks. */
const WIDE_NODE_COLUMNS = 150

function layoutNode(body: Area, focus: Panel): readonly Band[] {
  const summary = summaryBand(body)
  const height = body.height - summaryRows(body)
  if (body.width < WIDE_NODE_COLUMNS) {
    return [summary, [{ panel: focus, area: { width: body.width, height }, hasTabs: true }]]
  }
  const factsWidth = Math.floor(body.width * 0.4)
  return [
    summary,
    [
      { panel: 'tasks', area: { width: body.width - factsWidth, height }, hasTabs: false },
      { panel: 'node-facts', area: { width: factsWidth, height }, hasTabs: false },
    ],
  ]
}

/** The screen has one panel that stays above and others that take turns below it; with few rows all take turns. */
function layoutTwo(
  body: Area,
  focus: Panel,
  { upper, lower, rows }: { readonly upper: Panel; readonly lower: Panel; readonly rows: number },
): readonly Band[] {
  const { width } = body
  const summary = summaryBand(body)
  const rest = body.height - summaryRows(body)
  if (rest < LEAST_ROWS_FOR_TWO) return [summary, [{ panel: focus, area: { width, height: rest }, hasTabs: true }]]
  const share = focus === upper ? 0.6 : 0.4
  const upperHeight = Math.min(Math.max(3, rows + 2), Math.floor(rest * share))
  return [
    summary,
    [{ panel: upper, area: { width, height: upperHeight }, hasTabs: false }],
    [{ panel: focus === upper ? lower : focus, area: { width, height: rest - upperHeight }, hasTabs: true }],
  ]
}

const LEAST_ROWS_FOR_TWO = 14
const summaryRows = ({ height }: Area): number => (height >= 16 ? 5 : 3)

const summaryBand = (body: Area): Band => [
  { panel: 'summary', area: { width: body.width, height: summaryRows(body) }, hasTabs: false },
]
