import { useMemo } from 'react'
import { currentView } from '../../app/current-view.ts'
import type { State } from '../../app/state.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { nodeGauges, reservedTitle, ringRows, sharePercents } from '../charts/reserved-block.ts'
import { failuresBars, roundTripBars, roundTripBlock, runningBlock, type TrendPen } from '../charts/trend-blocks.ts'
import { type TimeRange, trendRange } from '../charts/trend-points.ts'
import { BETWEEN_CHARTS, layoutTrends, type TrendsLayout } from '../charts/trends-layout.ts'
import { type Charts, useCharts } from '../charts/use-charts.ts'
import type { Area } from '../layout.ts'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from '../panel.tsx'
import { fitRow, type Row, span } from '../row.ts'
import { DANGER, type Looks, QUIET } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** How the swarm has been: what ran, what failed, how readings went; and what is reserved of it now. */
export function TrendsPanel({ state, area, title, looks }: ScreenPanelProps) {
  const { trends, preferences, reading } = state
  const cluster = reading?.cluster ?? null
  const range = trendRange(trends, preferences.windowMs)
  const rows = useChartRows(state, range, cluster, area, looks)
  return (
    <Panel
      area={area}
      title={title}
      note={[span(windowWords(preferences.windowMs, range), QUIET)]}
      isFocused={currentView(state).focus === 'trends'}
      rows={rows}
      looks={looks}
    />
  )
}

/** Charts are drawn anew when there is something new in them or they have another size, not with every frame. */
function useChartRows(
  { trends }: State,
  range: TimeRange | null,
  cluster: Cluster | null,
  area: Area,
  looks: Looks,
): readonly Row[] {
  const loaded = useCharts()
  const charts = loaded !== null && 'charts' in loaded ? loaded.charts : null
  const { isAscii, hasConsoleFont = false } = looks
  const { width, height } = { width: area.width - BORDER_COLUMNS, height: area.height - BORDER_ROWS }
  const nodes = cluster?.nodes.length ?? 0
  const layout = useMemo(() => layoutTrends({ width, height }, nodes), [width, height, nodes])
  const [cpu, memory] = cluster === null ? [0, 0] : sharePercents(cluster)
  const plain: Looks = useMemo(() => ({ isAscii, hasConsoleFont, theme: 'safe', depth: 1 }), [isAscii, hasConsoleFont])
  const rings = useMemo(
    () => (charts === null || layout.ringRows === 0 ? [] : ringRows(charts, [cpu, memory], layout.ringRows, plain)),
    [charts, cpu, memory, layout.ringRows, plain],
  )
  const { from, to } = range ?? { from: 0, to: 0 }
  const overTime = useMemo(
    () => (charts === null ? [] : overTimeRows({ charts, samples: trends, range: { from, to }, looks: plain }, layout)),
    [charts, trends, from, to, layout, plain],
  )
  const reserved = useMemo(
    () => (charts === null || cluster === null ? [] : reservedRows(charts, cluster, rings, layout, plain)),
    [charts, cluster, rings, layout, plain],
  )
  if (loaded === null) return [[span('loading charts', QUIET)]]
  if ('problem' in loaded) return [[span(`The charts cannot be loaded: ${loaded.problem}`, DANGER)]]
  return [...overTime, ...reserved]
}

function overTimeRows(pen: TrendPen, layout: TrendsLayout): readonly Row[] {
  const { looks, range } = pen
  const { running, roundTrip, barsWidth, isBeside } = layout
  if (range.to === range.from) return nothingYet(layout)
  const between = span(BETWEEN_CHARTS)
  const beside = (left: readonly Row[], width: number, right: readonly Row[]): readonly Row[] =>
    left.map((row, index) => [...fitRow(row, width, looks), between, ...(right[index] ?? [])])
  const first = runningBlock(pen, running)
  const failures = failuresBars(pen, barsWidth)
  if (roundTrip !== null) return [...beside(first, running.width, roundTripBlock(pen, roundTrip)), ...failures, []]
  const trips = roundTripBars(pen, barsWidth)
  return isBeside ? [...first, ...beside(failures, barsWidth, trips), []] : [...first, ...failures, ...trips]
}

/** As many rows as there will be, so that what is below them stays where it is. */
function nothingYet({ running, roundTrip, isBeside }: TrendsLayout): readonly Row[] {
  const rows = running.height + 1 + (roundTrip !== null || isBeside ? 3 : 4)
  return Array.from({ length: rows }, (_, index) =>
    index === 0 ? [span('nothing to compare yet: a line needs two readings', QUIET)] : [],
  )
}

function reservedRows(
  charts: Charts,
  cluster: Cluster,
  rings: readonly Row[],
  { reserved, ringRows }: TrendsLayout,
  looks: Looks,
): readonly Row[] {
  if (reserved === null) return []
  const title = reservedTitle(cluster)
  const ringsWidth = ringRows === 0 ? 0 : charts.donutsWidth(2, ringRows)
  const area = { width: reserved.width - ringsWidth, height: reserved.height }
  const gauges = nodeGauges(charts, cluster.nodes, area, looks)
  return [title, ...gauges.map((row, index) => [...fitRow(rings[index] ?? [], ringsWidth, looks), ...row])]
}

/** How far the charts reach back, and how far they could so far. */
function windowWords(windowMs: number | null, range: TimeRange | null): string {
  const seenMs = range === null ? 0 : range.to - range.from
  if (windowMs === null) return `all that was seen: ${shortAge(seenMs)} so far`
  const minutes = windowMs / 60_000
  const wanted = minutes < 60 ? `last ${minutes} min` : `last ${minutes / 60} h`
  return seenMs < windowMs - 1000 ? `${wanted}: ${shortAge(seenMs)} so far` : wanted
}
