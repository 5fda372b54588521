import type { Cluster, ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import { openNodes } from '../open-nodes.ts'
import { type Candidate, candidateOf, type Renewed, renewCandidate } from './candidate.ts'
import { occupancyOf, occupiedAt, type Spread } from './spread.ts'
import type { Standing } from './standing.ts'
import { type Suggested, suggestServices } from './suggest-services.ts'
import { differenceAmong, idsOf } from './unevenness.ts'

/** What a person wants otherwise than it is suggested; IDs of services. */
export type RebalanceChoice = { readonly added: readonly string[]; readonly refused: readonly string[] }

export const AS_SUGGESTED: RebalanceChoice = { added: [], refused: [] }

/** Which services are renewed so that tasks are spread evenly again, and what comes of it. */
export type Rebalance = {
  /** Every service: those that are suggested, those that can be chosen, and the others. Choosing does not reorder them. */
  readonly rows: readonly RebalanceRow[]
  /** The nodes that take tasks now, with all their tasks. */
  readonly nodes: readonly NodeShare[]
  /** The tasks of all that is chosen: a forced update renews every one of a service. */
  readonly restarts: number
}

export type RebalanceRow = {
  readonly entry: ClusterService
  /** The nodes that can take its tasks, and others that have some. */
  readonly nodes: readonly ClusterNode[]
  readonly spread: { readonly now: Spread; readonly after: Spread }
  /** Between the busiest and the least busy node that can take its tasks. */
  readonly difference: { readonly now: number; readonly after: number }
  readonly restarts: number
  readonly standing: Standing
  /** `service`: its own tasks are spread unevenly. `nodes`: it fills nodes that carry much less than others. */
  readonly suggestedFor: 'service' | 'nodes' | null
  readonly isChosen: boolean
  /** Whether it is spread otherwise than it could be, its placement preferences considered. */
  readonly isUneven: boolean
  /** Whether `after` tells of a renewal; where not it is as `now`: it would get stuck, or nothing asks for it. */
  readonly isRenewed: boolean
}

/** How many tasks, of a service or of all. */
export type NodeShare = { readonly node: ClusterNode; readonly now: number; readonly after: number }

/**
 * What to renew after nodes have come back, or joined: as suggested (`suggestServices`), with what a person takes out of
 * that and adds to it. What is added is done last. `after` of a row that is not chosen: if it were, after all that is.
 */
export function planRebalance(cluster: Cluster, choice: RebalanceChoice = AS_SUGGESTED): Rebalance {
  const begin = occupancyOf(cluster.nodes)
  const candidates = cluster.services.map(entry => candidateOf(entry, cluster, begin))
  const suggested = suggestServices(candidates, cluster, begin)
  const ordered = orderCandidates(candidates, suggested)
  const chosen = ordered.filter(candidate => isChosen(candidate, suggested, choice))

  let occupancy = begin
  const renewed = new Map<Candidate, Renewed>()
  for (const candidate of chosen) {
    const done = renewCandidate(candidate, cluster, occupancy)
    if (done === null) continue
    renewed.set(candidate, done)
    occupancy = done.occupancy
  }
  const rows = ordered.map(candidate => {
    const after = renewed.get(candidate) ?? (isTold(candidate) ? renewCandidate(candidate, cluster, occupancy) : null)
    return rowOf(candidate, after, suggested.get(idOf(candidate)) ?? null, chosen.includes(candidate), cluster)
  })
  return {
    rows,
    nodes: openNodes(cluster).map(node => ({
      node,
      now: occupiedAt(begin, node.node.id).active,
      after: occupiedAt(occupancy, node.node.id).active,
    })),
    restarts: chosen.reduce((sum, { places }) => sum + places.length, 0),
  }
}

const idOf = ({ entry }: Candidate): string => entry.service.id

/** In the order in which they are suggested, then as services are listed; those that cannot be chosen at the end. */
function orderCandidates(candidates: readonly Candidate[], suggested: Suggested): readonly Candidate[] {
  const ids = [...suggested.keys()]
  const rankOf = (candidate: Candidate) =>
    suggested.has(idOf(candidate))
      ? ids.indexOf(idOf(candidate))
      : ids.length + (candidate.standing.kind === 'never' ? 1 : 0)
  return candidates.toSorted((one, other) => rankOf(one) - rankOf(other))
}

function isChosen(candidate: Candidate, suggested: Suggested, { added, refused }: RebalanceChoice): boolean {
  const id = idOf(candidate)
  return candidate.standing.kind !== 'never' && !refused.includes(id) && (suggested.has(id) || added.includes(id))
}

/** What a renewal would make of it is worth knowing although it is not chosen. */
const isTold = (candidate: Candidate): boolean => candidate.standing.kind !== 'never' && isUneven(candidate)

const isUneven = ({ difference }: Candidate): boolean => difference > 1

function rowOf(
  candidate: Candidate,
  renewed: Renewed | null,
  suggestedFor: RebalanceRow['suggestedFor'],
  isChosen: boolean,
  cluster: Cluster,
): RebalanceRow {
  const { entry, places, spread, nodes, standing } = candidate
  const after = renewed?.spread ?? spread
  const ids = idsOf(nodes)
  const others = [...spread.keys()].flatMap(id => (ids.has(id) ? [] : (cluster.nodeById.get(id) ?? [])))
  return {
    entry,
    nodes: others.length === 0 ? nodes : [...nodes, ...others],
    spread: { now: spread, after },
    difference: { now: differenceAmong(nodes, spread), after: differenceAmong(nodes, after) },
    restarts: places.length,
    standing,
    suggestedFor,
    isChosen,
    isUneven: isUneven(candidate),
    isRenewed: renewed !== null,
  }
}

/** Node by node how many tasks of the service there are and would be. Made for those rows only that are looked at. */
export const sharesOf = ({ nodes, spread }: RebalanceRow): readonly NodeShare[] =>
  nodes.map(node => ({ node, now: spread.now.get(node.node.id) ?? 0, after: spread.after.get(node.node.id) ?? 0 }))
