import { dockerCommand } from '../../operations/docker-command.ts'
import { forceUpdateConsequences } from '../../operations/force-update-consequences.ts'
import { explainRow } from '../../operations/rebalance/explain-row.ts'
import { type NodeShare, type RebalanceRow, sharesOf } from '../../operations/rebalance/plan-rebalance.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { keepByBoth } from '../rows/keep-by.ts'
import { REBALANCE_ROWS } from '../rows/rebalance-rows.ts'
import { selectedIn } from '../shown-service.ts'
import type { State } from '../state.ts'
import { bar, type Fact, fact, factList, heading, type PieceWeight, piece } from './fact.ts'

/** What is known of the selected service: why it is chosen or not, where its tasks go, and what an update of it means. */
export function rebalanceFacts(state: State): readonly Fact[] {
  const id = selectedIn(state, 'rebalance', REBALANCE_ROWS)
  const row = REBALANCE_ROWS.all(state).find(({ entry }) => entry.service.id === id)
  return row === undefined || state.reading === null ? NONE : factsOf(state.reading.cluster, row)
}

const NONE: readonly Fact[] = []

const factsOf = keepByBoth((cluster: Cluster, row: RebalanceRow): readonly Fact[] => {
  const { service } = row.entry
  const shares = sharesOf(row)
  const most = Math.max(1, ...shares.flatMap(({ now, after }) => [now, after]))
  return [
    heading(service.name),
    fact(row.isChosen ? 'chosen' : 'left out', piece(explainRow(row))),
    ...shares.map(share => shareFact(share, most)),
    ...(row.standing.kind === 'never' ? [] : updateFacts(row, cluster)),
  ]
})

function shareFact({ node, now, after }: NodeShare, most: number): Fact {
  return {
    id: `node ${node.node.id}`,
    label: node.name,
    pieces: [
      bar(after / most),
      piece(now === after ? String(now) : `${now} → ${after}`, now === after ? 'plain' : 'strong'),
    ],
    opens: { kind: 'node', nodeId: node.node.id },
  }
}

function updateFacts({ entry }: RebalanceRow, cluster: Cluster): readonly Fact[] {
  const { id, name } = entry.service
  const command = dockerCommand({ kind: 'force-update', serviceId: id, name }, cluster)
  return [
    ...factList(
      'its update',
      forceUpdateConsequences(entry, cluster).map(({ weight, text }) => ({
        name: text,
        pieces: [piece(text, WEIGHTS[weight])],
      })),
    ),
    fact('command', piece(command)),
  ]
}

const WEIGHTS = { info: 'plain', warning: 'warning', danger: 'danger' } as const satisfies Record<string, PieceWeight>
