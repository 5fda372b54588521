import type { SecretRow } from '../../app/rows/secret-rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { ageWords, labelWords } from '../../swarm/cli-words.ts'
import { span } from '../row.ts'
import type { Column } from '../table.ts'
import { QUIET, STRONG } from '../theme.ts'
import { usedByColumn } from './used-by-column.ts'

/** What is said of secrets and of configs, in the docker CLI's words. */
export function secretColumns(state: State): readonly Column<SecretRow>[] {
  const now = swarmNow(state)
  return [
    { name: 'name', title: 'NAME', rank: 0, least: 16, cell: ({ secret }) => span(secret.name, STRONG) },
    { name: 'created', title: 'CREATED', rank: 2, cell: ({ secret }) => span(ageWords(secret.createdAt, now)) },
    { name: 'updated', title: 'UPDATED', rank: 3, cell: ({ secret }) => span(ageWords(secret.updatedAt, now)) },
    { name: 'driver', title: 'DRIVER', rank: 4, least: 8, isOptional: true, cell: ({ secret }) => span(secret.driver) },
    usedByColumn(1),
    { name: 'id', title: 'ID', rank: 6, least: 12, cell: ({ secret }) => span(secret.id, QUIET) },
    {
      name: 'labels',
      title: 'LABELS',
      rank: 5,
      least: 12,
      isOptional: true,
      cell: ({ secret }) => span(labelWords(secret.labels), QUIET),
    },
  ]
}
