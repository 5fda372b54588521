import { Box } from 'ink'
import type { Area } from './layout.ts'
import { Line } from './line.tsx'
import { fitRow, type Row, rowWidth, type Span, span } from './row.ts'
import { borderLook, glyphsOf, type Looks } from './theme.ts'

/** The cells that a panel's border takes of its area: a line above and below, a line and a blank at either side. */
export const BORDER_ROWS = 2
export const BORDER_COLUMNS = 4

/** How many cells of the upper border a title can have. */
/** Where a title's first letter stands in a panel. */
export const TITLE_COLUMN = 3
export const titleWidth = (area: Area): number => area.width - BORDER_COLUMNS - 2

export type PanelProps = {
  readonly area: Area
  readonly title: Row
  /** At the right end of the upper border; left out when there is no room. */
  readonly note?: Row
  readonly isFocused?: boolean
  readonly rows: readonly Row[]
  readonly looks: Looks
}

/** A box with a title in its border, exactly as large as its area whatever it holds. */
export function Panel({ area, title, note = [], isFocused = false, rows, looks }: PanelProps) {
  const { width, height } = area
  const glyphs = glyphsOf(looks)
  const border = isFocused ? glyphs.focusedBorder : glyphs.border
  const line = (text: string): Span => span(text, borderLook(isFocused))
  const inner = Array.from({ length: Math.max(0, height - BORDER_ROWS) }, (_, index) => rows[index] ?? [])
  const lines: readonly Row[] = [
    topRow(),
    ...inner.map(row => [line(border.left), ...withMargins(row), line(border.right)]),
    [line(border.bottomLeft + border.bottom.repeat(Math.max(0, width - 2)) + border.bottomRight)],
  ]
  return (
    <Box flexDirection="column" flexShrink={0} width={width} height={height}>
      {lines.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a panel is its place.
        <Line key={index} row={row} width={width} looks={looks} />
      ))}
    </Box>
  )

  function topRow(): Row {
    const titleCells = Math.min(rowWidth(title, looks) + 2, width - BORDER_COLUMNS)
    const noteWidth = rowWidth(note, looks) + 2
    const hasNote = note.length > 0 && titleCells + noteWidth + BORDER_COLUMNS < width
    const gap = width - BORDER_COLUMNS - titleCells - (hasNote ? noteWidth : 0)
    return [
      line(border.topLeft + border.top),
      ...fitRow([span(' '), ...title, span(' ')], titleCells, looks),
      line(border.top.repeat(Math.max(0, gap))),
      ...(hasNote ? [span(' '), ...note, span(' ')] : []),
      line(border.top + border.topRight),
    ]
  }

  /** The blanks beside a row are written too: a card must not let through what it lies upon. */
  function withMargins(row: Row): Row {
    return [span(' '), ...fitRow(row, width - BORDER_COLUMNS, looks), span(' ')]
  }
}
