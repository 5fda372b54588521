import type { IBufferCell, Terminal } from '@xterm/headless'

/** Row and column of a cell, counted from 0. */
export type Place = { readonly row: number; readonly column: number }

/** Colours: `default`, a number of the palette (1 is red, 9 bright red), or `#rrggbb`. */
export type CellStyle = {
  readonly colour: 'default' | number | string
  readonly background: 'default' | number | string
  readonly isBold: boolean
  readonly isDim: boolean
  readonly isInverse: boolean
  readonly isUnderlined: boolean
}

/** The lines that are visible, without the blanks at their ends. */
export function screenLines(terminal: Terminal): readonly string[] {
  return visibleRows(terminal).map(row => visibleLine(terminal, row)?.translateToString().trimEnd() ?? '')
}

/** Where a text stands first, read from the top; it does not go over the end of a line. */
export function placeOf(terminal: Terminal, text: string): Place | null {
  for (const row of visibleRows(terminal)) {
    const cells = cellsOf(terminal, row)
    const offset = cells
      .map(cell => cell.text)
      .join('')
      .indexOf(text)
    if (offset >= 0) return { row, column: columnAt(cells, offset) }
  }
  return null
}

export function styleAt(terminal: Terminal, { row, column }: Place): CellStyle {
  const cell = visibleLine(terminal, row)?.getCell(column)
  if (cell === undefined) throw new Error(`the screen has no row ${row}, column ${column}`)
  return {
    colour: cell.isFgDefault() ? 'default' : colour(cell.isFgRGB(), cell.getFgColor()),
    background: cell.isBgDefault() ? 'default' : colour(cell.isBgRGB(), cell.getBgColor()),
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isInverse: cell.isInverse() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  }
}

function colour(isRgb: boolean, value: number): number | string {
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value
}

type Cell = { readonly text: string; readonly column: number }

/** A wide character has two cells; the second one is empty and has no width. */
function cellsOf(terminal: Terminal, row: number): readonly Cell[] {
  const line = visibleLine(terminal, row)
  const columns = Array.from({ length: terminal.cols }, (_, column) => column)
  return columns
    .map(column => ({ column, cell: line?.getCell(column) }))
    .filter((entry): entry is { column: number; cell: IBufferCell } => entry.cell !== undefined)
    .filter(({ cell }) => cell.getWidth() > 0)
    .map(({ column, cell }) => ({ column, text: cell.getChars() || ' ' }))
}

function columnAt(cells: readonly Cell[], offset: number): number {
  let passed = 0
  for (const cell of cells) {
    passed += cell.text.length
    if (passed > offset) return cell.column
  }
  return 0
}

function visibleRows(terminal: Terminal): readonly number[] {
  return Array.from({ length: terminal.rows }, (_, row) => row)
}

function visibleLine(terminal: Terminal, row: number) {
  return terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)
}
