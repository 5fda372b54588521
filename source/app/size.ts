/** How large the terminal is, in cells. */
export type Size = { readonly columns: number; readonly rows: number }

export const LEAST_SIZE: Size = { columns: 60, rows: 16 }

/** Whether the screen can only say which size it needs: then nothing may be done, since nobody sees what. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < LEAST_SIZE.columns || rows < LEAST_SIZE.rows
}

/** What the header, the event strip and the key bar leave of the terminal; with `isWhole` the key bar alone is there. */
export function bodySize({ columns, rows }: Size, isWhole = false): Size & { readonly stripRows: number } {
  if (isWhole) return { columns, rows: Math.max(0, rows - KEY_BAR_ROWS), stripRows: 0 }
  const stripRows = Math.min(6, Math.max(1, Math.floor((rows - 24) / 3)))
  return { columns, rows: Math.max(0, rows - HEADER_ROWS - stripRows - KEY_BAR_ROWS), stripRows }
}

const HEADER_ROWS = 1
const KEY_BAR_ROWS = 1
