import type { RowSource } from './row-source.ts'

export type NetworkRow = { readonly id: string; readonly name: string }

/** The networks. */
export const NETWORK_ROWS: RowSource<NetworkRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly NetworkRow[] = []
