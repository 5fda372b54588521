import type { Cluster, ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import type { Service } from '../../swarm/service.ts'
import { renewService } from './renew-service.ts'
import { branchRooms, eligibleFor, isChoosy, roomsFor } from './room.ts'
import { type Occupancy, placesOf, respread, type Spread, spreadOf } from './spread.ts'
import { type Standing, standingOf } from './standing.ts'
import { compareUnevenness, differenceAmong, type Unevenness, unevennessOf } from './unevenness.ts'

/** A service as it is before anything is done. `nodes`: that can take its tasks. `difference`: the largest of its unevenness. */
export type Candidate = {
  readonly entry: ClusterService
  readonly places: readonly string[]
  readonly spread: Spread
  readonly nodes: readonly ClusterNode[]
  readonly difference: number
  readonly standing: Standing
}

export function candidateOf(entry: ClusterService, cluster: Cluster, occupancy: Occupancy): Candidate {
  const places = placesOf(entry)
  const spread = spreadOf(places)
  const { service } = entry
  const eligible = eligibleFor(service, cluster)
  if (!isChoosy(service)) {
    const difference = differenceAmong(eligible, spread)
    return { entry, places, spread, nodes: eligible, difference, standing: standingOf(entry, eligible) }
  }
  const rooms = roomsFor(service, cluster, occupancy, spread)
  const nodes = rooms.map(({ node }) => node)
  const difference = Math.max(...unevennessOf(branchRooms(service, rooms), spread))
  return { entry, places, spread, nodes, difference, standing: standingOf(entry, nodes) }
}

export type Renewed = {
  /** As it may come out, and what all nodes carry then. */
  readonly spread: Spread
  readonly occupancy: Occupancy
  /** What they carry in this and in other outcomes. */
  readonly outcomes: readonly Occupancy[]
  /** Whether its own tasks are spread better than before in all of them, or worse in one. */
  readonly change: 'better' | 'same' | 'worse'
}

/** What becomes of it when it is renewed while the nodes carry this; null where that would get stuck. */
export function renewCandidate(
  { entry, places, spread }: Candidate,
  cluster: Cluster,
  occupancy: Occupancy,
): Renewed | null {
  const { service } = entry
  const rooms = roomsFor(service, cluster, occupancy, spread)
  const spreads = renewService(service, rooms, places)
  if (spreads === null) return null
  const tree = branchRooms(service, rooms)
  const before = unevennessOf(tree, spread)
  const worst = Math.max(
    ...spreads.map(after => compareUnevenness(atWorst(unevennessOf(tree, after), service), before)),
  )
  const outcomes = spreads.map(after => respread(occupancy, service, spread, after))
  return {
    spread: spreads[0],
    occupancy: outcomes[0] ?? occupancy,
    outcomes,
    change: worst < 0 ? 'better' : worst > 0 ? 'worse' : 'same',
  }
}

/**
 * With start-first the new task is placed while the old one still counts, and when that has gone its node may have one
 * less than all others. How often that happens is chance, so it counts as certain.
 */
function atWorst(unevenness: Unevenness, { updateOrder, updateParallelism }: Service): Unevenness {
  if (updateOrder === 'stop-first') return unevenness
  const together = updateParallelism === 0 ? Number.POSITIVE_INFINITY : updateParallelism
  return unevenness.map(difference => Math.max(difference, 1 + together))
}
