/** How the matrix shares out the width of the screen, in cells. */
export type MatrixLayout = {
  readonly nameWidth: number
  /** Room for so many tasks of one service on one node. */
  readonly cellWidth: number
  /** With the blanks behind it. */
  readonly columnWidth: number
  /** The nodes' names stand from top to bottom. */
  readonly isTurned: boolean
  /** How many nodes are on the screen. */
  readonly shown: number
}

/** Of the column of tasks without a node, and of the one with the sums; two blanks are before each. */
export const NONE_WIDTH = 7
export const SUM_WIDTH = 11

/** The border of the panel and what marks its rows. */
const FRAME = 6
const GAP = 2
/** Names that do not fit are cut where there are so many cells for each, and turned where there are fewer. */
const LEAST_CUT = 12
const MOST_NAMED = 16

/** What the width of the columns depends on. */
export type MatrixNeeds = {
  readonly nodes: number
  /** How many tasks the fullest cell has; as many of them as there is room for are seen one by one. */
  readonly widest: number
  /** The longest name of a node, in letters, and whether names have letters that are two cells wide. */
  readonly longestName: number
  readonly hasWideNames: boolean
}

/** Shares out `columns` cells, the whole width of the screen. */
export function layoutMatrix(columns: number, needs: MatrixNeeds): MatrixLayout {
  const { nodes, widest, longestName, hasWideNames } = needs
  const inner = columns - FRAME
  const nameWidth = Math.min(30, Math.max(12, Math.floor(inner / 4)))
  const room = Math.max(0, inner - nameWidth - 3 * GAP - NONE_WIDTH - SUM_WIDTH)
  const share = nodes === 0 ? room : Math.floor(room / nodes)
  const isTurned = share < Math.min(LEAST_CUT, longestName * (hasWideNames ? 2 : 1) + 1)
  const least = widest > 1 || hasWideNames ? 3 : 2
  const most = isTurned ? Math.max(3, widest + 1) : MOST_NAMED
  const columnWidth = Math.min(most, Math.max(least, share))
  const shown = Math.min(nodes, Math.max(1, Math.floor(room / columnWidth)))
  return { nameWidth, cellWidth: columnWidth - 1, columnWidth, isTurned, shown }
}
