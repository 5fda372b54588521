import { currentView } from '../app/current-view.ts'
import { countRows } from '../app/rows/panel-rows.ts'
import { PANELS, type Panel } from '../app/screen.ts'
import { shownService } from '../app/shown-service.ts'
import type { State } from '../app/state.ts'
import { isJob } from '../swarm/service-mode.ts'
import { isUpdating } from '../swarm/update-progress.ts'
import { type Area, layoutOverview } from './layout.ts'
import { storyHeight } from './story-rows.ts'

/** What is drawn in a part of the body: a panel that can have the focus, or one that only tells. */
export type PlacedPanel = Panel | 'quorum' | 'summary'

export type Placed = {
  readonly panel: PlacedPanel
  readonly area: Area
  /** The panels that share its place, which its border names; none where it has the place for itself. */
  readonly tabs: readonly Panel[]
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
      return layoutTwo(body, focus, {
        upper: 'slots',
        lower: ['tasks'],
        beside: ['progress', 'service-facts', 'spec-diff'],
        seenBeside: isMoving(state) ? 'progress' : 'service-facts',
        rows: countRows(state, 'slots').all,
      })
    case 'stack':
      return layoutTwo(body, focus, {
        upper: 'services',
        lower: ['tasks'],
        beside: ['networks'],
        seenBeside: 'networks',
        rows: countRows(state, 'services').all + 1,
      })
    case 'slot':
      return layoutTwo(body, focus, {
        upper: 'story',
        lower: ['tasks'],
        beside: [],
        seenBeside: null,
        rows: storyHeight(state, body.width),
      })
    case 'rebalance':
      return layoutRebalance(state, body, focus)
    default:
      return [[alone(PANELS[screen.kind][0], body)]]
  }
}

/** How an update goes is looked at first while there is one. */
function isMoving(state: State): boolean {
  const service = shownService(state)?.service
  return service !== undefined && (isUpdating(service) || isJob(service))
}

const alone = (panel: PlacedPanel, area: Area): Placed => ({ panel, area, tabs: [] })

function bandsOfOverview(body: Area, focus: Panel, quorumRows: number): readonly Band[] {
  const { quorum, lists, below, hasTabs } = layoutOverview(body, focus, quorumRows)
  const tabs = hasTabs ? PANELS.overview : []
  return [
    [alone('quorum', quorum)],
    ...(lists.length === 0 ? [] : [lists.map(({ panel, area }) => ({ panel, area, tabs }))]),
    ...(below === null ? [] : [[{ panel: below.panel, area: below.area, tabs: lists.length === 0 ? tabs : [] }]]),
  ]
}

/** From this width on what is known of a thing stands beside its tasks. */
const WIDE_COLUMNS = 150

function layoutNode(body: Area, focus: Panel): readonly Band[] {
  const summary = summaryBand(body)
  const area = { width: body.width, height: body.height - summaryRows(body) }
  if (body.width < WIDE_COLUMNS) return [summary, [{ panel: focus, area, tabs: PANELS.node }]]
  return [summary, sideBySide(area, { panel: 'tasks', tabs: [] }, { panel: 'node-facts', tabs: [] })]
}

/** The list above, and below it what is known of the selected service; where there is little room, the one in focus. */
function layoutRebalance(state: State, { width, height }: Area, focus: Panel): readonly Band[] {
  if (height < LEAST_ROWS_FOR_TWO) return [[{ panel: focus, area: { width, height }, tabs: PANELS.rebalance }]]
  const share = focus === 'rebalance' ? 0.6 : 0.4
  const upper = Math.min(countRows(state, 'rebalance').all + FRAME_OF_REBALANCE, Math.floor(height * share))
  return [[alone('rebalance', { width, height: upper })], [alone('rebalance-facts', { width, height: height - upper })]]
}

/** Its border, what is said of all, and the titles. */
const FRAME_OF_REBALANCE = 4

type Share = Omit<Placed, 'area'>

function sideBySide({ width, height }: Area, left: Share, right: Share): Band {
  const leftWidth = Math.ceil(width * 0.55)
  return [
    { ...left, area: { width: leftWidth, height } },
    { ...right, area: { width: width - leftWidth, height } },
  ]
}

type Parts = {
  /** Stays above; `rows` it could fill. */
  readonly upper: Panel
  readonly rows: number
  /** Take turns below it; the first is seen while the keys go elsewhere. */
  readonly lower: readonly [Panel, ...Panel[]]
  /** Take turns beside those where there is room, and with them where there is not. */
  readonly beside: readonly Panel[]
  readonly seenBeside: Panel | null
}

/** One panel stays above and others take turns below it; with few rows all take turns. */
function layoutTwo(body: Area, focus: Panel, parts: Parts): readonly Band[] {
  const { upper, rows, lower, beside } = parts
  const { width } = body
  const summary = summaryBand(body)
  const height = body.height - summaryRows(body)
  if (height < LEAST_ROWS_FOR_TWO) {
    return [summary, [{ panel: focus, area: { width, height }, tabs: [upper, ...lower, ...beside] }]]
  }
  const share = focus === upper ? 0.6 : beside.includes(focus) ? PAGE_LEAVES : 0.4
  const upperHeight = Math.min(Math.max(3, rows + 2), Math.floor(height * share))
  const area = { width, height: height - upperHeight }
  return [summary, [alone(upper, { width, height: upperHeight })], belowBand(area, focus, parts)]
}

function belowBand(area: Area, focus: Panel, { lower, beside, seenBeside }: Parts): Band {
  const all = [...lower, ...beside]
  if (seenBeside === null || area.width < WIDE_COLUMNS) {
    return [{ panel: all.includes(focus) ? focus : lower[0], area, tabs: all }]
  }
  return sideBySide(
    area,
    { panel: lower.includes(focus) ? focus : lower[0], tabs: lower },
    { panel: beside.includes(focus) ? focus : seenBeside, tabs: beside },
  )
}

/** A page that is read wants room more than what stands above it. */
const PAGE_LEAVES = 0.3

const LEAST_ROWS_FOR_TWO = 14
const summaryRows = ({ height }: Area): number => (height >= 16 ? 5 : 3)

const summaryBand = (body: Area): Band => [alone('summary', { width: body.width, height: summaryRows(body) })]
