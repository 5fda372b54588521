import type { RowSource } from './row-source.ts'

export type VolumeRow = { readonly id: string; readonly name: string }

/** The volumes. */
export const VOLUME_ROWS: RowSource<VolumeRow> = {
  all: () => NONE,
  idOf: ({ id }) => id,
  fieldsOf: ({ name }) => ({ name }),
  columns: [{ name: 'name', by: ({ name }) => name }],
}

const NONE: readonly VolumeRow[] = []
