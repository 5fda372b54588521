import type { TrendSample } from '../../app/trends.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { Area } from '../layout.ts'
import { justifyRows, type Row, rowWidth, type Span, span } from '../row.ts'
import { DANGER, GOOD, glyphsOf, isCoarse, type Looks, PLAIN, QUIET, SERIES, STRONG, WARNING } from '../theme.ts'
import { asciiOf } from './drawing-rows.ts'
import { lineChartRows, pointsAcross } from './line-chart.ts'
import { type TimeRange, type TrendPoint, trendPoints } from './trend-points.ts'
import type { Charts } from './use-charts.ts'

/** What the charts over time have in common. */
export type TrendPen = {
  readonly charts: Charts
  /** All of them; the range says which are drawn. */
  readonly samples: readonly TrendSample[]
  readonly range: TimeRange
  readonly looks: Looks
}

/** How long readings take has no good and bad. */
const [TRIP_LOOK] = SERIES

/** How many run against how many should: a title with the numbers of now, and the chart of `area` below it. */
export function runningBlock(pen: TrendPen, area: Area): readonly Row[] {
  const { samples, range, looks } = pen
  const shown = samplesIn(samples, range)
  const numbers = shown.flatMap(({ running, desired }) => [running, desired])
  const { least, most } = axisOf(numbers)
  const points = trendPoints(samples, range, pointsAcross(area.width, most))
  return [
    runningTitle(shown, range, area.width, looks),
    ...lineChartRows({
      ...pen,
      area,
      first: points.map(point => point?.running ?? null),
      second: points.map(point => point?.desired ?? null),
      least,
      most,
      look: GOOD,
    }),
  ]
}

/** How long readings took, as a chart of `area` below its title. */
export function roundTripBlock(pen: TrendPen, area: Area): readonly Row[] {
  const { samples, range } = pen
  const most = Math.ceil(Math.max(1, ...samplesIn(samples, range).map(({ roundTripMs }) => roundTripMs)) * 1.2) + 1
  const points = trendPoints(samples, range, pointsAcross(area.width, most))
  return [
    roundTripTitle(pen),
    ...lineChartRows({
      ...pen,
      area,
      first: points.map(point => (point === null ? null : Math.round(point.roundTripMs))),
      least: 0,
      most,
      look: TRIP_LOOK,
    }),
  ]
}

/** How many tasks failed when: a title and a row of bars. */
export function failuresBars(pen: TrendPen, width: number): readonly Row[] {
  const shown = samplesIn(pen.samples, pen.range)
  const count = shown.reduce((sum, { failures }) => sum + failures, 0)
  const last = shown.findLast(({ failures }) => failures > 0)
  const words: Row =
    last === undefined
      ? [span('no task failed')]
      : [
          span(`${count} ${count === 1 ? 'task' : 'tasks'} failed`, DANGER),
          span(`, the last ${agoWords(pen.range.to - last.at)}`),
        ]
  return [[span('Failures  ', STRONG), ...words], barsRow(pen, width, point => point.failures, DANGER)]
}

/** How long readings took: a title and a row of bars. */
export const roundTripBars = (pen: TrendPen, width: number): readonly Row[] => [
  roundTripTitle(pen),
  barsRow(pen, width, point => Math.round(point.roundTripMs), TRIP_LOOK),
]

function runningTitle(shown: readonly TrendSample[], range: TimeRange, width: number, looks: Looks): Row {
  const { line, dotted, warning } = glyphsOf(looks)
  const now = shown.at(-1)
  const [first] = shown
  if (now === undefined || first === undefined) return []
  const short = now.desired - now.running
  const worst = shown.reduce((one, other) => (other.desired - other.running >= one.desired - one.running ? other : one))
  const worstShort = worst.desired - worst.running
  const left: Row = [
    span('Tasks  ', STRONG),
    span(`${line}${line} running ${now.running}`, GOOD),
    span(`   ${dotted}${dotted} desired ${now.desired}`, PLAIN),
    ...(short > 0 ? [span(`   ${warning} ${short} short`, now.running === 0 ? DANGER : WARNING)] : []),
  ]
  const right: Row =
    worstShort > Math.max(0, short)
      ? [span(`at worst ${worstShort} short, ${agoWords(range.to - worst.at)}`, QUIET)]
      : []
  const hasRoom = rowWidth(left, looks) + rowWidth(right, looks) + 3 <= width
  return hasRoom ? justifyRows(left, right, width, looks) : left
}

function roundTripTitle({ samples, range }: TrendPen): Row {
  const trips = samplesIn(samples, range).map(({ roundTripMs }) => Math.round(roundTripMs))
  const [least, most] = [Math.min(...trips), Math.max(...trips)]
  const spread = least === most ? '' : `, from ${least} to ${most} ms`
  return [span('Round trip of a reading  ', STRONG), span(`${trips.at(-1) ?? '?'} ms`, TRIP_LOOK), span(spread)]
}

/** What is more than nothing is seen to be, however little beside the rest; where nothing is known nothing is drawn. */
function barsRow(
  { charts, samples, range, looks }: TrendPen,
  width: number,
  numberOf: (point: NonNullable<TrendPoint>) => number,
  look: Span['look'],
): Row {
  const points = trendPoints(samples, range, width)
  const numbers = points.map(point => (point === null ? 0 : numberOf(point)))
  const isFromNothing = numbers.includes(0)
  const spans: Span[] = []
  for (const [index, drawn] of Array.from(charts.drawSparkline(numbers)).entries()) {
    const isMore = (numbers[index] ?? 0) > 0
    const bar = isMore && isFromNothing && drawn === LEAST_BAR ? SECOND_BAR : drawn
    const text = points[index] == null ? ' ' : isCoarse(looks) ? asciiOf(bar) : bar
    const last = spans.at(-1)
    const shown = isMore ? look : QUIET
    if (last?.look === shown) spans[spans.length - 1] = span(last.text + text, shown)
    else spans.push(span(text, shown))
  }
  return spans
}

const LEAST_BAR = '▁'
const SECOND_BAR = '▂'

const samplesIn = (samples: readonly TrendSample[], { from, to }: TimeRange): readonly TrendSample[] =>
  samples.filter(({ at }) => at > from && at <= to)

const agoWords = (ms: number): string => (ms < 1000 ? 'just now' : `${shortAge(ms)} ago`)

/** The axis need not begin at 0: of 10,000 tasks it is the one that is missing that counts. */
function axisOf(numbers: readonly number[]): { readonly least: number; readonly most: number } {
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)]
  const margin = Math.max(1, Math.ceil((highest - lowest) / 4))
  return { least: Math.max(0, lowest - margin), most: highest + margin }
}
