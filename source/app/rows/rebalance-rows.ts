import { explainRow } from '../../operations/rebalance/explain-row.ts'
import type { RebalanceRow } from '../../operations/rebalance/plan-rebalance.ts'
import { shownRebalance } from '../rebalance/shown-rebalance.ts'
import type { State } from '../state.ts'
import type { RowSource } from './row-source.ts'

/** In the order in which they would be done, then what can be chosen, then what cannot. */
export const REBALANCE_ROWS: RowSource<RebalanceRow> = {
  all: state => rowsOfRebalance(state),
  idOf: ({ entry }) => entry.service.id,
  fieldsOf: row => ({
    name: row.entry.service.name,
    service: row.entry.service.name,
    state: explainRow(row),
    node: row.nodes.map(({ name }) => name).join(' '),
  }),
  columns: [
    { name: 'service', by: ({ entry }) => entry.service.name },
    { name: 'apart', by: ({ difference }) => difference.now },
    { name: 'restarts', by: ({ restarts }) => restarts },
    { name: 'nodes', by: ({ nodes }) => nodes.length },
    { name: 'why', by: row => explainRow(row) },
  ],
}

const NONE: readonly RebalanceRow[] = []

const rowsOfRebalance = (state: State): readonly RebalanceRow[] => shownRebalance(state)?.rows ?? NONE
