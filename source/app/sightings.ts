import type { Cluster } from '../swarm/cluster.ts'
import type { NodeSighting, Sightings } from './state.ts'

/** Since when each thing has been seen as it is now, after one more look at the cluster. `now`: by the clock that dates it. */
export function updateSightings(before: Sightings, cluster: Cluster, now: number): Sightings {
  return {
    leader: sightLeader(before, cluster, now),
    nodes: Object.fromEntries(
      cluster.nodes.map(({ node }) => {
        const looks = {
          state: node.state,
          reachability: node.manager?.reachability ?? '',
          availability: node.availability,
        }
        return [node.id, sightNode(before.nodes[node.id], looks, now)]
      }),
    ),
  }
}

function sightLeader(before: Sightings, cluster: Cluster, now: number): Sightings['leader'] {
  const { leader } = cluster.quorum
  if (leader === null) return before.leader
  if (leader.nodeId === before.leader?.nodeId) return before.leader
  return { nodeId: leader.nodeId, since: now, sawTheChange: before.leader !== null }
}

type Looks = { readonly state: string; readonly reachability: string; readonly availability: string }

function sightNode(before: NodeSighting | undefined, looks: Looks, now: number): NodeSighting {
  const since = (isSame: boolean, earlier: number | undefined) => (isSame && earlier !== undefined ? earlier : now)
  return {
    ...looks,
    stateSince: since(before?.state === looks.state, before?.stateSince),
    reachabilitySince: since(before?.reachability === looks.reachability, before?.reachabilitySince),
    availabilitySince: since(before?.availability === looks.availability, before?.availabilitySince),
  }
}
