import type { RowSource } from './row-source.ts'

export type ContextRow = { readonly id: string; readonly name: string }

/** The contexts. */
export const CONTEXT_ROWS: RowSource<ContextRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly ContextRow[] = []
