import type { Known } from '../../operations/maintenance/advance.ts'
import { planRebalance } from '../../operations/rebalance/plan-rebalance.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { keepBy } from '../rows/keep-by.ts'
import type { Reading, State } from '../state.ts'
import { rehearsedOf } from './course-rehearsal.ts'

/** What a maintenance goes by: the cluster as it was read, and what only this session knows. */
export function knowledgeOf(state: State, { cluster, receivedAt }: Reading): Known {
  const isSpreading = state.maintaining.course?.maintenance.nodes.some(({ step }) => step === 'spreading') ?? false
  return {
    cluster,
    readAt: receivedAt,
    otherHosts: state.settings.hosts.length - 1,
    rehearsed: rehearsedOf(state),
    uneven: isSpreading ? unevenIn(cluster) : [],
  }
}

/** The services that a rebalance would renew unasked. */
const unevenIn = keepBy((cluster: Cluster): readonly string[] =>
  planRebalance(cluster).rows.flatMap(({ isChosen, entry }) => (isChosen ? [entry.service.name] : [])),
)
