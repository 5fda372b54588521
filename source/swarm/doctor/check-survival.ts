import { meetsConstraints, parseConstraints } from '../../rules/constraints.ts'
import type { Cluster, ClusterNode, ClusterService } from '../cluster.ts'
import { asPlace, takesTasks } from '../find-eligible.ts'
import { hasPlatform } from '../find-obstacles.ts'
import type { Service } from '../service.ts'
import type { Found } from './finding.ts'
import { ofService, together } from './subjects.ts'

type Frailty = 'placement' | 'host-port' | 'max-replicas' | 'all-on-one-node' | 'single-replica'

/**
 * Services that the loss of a node would leave without a replica, or with one that finds no place; each is told of for
 * its gravest reason alone. Global services lose a task with each node, which is what is meant; where there is one node,
 * all is lost with it.
 */
export function checkSurvival(cluster: Cluster): readonly Found[] {
  if (cluster.nodes.length < 2) return []
  const countTakers = takersAmong(cluster.nodes)
  const frail = Map.groupBy(
    cluster.services.flatMap(service => {
      const frailty = findFrailty(service, countTakers)
      return frailty === null ? [] : [{ service, frailty }]
    }),
    ({ frailty }) => frailty,
  )
  const subjects = (frailty: Frailty) =>
    (frail.get(frailty) ?? []).map(({ service }) =>
      ofService(service, frailty === 'all-on-one-node' ? { detail: nodeOf(service, cluster) } : {}),
    )
  const severity = 'advice' as const
  return [
    ...(['placement', 'host-port', 'max-replicas'] as const).flatMap(because =>
      together(subjects(because), {
        id: `no-spare-node ${because}`,
        kind: 'no-spare-node' as const,
        severity,
        because,
      }),
    ),
    ...together(subjects('all-on-one-node'), { kind: 'all-on-one-node' as const, severity }),
    ...together(subjects('single-replica'), { kind: 'single-replica' as const, severity }),
  ]
}

function findFrailty(joined: ClusterService, countTakers: (service: Service) => number): Frailty | null {
  const { service } = joined
  if (service.mode.kind !== 'replicated' || service.mode.replicas === 0) return null
  const { replicas } = service.mode
  const takers = countTakers(service)
  // Without any it waits for one now, which is told elsewhere.
  if (takers === 0) return null
  if (takers === 1) return 'placement'
  const hasHostPort = service.ports.some(({ mode, published }) => mode === 'host' && published > 0)
  if (hasHostPort && takers - 1 < replicas) return 'host-port'
  const { maxReplicasPerNode } = service
  if (maxReplicasPerNode > 0 && (takers - 1) * maxReplicasPerNode < replicas) return 'max-replicas'
  if (replicas === 1) return 'single-replica'
  return nodesOf(joined).size === 1 && joined.running > 1 ? 'all-on-one-node' : null
}

const nodesOf = ({ slots }: ClusterService): ReadonlySet<string> =>
  new Set(slots.flatMap(({ isRunning, live }) => (isRunning && live !== null ? [live.nodeId] : [])))

const nodeOf = (service: ClusterService, { nodeById }: Cluster): string =>
  [...nodesOf(service)].map(id => nodeById.get(id)?.name ?? id).join()

/**
 * Most services ask for the same few constraints: each set of them is looked up once, and again only when a node has
 * changed. With as many sets as services that would else take longer than all the rest.
 */
function takersAmong(nodes: readonly ClusterNode[]): (service: Service) => number {
  const open = nodes.filter(({ node }) => takesTasks(node)).map(({ node }) => ({ node, place: asPlace(node) }))
  const places = JSON.stringify(open.map(({ place }) => place))
  if (kept.places !== places) kept = { places, counts: new Map() }
  const { counts } = kept
  return service => {
    const { constraints, settings } = service
    if (constraints.length === 0 && settings.platforms.length === 0) return open.length
    const key = JSON.stringify([constraints, settings.platforms])
    const known = counts.get(key)
    if (known !== undefined) return known
    const parsed = parseConstraints(constraints)
    const count = parsed.ok
      ? open.filter(({ node, place }) => meetsConstraints(place, parsed.constraints) && hasPlatform(node, service))
          .length
      : 0
    if (counts.size >= MOST_KEPT) counts.clear()
    counts.set(key, count)
    return count
  }
}

let kept: { readonly places: string; readonly counts: Map<string, number> } = { places: '', counts: new Map() }
const MOST_KEPT = 2_000
