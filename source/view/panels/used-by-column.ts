import { span } from '../row.ts'
import type { Column } from '../table.ts'
import { PLAIN, QUIET } from '../theme.ts'

/** The services that use something; of many the first are named, and how many they are comes before. */
export const usedByColumn = (rank: number): Column<{ readonly usedBy: readonly string[] }> => ({
  name: 'used',
  title: 'USED BY',
  rank,
  least: 14,
  cell: ({ usedBy }) => {
    if (usedBy.length === 0) return span('nobody', QUIET)
    const names = usedBy.join(' ')
    return span(usedBy.length > 3 ? `${usedBy.length}: ${names}` : names, PLAIN)
  },
})
