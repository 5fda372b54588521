import stringWidth from 'string-width'
import { glyphsOf, type Look, type Looks, PLAIN } from './theme.ts'
import { PRINTABLE_ASCII, visibleText } from './visible-text.ts'

/** A piece of text that looks one way. The text may be anything; it is made safe where it is measured and drawn. */
export type Span = { readonly text: string; readonly look: Look }

/** One line of the screen, or a part of one, from left to right. */
export type Row = readonly Span[]

export const span = (text: string, look: Look = PLAIN): Span => ({ text, look })

/** The row in exactly `width` terminal cells: made visible, cut with `…` or filled with blanks. */
export function fitRow(row: Row, width: number, looks: Looks): Row {
  const fitted: Span[] = []
  let left = width
  for (const [index, { text, look }] of row.entries()) {
    const shown = visibleText(text, looks.isAscii)
    const cells = textWidth(shown)
    const isTooMuch = cells > left || (cells === left && index < row.length - 1 && hasText(row, index + 1))
    const kept = isTooMuch ? cutText(shown, left, looks) : shown
    if (kept !== '') fitted.push({ text: kept, look })
    left -= isTooMuch ? textWidth(kept) : cells
    if (isTooMuch) break
  }
  return left > 0 ? padRow(fitted, left) : fitted
}

/** The row without its first cells; of a wide character that is cut in two a blank is left. */
export function dropStart(row: Row, cells: number, looks: Looks): Row {
  let left = cells
  return row.flatMap(({ text, look }) => {
    if (left <= 0) return [{ text, look }]
    const shown = visibleText(text, looks.isAscii)
    const width = textWidth(shown)
    if (width <= left) {
      left -= width
      return []
    }
    const rest = withoutStart(shown, left)
    left = 0
    return [{ text: rest, look }]
  })
}

function withoutStart(text: string, cells: number): string {
  if (PRINTABLE_ASCII.test(text)) return text.slice(cells)
  let passed = 0
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    if (passed >= cells) return ' '.repeat(passed - cells) + text.slice(index)
    passed += textWidth(segment)
  }
  return ''
}

/** How many cells a row takes when nothing is cut. */
export function rowWidth(row: Row, looks: Looks): number {
  return row.reduce((sum, { text }) => sum + textWidth(visibleText(text, looks.isAscii)), 0)
}

/** One row at the left edge and one at the right of `width` cells; the left one is cut when there is no room for both. */
export function justifyRows(left: Row, right: Row, width: number, looks: Looks, filling: Span = span(' ')): Row {
  const rightWidth = Math.min(rowWidth(right, looks), width)
  const leftWidth = Math.min(rowWidth(left, looks), width - rightWidth)
  const gap = width - rightWidth - leftWidth
  const fill = gap > 0 ? [{ ...filling, text: filling.text.repeat(gap) }] : []
  return [...fitRow(left, leftWidth, looks), ...fill, ...fitRow(right, rightWidth, looks)]
}

/** Rows joined by something between each two. */
export function joinRows(rows: readonly Row[], between: Span): Row {
  return rows.flatMap((row, index) => (index === 0 ? row : [between, ...row]))
}

/** As many of the rows, the first first, as fit into `width` cells with `between` between them. */
export function takeFitting(rows: readonly Row[], between: Span, width: number, looks: Looks): Row {
  const fitting: Row[] = []
  let left = width
  for (const row of rows) {
    left -= rowWidth(row, looks) + (fitting.length > 0 ? rowWidth([between], looks) : 0)
    if (left < 0 && fitting.length > 0) break
    fitting.push(row)
  }
  return joinRows(fitting, between)
}

/** Visible text in terminal cells: wide characters count two, marks none. */
export function textWidth(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text)
}

/** The beginning of a visible text that fits into `width` cells together with the sign that it was cut. */
function cutText(text: string, width: number, looks: Looks): string {
  if (width <= 0) return ''
  const { cut } = glyphsOf(looks)
  if (PRINTABLE_ASCII.test(text)) return text.slice(0, width - 1) + cut
  let kept = ''
  let cells = 1
  for (const { segment } of GRAPHEMES.segment(text)) {
    cells += textWidth(segment)
    if (cells > width) break
    kept += segment
  }
  return kept + cut
}

/** The end of a visible text that fits into `width` cells, for what tells most at its end, as images with their tags. */
export function cutStart(text: string, width: number, looks: Looks): string {
  if (textWidth(text) <= width) return text
  if (width <= 0) return ''
  const { cut } = glyphsOf(looks)
  if (PRINTABLE_ASCII.test(text)) return cut + text.slice(text.length - width + 1)
  const kept: string[] = []
  let cells = 1
  for (const { segment } of Array.from(GRAPHEMES.segment(text)).toReversed()) {
    cells += textWidth(segment)
    if (cells > width) break
    kept.unshift(segment)
  }
  return cut + kept.join('')
}

/** Both ends of a visible text, for what is told apart by either, as hosts and paths are. */
export function cutMiddle(text: string, width: number, looks: Looks): string {
  if (textWidth(text) <= width) return text
  const end = cutStart(text, Math.ceil(width / 2), looks)
  return cutText(text, width - textWidth(end) + 1, looks).slice(0, -1) + end
}

/** Text broken between words into rows of at most `width` cells; a word that is longer is broken inside. */
export function wrapText(text: string, width: number, looks: Looks): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of visibleText(text, looks.isAscii)
    .split(' ')
    .flatMap(part => breakWord(part, width))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer) <= width) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A text in what a person takes for single characters. */
export const splitGraphemes = (text: string): Iterable<Intl.SegmentData> => GRAPHEMES.segment(text)

function hasText(row: Row, from: number): boolean {
  return row.slice(from).some(({ text }) => text !== '')
}

/** Blanks go to the last span where that changes nothing to see, since every span costs bytes of its own. */
function padRow(row: Row, cells: number): Row {
  const last = row.at(-1)
  const blanks = ' '.repeat(cells)
  if (last === undefined || last.look === PLAIN) return [...row.slice(0, -1), span((last?.text ?? '') + blanks)]
  return last.look.inverse ? [...row.slice(0, -1), { ...last, text: last.text + blanks }] : [...row, span(blanks)]
}

function breakWord(word: string, width: number): readonly string[] {
  if (textWidth(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  for (const { segment } of GRAPHEMES.segment(word)) {
    if (part !== '' && textWidth(part + segment) > width) {
      parts.push(part)
      part = ''
    }
    part += segment
  }
  return [...parts, part]
}
