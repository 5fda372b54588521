import type { RowSource } from './row-source.ts'

export type SecretRow = { readonly id: string; readonly name: string }

/** The secrets. */
export const SECRET_ROWS: RowSource<SecretRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly SecretRow[] = []
