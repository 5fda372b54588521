import type { Row, Span } from '../row.ts'
import { span } from '../row.ts'
import type { Look, Looks } from '../theme.ts'
import { isCoarse, PLAIN } from '../theme.ts'
import type { Drawing, Ink } from './drawing.ts'

/** How a cell of a chart is shown, by what it was drawn for. `sign`: instead of what was drawn there. */
export type Pen = { readonly look: Look; readonly sign?: string }

/** A drawing as rows of our own, in our own looks; where the terminal has no fine signs its dots are drawn with that. */
export function drawingRows(drawing: Drawing, penOf: (ink: Ink) => Pen, looks: Looks): readonly Row[] {
  return drawing.map(cells => {
    const spans: Span[] = []
    for (const cell of cells) {
      const { look, sign } = cell.character === ' ' ? { look: spans.at(-1)?.look ?? PLAIN } : penOf(cell.ink)
      const text = sign ?? (isCoarse(looks) ? asciiOf(cell.character) : cell.character)
      const last = spans.at(-1)
      if (last?.look === look) spans[spans.length - 1] = span(last.text + text, look)
      else spans.push(span(text, look))
    }
    return spans
  })
}

const BRAILLE = 0x2800

/** The dots of a Braille character, the left column and the right, from top to bottom. */
const COLUMNS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const

const BARS = '▁▂▃▄▅▆▇█'
const ASCII_BARS = '_.-:=+*#'

/**
 * The character of ASCII that looks most like one of a chart: full where most of its dots are, else a stroke as high and
 * as steep as they lie.
 */
export function asciiOf(character: string): string {
  const bar = BARS.indexOf(character)
  if (bar >= 0 && character !== '') return ASCII_BARS.charAt(bar)
  const dots = character.charCodeAt(0) - BRAILLE
  if (!(dots >= 0 && dots <= 0xff)) return character
  const [left, right] = COLUMNS.map(column => column.flatMap((bit, row) => ((dots & bit) === 0 ? [] : [row])))
  return left === undefined || right === undefined ? ' ' : strokeOf(left, right)
}

/** `left`, `right`: in which of four rows there are dots. */
function strokeOf(left: readonly number[], right: readonly number[]): string {
  if (left.length + right.length === 0) return ' '
  if (left.length + right.length > 5) return '#'
  if (left.length === 0 || right.length === 0) {
    const rows = [...left, ...right]
    return rows.length > 2 ? '|' : (["'", '-', '-', '.'][Math.round(mean(rows))] ?? '-')
  }
  const rise = mean(left) - mean(right)
  if (rise >= 1.5) return '/'
  if (rise <= -1.5) return '\\'
  return ['"', '-', '-', '_'][Math.round(mean([...left, ...right]))] ?? '-'
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length)
