import type { RowSource } from './row-source.ts'

export type ConfigRow = { readonly id: string; readonly name: string }

/** The configs. */
export const CONFIG_ROWS: RowSource<ConfigRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly ConfigRow[] = []
