import type { RowSource } from './row-source.ts'

export type StackRow = { readonly id: string; readonly name: string }

/** The stacks. */
export const STACK_ROWS: RowSource<StackRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly StackRow[] = []
