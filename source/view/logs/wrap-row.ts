import { fitRow, type Row, rowWidth, type Span, splitGraphemes, textWidth } from '../row.ts'
import type { Looks } from '../theme.ts'
import { PRINTABLE_ASCII, visibleText } from '../visible-text.ts'

/** The row in pieces of at most `width` cells, broken wherever they are full; at most `most` of them, the last cut then. */
export function wrapRow(row: Row, width: number, most: number, looks: Looks): readonly Row[] {
  const rows: Span[][] = [[]]
  let left = width
  for (const { text, look } of row) {
    let rest = visibleText(text, looks.isAscii)
    while (rest !== '') {
      const part = firstPart(rest, left, left === width)
      if (part !== '') rows.at(-1)?.push({ text: part, look })
      rest = rest.slice(part.length)
      left -= textWidth(part)
      if (rest === '') break
      if (rows.length === most) return [...rows.slice(0, -1), cutLast(rows.at(-1) ?? [], rest, width, looks)]
      rows.push([])
      left = width
    }
  }
  return rows
}

/** As much of a visible text as fits; at the beginning of a row at least one character, so that there is an end to it. */
function firstPart(text: string, width: number, isBegin: boolean): string {
  if (PRINTABLE_ASCII.test(text)) return text.slice(0, Math.max(width, isBegin ? 1 : 0))
  let part = ''
  let cells = 0
  for (const { segment } of splitGraphemes(text)) {
    cells += textWidth(segment)
    if (cells > width && !(isBegin && part === '')) break
    part += segment
  }
  return part
}

/** Something stands behind it that does not fit, so that it ends with the sign that it was cut. */
function cutLast(row: Row, rest: string, width: number, looks: Looks): Row {
  const last = row.at(-1)
  return last === undefined || rowWidth(row, looks) > width
    ? row
    : fitRow([...row.slice(0, -1), { ...last, text: last.text + rest }], width, looks)
}
