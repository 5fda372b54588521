import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { openNodes } from '../open-nodes.ts'
import { type Candidate, renewCandidate } from './candidate.ts'
import { type Occupancy, occupiedAt } from './spread.ts'

/** By the ID of a service, in the order in which they are done; what each is suggested for. */
export type Suggested = ReadonlyMap<string, 'service' | 'nodes'>

/**
 * The fewest forced updates that spread tasks evenly again: first services whose own tasks lie unevenly, the worst first;
 * then, while a node carries less than half of what another one does, services that fill it, those with the fewest tasks
 * first. Each is taken only where the scheduler, placing its tasks anew, would make it better however chance decides.
 */
export function suggestServices(candidates: readonly Candidate[], cluster: Cluster, begin: Occupancy): Suggested {
  const open = candidates.filter(({ standing }) => standing.kind === 'open')
  const services = evenServices(open, cluster, begin)
  const others = open.filter(candidate => !services.taken.includes(candidate))
  const nodes = fillNodes(others, cluster, services.occupancy)
  return new Map([
    ...services.taken.map(({ entry }) => [entry.service.id, 'service'] as const),
    ...nodes.map(({ entry }) => [entry.service.id, 'nodes'] as const),
  ])
}

type Taken = { readonly taken: readonly Candidate[]; readonly occupancy: Occupancy }

function evenServices(candidates: readonly Candidate[], cluster: Cluster, begin: Occupancy): Taken {
  const uneven = candidates
    .filter(({ difference }) => difference > 1)
    .toSorted((one, other) => other.difference - one.difference)
  return takeEach(uneven, begin, (candidate, occupancy) => {
    const renewed = renewCandidate(candidate, cluster, occupancy)
    return renewed?.change === 'better' ? renewed.occupancy : null
  })
}

/** Services that are even by themselves, as far as it takes them; those that turn out not to be needed are put back. */
function fillNodes(candidates: readonly Candidate[], cluster: Cluster, begin: Occupancy): readonly Candidate[] {
  if (!isLopsided(openNodes(cluster).map(({ node }) => occupiedAt(begin, node.id).active))) return []
  const take = (some: readonly Candidate[]) =>
    takeEach(some, begin, (candidate, occupancy) => fillWith(candidate, cluster, occupancy))
  const { taken, occupancy } = take(candidates.toSorted((one, other) => one.places.length - other.places.length))
  if (taken.length > MOST_REVISED) return taken
  const aim = imbalanceOf(cluster, occupancy)
  return taken.reduce((needed, candidate) => {
    const without = take(needed.filter(other => other !== candidate))
    return imbalanceOf(cluster, without.occupancy) <= aim ? without.taken : needed
  }, taken)
}

/** Each of them is tried without once more, which takes the square of their number. */
const MOST_REVISED = 20

function fillWith(candidate: Candidate, cluster: Cluster, occupancy: Occupancy): Occupancy | null {
  if (!hasIdleNode(candidate, occupancy)) return null
  const renewed = renewCandidate(candidate, cluster, occupancy)
  if (renewed === null || renewed.change === 'worse') return null
  const before = imbalanceOf(cluster, occupancy)
  return renewed.outcomes.every(after => imbalanceOf(cluster, after) < before) ? renewed.occupancy : null
}

/**
 * Whether one of the nodes that could take its tasks carries less than half of what one does that has some. Less is not
 * worth a restart.
 */
function hasIdleNode({ nodes, spread }: Candidate, occupancy: Occupancy): boolean {
  const loadOf = ({ node }: ClusterNode) => occupiedAt(occupancy, node.id).active
  const busiest = Math.max(...nodes.filter(({ node }) => spread.has(node.id)).map(loadOf))
  const idlest = Math.min(...nodes.filter(({ node }) => !spread.has(node.id)).map(loadOf))
  return isLopsided([busiest, idlest])
}

function isLopsided(loads: readonly number[]): boolean {
  const [busiest, idlest] = [Math.max(...loads), Math.min(...loads)]
  return busiest - idlest > 1 && idlest * 2 < busiest
}

/** The sum of squares is least where all are equal. */
const imbalanceOf = (cluster: Cluster, occupancy: Occupancy): number =>
  openNodes(cluster).reduce((sum, { node }) => sum + occupiedAt(occupancy, node.id).active ** 2, 0)

function takeEach(
  candidates: readonly Candidate[],
  begin: Occupancy,
  improve: (candidate: Candidate, occupancy: Occupancy) => Occupancy | null,
): Taken {
  const taken: Candidate[] = []
  let occupancy = begin
  for (const candidate of candidates) {
    const improved = improve(candidate, occupancy)
    if (improved === null) continue
    taken.push(candidate)
    occupancy = improved
  }
  return { taken, occupancy }
}
