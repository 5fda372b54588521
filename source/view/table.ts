import { cutMiddle, cutStart, fitRow, type Row, rowWidth, type Span, span, textWidth } from './row.ts'
import { type Looks, STRONG } from './theme.ts'
import { visibleText } from './visible-text.ts'

/** A column of a table of things. */
export type Column<T> = {
  /** As rows are ordered by it, and as a person names it in the configuration. */
  readonly name: string
  readonly title: string
  readonly cell: (item: T) => Span
  /** Where there is not room for all columns, the one with the highest rank goes first. */
  readonly rank: number
  /** The column may be cut down to this many cells before another one is given up for it. */
  readonly least?: number
  readonly isRight?: boolean
  /** What tells most is at the end: cut at the beginning. */
  readonly keepsEnd?: boolean
  /** Both ends tell: cut in the middle. */
  readonly keepsEnds?: boolean
  /** Left out altogether while there is nothing in it. */
  readonly isOptional?: boolean
}

export type PlacedColumn<T> = { readonly column: Column<T>; readonly width: number }

/**
 * The columns that find room in `width` cells, in their order, and how wide each is. All get the least they need first;
 * what is left goes to the more important ones until everything in them can be read.
 */
export function placeColumns<T>(
  columns: readonly Column<T>[],
  items: readonly T[],
  width: number,
  looks: Looks,
): readonly PlacedColumn<T>[] {
  const wishes = columns
    .filter(column => !column.isOptional || items.slice(0, MEASURED_ROWS).some(item => column.cell(item).text !== ''))
    .map(column => wishOf(column, items, looks))
  const kept = keepFitting(wishes, width)
  const extra = new Map<Column<T>, number>()
  let left = width - needOf(kept)
  for (const { column, least, natural } of kept.toSorted((a, b) => a.column.rank - b.column.rank)) {
    const more = Math.min(left, natural - least)
    extra.set(column, more)
    left -= more
  }
  return kept.map(({ column, least }) => ({ column, width: least + (extra.get(column) ?? 0) }))
}

export function headerRow<T>(placed: readonly PlacedColumn<T>[], looks: Looks): Row {
  return placed.flatMap(({ column, width }, index) =>
    placeCell(span(column.title, STRONG), column, width, index === placed.length - 1, looks),
  )
}

export function itemRow<T>(placed: readonly PlacedColumn<T>[], item: T, looks: Looks): Row {
  return placed.flatMap(({ column, width }, index) =>
    placeCell(column.cell(item), column, width, index === placed.length - 1, looks),
  )
}

const GAP = 2

/** A list may be long, and a column need not be measured to the last row of it: what is wider further down is cut. */
export const MEASURED_ROWS = 300

type Wish<T> = { readonly column: Column<T>; readonly least: number; readonly natural: number }

function wishOf<T>(column: Column<T>, items: readonly T[], looks: Looks): Wish<T> {
  const cells = items.slice(0, MEASURED_ROWS).map(item => rowWidth([column.cell(item)], looks))
  const natural = Math.max(textWidth(column.title), ...cells)
  return { column, natural, least: Math.min(natural, column.least ?? natural) }
}

function keepFitting<T>(wishes: readonly Wish<T>[], width: number): readonly Wish<T>[] {
  if (wishes.length <= 1 || needOf(wishes) <= width) return wishes.map(wish => squeeze(wish, width, wishes.length))
  const last = Math.max(...wishes.map(wish => wish.column.rank))
  return keepFitting(
    wishes.filter(wish => wish.column.rank !== last),
    width,
  )
}

/** A single column takes the room there is, however little. */
function squeeze<T>(wish: Wish<T>, width: number, count: number): Wish<T> {
  return count === 1 ? { ...wish, least: Math.min(wish.least, width) } : wish
}

function needOf<T>(wishes: readonly Wish<T>[]): number {
  return wishes.reduce((sum, wish) => sum + wish.least, 0) + GAP * Math.max(0, wishes.length - 1)
}

function placeCell<T>(cell: Span, column: Column<T>, width: number, isLast: boolean, looks: Looks): Row {
  const gap = isLast ? [] : [span(' '.repeat(GAP))]
  const indent = column.isRight ? width - rowWidth([cell], looks) : 0
  const kept = { ...cell, text: cutCell(cell.text, column, width, looks) }
  const fitted = indent > 0 ? [span(' '.repeat(indent)), kept] : fitRow([kept], width, looks)
  return [...fitted, ...gap]
}

function cutCell<T>(text: string, { keepsEnd, keepsEnds }: Column<T>, width: number, looks: Looks): string {
  if (!keepsEnd && !keepsEnds) return text
  const cut = keepsEnds ? cutMiddle : cutStart
  return cut(visibleText(text, looks.isAscii), width, looks)
}
