import type { RowSource } from './row-source.ts'
import { type SecretRow, secretRows } from './secret-rows.ts'
import { usersOfConfig } from './used-by.ts'

/** The configs of the swarm, by name. */
export const CONFIG_ROWS: RowSource<SecretRow> = secretRows('configs', usersOfConfig)
