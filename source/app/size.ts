/** How large the terminal is, in cells. */
export type Size = { readonly columns: number; readonly rows: number }

export const LEAST_SIZE: Size = { columns: 60, rows: 16 }

/** Whether the screen can only say which size it needs: then nothing may be done, since nobody sees what. */
export function isTooSmall({ columns, rows }: Size): boolean {
  return columns < LEAST_SIZE.columns || rows < LEAST_SIZE.rows
}
