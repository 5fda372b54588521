import { counted } from '../../rules/counted.ts'
import { info, warning } from '../consequence.ts'
import type { Consequence } from '../operation.ts'
import { explainRow } from './explain-row.ts'
import type { Rebalance, RebalanceRow } from './plan-rebalance.ts'

/** What is to be said of a rebalance besides what each forced update means by itself. */
export function rebalanceConsequences({ rows, nodes, restarts }: Rebalance): readonly Consequence[] {
  const doubtful = rows.filter(({ isChosen, suggestedFor }) => isChosen && suggestedFor === null)
  const changed = nodes.filter(({ now, after }) => now !== after)
  const shown = changed.slice(0, SHOWN_NODES).map(({ node, now, after }) => `${node.name} ${now} → ${after}`)
  const more = changed.length - shown.length
  return [
    ...doubtful.map(row => warning(`${row.entry.service.name}: ${sayDoubt(row)}`)),
    info(`${counted(restarts, 'task')} restarted in all: a forced update renews every task of a service`),
    ...(shown.length === 0
      ? []
      : [info(`tasks on nodes, as it may come out: ${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`)]),
  ]
}

const SHOWN_NODES = 8

const sayDoubt = (row: RebalanceRow): string =>
  row.standing.kind === 'open' ? `${explainRow(row)}; chosen all the same` : explainRow(row)
