import Line from 'blessed-contrib/lib/widget/charts/line.js'
import Donut from 'blessed-contrib/lib/widget/donut.js'
import Gauge from 'blessed-contrib/lib/widget/gauge.js'
import Sparkline from 'blessed-contrib/lib/widget/sparkline.js'
import type { Area } from '../layout.ts'
import type { Drawing, Ink } from './drawing.ts'
import { drawInMemory, type ScreenCell } from './memory-screen.ts'

/** The inks as blessed-contrib names colours, and as they are numbered in the cells then. */
const WORD = { axis: 'black', first: 'green', second: 'blue', words: 'white' } as const
const INKS: ReadonlyMap<number, Ink> = new Map([
  [0, 'axis'],
  [2, 'first'],
  [4, 'second'],
  [7, 'words'],
])

export type LineChart = {
  readonly area: Area
  /** What stands below the points, as many as there is room for. */
  readonly labels: readonly string[]
  /** One number a label. The first is drawn over the second. */
  readonly series: readonly (readonly number[])[]
  readonly least: number
  readonly most: number
}

/** One or two lines over time with their axes; in whole numbers from `least` to `most`. */
export function drawLines({ area, labels, series, least, most }: LineChart): Drawing {
  const box = { width: area.width + LINE_MARGINS.width, height: area.height + LINE_MARGINS.height }
  const options = {
    style: { line: WORD.first, text: WORD.words, baseline: WORD.axis },
    numYLabels: Math.max(1, Math.floor((area.height - 2) / 2)),
    wholeNumbersOnly: true,
    minY: least,
    maxY: most,
  }
  return drawInMemory(
    box,
    place => new Line({ ...place, ...options }),
    (line, read) => {
      const lines = series.map((y, index) => ({
        x: labels,
        y,
        style: { line: index === 0 ? WORD.first : WORD.second },
      }))
      line.setData(lines.toReversed())
      return crop(read(), area)
    },
  )
}

/** The canvas of a line chart leaves these cells of its box free, for a border and a legend that we do not let it draw. */
const LINE_MARGINS = { width: 6, height: 3 }

/** Numbers as one row of small bars, from the least of them to the greatest. */
export function drawSparkline(numbers: readonly number[]): string {
  const box = { width: Math.max(numbers.length, TITLE_COLUMNS) + 2, height: 4 }
  return drawInMemory(
    box,
    place => new Sparkline(place),
    (sparkline, read) => {
      sparkline.setData([''], [numbers])
      const row = read()[ROW_BELOW_TITLE] ?? []
      return row
        .slice(0, numbers.length)
        .map(({ character }) => character)
        .join('')
    },
  )
}

const ROW_BELOW_TITLE = 2
/** The title, though empty, stands there with its tags, and must not take a second row. */
const TITLE_COLUMNS = 40

/** For each share, 0 to 1, how many of `width` cells its gauge has filled. */
export function drawGauges(shares: readonly number[], width: number): readonly number[] {
  const box = { width: width + GAUGE_MARGIN, height: 3 }
  return drawInMemory(
    box,
    place => new Gauge({ ...place, stroke: WORD.first, showLabel: false }),
    (gauge, read) =>
      shares.map(share => {
        if (share <= 0) return 0
        gauge.setData(Math.min(1, share))
        const row = read()[GAUGE_ROW] ?? []
        return Math.min(width, row.filter(({ ground }) => ground !== null).length)
      }),
  )
}

/** A gauge leaves one cell free before its bar and fills one more than the share of the rest. */
const GAUGE_MARGIN = 4
const GAUGE_ROW = 2

/** A ring for each share, 0 to 1, with the per cent in it and its name below; the rest of the ring in the ink of axes. */
export function drawDonuts(shares: readonly { readonly label: string; readonly share: number }[], area: Area): Drawing {
  const radius = donutRadius(area.height)
  const box = { width: area.width + 3, height: area.height + 3 }
  const data = shares.map(({ label, share }, index) => ({
    label,
    percent: Math.min(1, Math.max(0, share)),
    color: index === 0 ? WORD.first : WORD.second,
  }))
  const options = { radius, arcWidth: Math.ceil(radius / 4), fill: WORD.words, remainColor: WORD.axis, data }
  return drawInMemory(
    box,
    place => new Donut({ ...place, ...options }),
    (_, read) => crop(read(), area),
  )
}

/** In dots, of which a cell has four from top to bottom; the name of the ring stands below it. */
export const donutRadius = (rows: number): number => Math.max(2, 2 * rows - 4)

/** How many cells a number of rings of this height need side by side. */
export const donutsWidth = (count: number, rows: number): number => count * (donutRadius(rows) + 3) + 3

/** The cells within an area; a usual colour is no ink. */
const crop = (lines: readonly (readonly ScreenCell[])[], { width, height }: Area): Drawing =>
  lines
    .slice(0, height)
    .map(line =>
      line
        .slice(0, width)
        .map(({ character, colour }) => ({ character, ink: colour === null ? null : (INKS.get(colour) ?? null) })),
    )
