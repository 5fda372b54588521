import type { Area } from './layout.ts'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from './panel.tsx'
import { type Row, span } from './row.ts'
import { glyphsOf, KEY, type Looks, QUIET, selectedLook } from './theme.ts'
import { visibleWindow, type Window } from './window.ts'

export type ListPanelProps<T> = {
  readonly area: Area
  readonly title: Row
  readonly note?: Row
  /** Which rows are in sight is said besides the note too. */
  readonly isPlaced?: boolean
  /** A row that stays above the list. */
  readonly header?: Row
  /** More of them, above that one, and rows that stay below the list. */
  readonly above?: readonly Row[]
  readonly below?: readonly Row[]
  readonly items: readonly T[]
  readonly idOf: (item: T) => string
  /** A row for `listWidth(area)` cells. */
  readonly rowOf: (item: T) => Row
  readonly selectedId: string | null
  /** Identities of the rows that are marked. */
  readonly marks?: readonly string[]
  readonly isFocused: boolean
  /** Said where rows would be when there are none. */
  readonly emptyText: string
  readonly looks: Looks
}

/** A list in a panel. Only the rows around the selected one are made, however many there are. */
export function ListPanel<T>(props: ListPanelProps<T>) {
  const { area, title, note = [], header, items, idOf, rowOf, marks = [], isFocused, looks } = props
  const { above = [], below = [], isPlaced = false } = props
  const headers = [...above, ...(header === undefined ? [] : [header])]
  const { height, selected, first, end } = placeList(props)
  const position = positionRow(items.length, { first, end })
  const rows = items.slice(first, end).map((item, index) => {
    const isMarked = marks.includes(idOf(item))
    return first + index === selected
      ? selectedRow(rowOf(item), isMarked, isFocused, looks)
      : [isMarked ? markOf(looks) : UNMARKED, ...rowOf(item)]
  })
  return (
    <Panel
      area={area}
      title={title}
      note={note.length === 0 ? position : isPlaced && position.length > 0 ? [...note, span('  '), ...position] : note}
      isFocused={isFocused}
      rows={[
        ...headers.map(row => [UNMARKED, ...row]),
        ...(items.length === 0 ? [[UNMARKED, span(props.emptyText, QUIET)]] : rows),
        ...Array.from({ length: below.length === 0 ? 0 : height - Math.max(1, rows.length) }, () => []),
        ...below.map(row => [UNMARKED, ...row]),
      ]}
      looks={looks}
    />
  )
}

/** Which rows are in sight, where not all of them are: `1-28 of 45`. */
function positionRow(count: number, { first, end }: Window): Row {
  return end - first < count ? [span(`${first + 1}-${end} of ${count}`, QUIET)] : []
}

/** Which rows are seen, and below how many others (`top`) the first of them stands within the border. */
export function placeList<T>(props: ListPanelProps<T>) {
  const { area, header, above = [], below = [], items, idOf, selectedId } = props
  const top = above.length + (header === undefined ? 0 : 1)
  const height = Math.max(0, area.height - BORDER_ROWS - top - below.length)
  const selected = items.findIndex(item => idOf(item) === selectedId)
  return { top, height, selected, ...visibleWindow(items.length, height, Math.max(0, selected)) }
}

/** How many cells a row of a list has in a panel of this size. */
export const listWidth = (area: Area): number => area.width - BORDER_COLUMNS - MARKER_COLUMNS

const MARKER_COLUMNS = 2
const UNMARKED = span(' '.repeat(MARKER_COLUMNS))

const markOf = (looks: Looks) => span(` ${glyphsOf(looks).mark}`, KEY)

/** Where the terminal shows neither colour nor reverse, the pointer alone tells the selected row. */
function selectedRow(row: Row, isMarked: boolean, isFocused: boolean, looks: Looks): Row {
  const glyphs = glyphsOf(looks)
  const pointer = span(`${isFocused ? glyphs.pointer : glyphs.faintPointer}${isMarked ? glyphs.mark : ' '}`)
  return [pointer, ...row].map(piece => ({ ...piece, look: selectedLook(piece.look, isFocused) }))
}
