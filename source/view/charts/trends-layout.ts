import type { Area } from '../layout.ts'

/** Where the charts of the trends stand, each with its title above it. */
export type TrendsLayout = {
  readonly running: Area
  /** Beside the first chart, on wide screens; elsewhere the round trip is told in a row of bars. */
  readonly roundTrip: Area | null
  /** How wide each row of bars is. */
  readonly barsWidth: number
  /** Whether the rows of bars stand side by side. */
  readonly isBeside: boolean
  /** What is reserved, node by node; without its title. Null where there is no room for it. */
  readonly reserved: Area | null
  /** How many rows the two rings beside it have; none where there is no room. */
  readonly ringRows: number
}

/** From this width on the rows of bars stand side by side, and from the second one on there is a second chart. */
const BESIDE_COLUMNS = 100
const WIDE_COLUMNS = 150

const GAP = 3

/** Shares out `width` cells and `height` rows among the charts of a swarm with so many nodes. */
export function layoutTrends({ width, height }: Area, nodes: number): TrendsLayout {
  const isBeside = width >= BESIDE_COLUMNS
  const isWide = width >= WIDE_COLUMNS
  const barsRows = isBeside ? BARS_ROWS + 1 : 2 * BARS_ROWS
  const reservedRows = height < LEAST_ROWS_FOR_ALL ? 0 : shareForReserved(height, nodes, isBeside)
  const chartHeight = height - barsRows - reservedRows - 1
  const half = Math.floor((width - GAP) / 2)
  return {
    running: { width: isWide ? half : width, height: chartHeight },
    roundTrip: isWide ? { width: width - half - GAP, height: chartHeight } : null,
    barsWidth: isWide || !isBeside ? width : half,
    isBeside: isBeside && !isWide,
    reserved: reservedRows < 3 ? null : { width, height: reservedRows - 1 },
    ringRows: isBeside && reservedRows > LEAST_RING_ROWS ? Math.min(MOST_RING_ROWS, reservedRows - 1) : 0,
  }
}

/** A title and the bars. */
const BARS_ROWS = 2
const LEAST_ROWS_FOR_ALL = 15
const LEAST_RING_ROWS = 7
const MOST_RING_ROWS = 12

function shareForReserved(height: number, nodes: number, isBeside: boolean): number {
  const most = Math.floor(height * (isBeside ? 0.4 : 0.35))
  return Math.min(most, Math.max(nodes, isBeside ? MOST_RING_ROWS : 0) + 1)
}

export const BETWEEN_CHARTS = ' '.repeat(GAP)
