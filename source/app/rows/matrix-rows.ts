import { SERVICE_ROWS } from './service-rows.ts'

/** A row for each service; its cells are the nodes. */
export const MATRIX_ROWS = SERVICE_ROWS
