import type { RowSource } from './row-source.ts'

/** A visible line of the object that is inspected. `path` tells it from all others, and lasts through readings. */
export type InspectRow = { readonly path: string; readonly text: string }

export const INSPECT_ROWS: RowSource<InspectRow> = {
  all: () => NONE,
  idOf: ({ path }) => path,
  fieldsOf: ({ text }) => ({ name: text }),
  columns: [],
}

const NONE: readonly InspectRow[] = []
