import { shortAge } from '../../rules/short-age.ts'
import type { Area } from '../layout.ts'
import type { Row } from '../row.ts'
import { glyphsOf, type Look, type Looks, QUIET } from '../theme.ts'
import type { Cell } from './drawing.ts'
import { drawingRows } from './drawing-rows.ts'
import type { TimeRange } from './trend-points.ts'
import type { Charts } from './use-charts.ts'

type Options = {
  readonly charts: Charts
  readonly area: Area
  readonly range: TimeRange
  /** As many as `pointsAcross` tells. In whole numbers; null where nothing is known. */
  readonly first: readonly (number | null)[]
  /** Drawn below the first, as dots. */
  readonly second?: readonly (number | null)[]
  readonly least: number
  readonly most: number
  readonly look: Look
  readonly looks: Looks
}

/** Lines over time as rows; what is not known is left open. */
export function lineChartRows(options: Options): readonly Row[] {
  const { charts, area, range, first, second, least, most, look, looks } = options
  const series = second === undefined ? [first] : [first, second]
  const partMs = (range.to - range.from) / first.length
  const labels = first.map((_, index) => agoLabel((first.length - index - 1) * partMs))
  const drawing = charts.drawLines({ area, labels, series: series.map(bridgeGaps), least, most })
  const open = openColumns(first, area.width, most)
  const { dotted } = glyphsOf(looks)
  return drawingRows(
    drawing.map(cells => cells.map((cell, column) => (open.has(column) && isLine(cell) ? BLANK : cell))),
    ink => {
      if (ink === 'first') return { look }
      return ink === 'second' ? { look: {}, sign: dotted } : { look: QUIET }
    },
    looks,
  )
}

/** How many points a chart of this width has. `most`: the greatest number at its axis. */
export const pointsAcross = (width: number, most: number): number => Math.max(2, width - axisWidth(most) - 1)

/** In blessed-contrib's line chart the numbers of the axis have five cells, or as many as they need. */
const axisWidth = (most: number): number => Math.max(5, String(most).length)

const agoLabel = (ms: number): string => (ms < 1000 ? 'now' : `-${shortAge(ms)}`)

const BLANK: Cell = { character: ' ', ink: null }

const isLine = ({ ink }: Cell) => ink === 'first' || ink === 'second'

/** A line cannot be drawn to what is not a number: it goes on as it was, and is taken away afterwards. */
function bridgeGaps(numbers: readonly (number | null)[]): readonly number[] {
  let last = numbers.find(number => number !== null) ?? 0
  return numbers.map(number => {
    last = number ?? last
    return last
  })
}

/** The columns of cells in which there are points of which nothing is known. */
function openColumns(numbers: readonly (number | null)[], width: number, most: number): ReadonlySet<number> {
  const axis = axisWidth(most)
  const step = (width - axis) / numbers.length
  return new Set(numbers.flatMap((number, index) => (number === null ? [Math.floor(step * index + axis + 1)] : [])))
}
