import { holdsResources, isLive } from '../../rules/task-state.ts'
import type { ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import type { Service } from '../../swarm/service.ts'

/** How many tasks of one service each node carries, by node ID. */
export type Spread = ReadonlyMap<string, number>

/** What the scheduler counts on each node, by node ID: active tasks, and reservations of all that has not ended. */
export type Occupancy = ReadonlyMap<string, Occupied>

export type Occupied = { readonly active: number; readonly nanoCpus: number; readonly memoryBytes: number }

const NOTHING: Occupied = { active: 0, nanoCpus: 0, memoryBytes: 0 }

/** The nodes of a service's living tasks, one for each task, in the order of its slots. */
export const placesOf = ({ slots }: ClusterService): readonly string[] =>
  slots.flatMap(({ live }) => (live !== null && holdsResources(live.state) ? [live.nodeId] : []))

export function spreadOf(places: readonly string[]): Spread {
  const spread = new Map<string, number>()
  for (const place of places) spread.set(place, (spread.get(place) ?? 0) + 1)
  return spread
}

/** Source: moby/swarmkit manager/scheduler/nodeinfo.go (addTask) */
export function occupancyOf(nodes: readonly ClusterNode[]): Occupancy {
  return new Map(
    nodes.map(({ node, tasks, reserved }) => [
      node.id,
      { ...reserved, active: tasks.filter(({ state, desired }) => holdsResources(state) && isLive(desired)).length },
    ]),
  )
}

export const occupiedAt = (occupancy: Occupancy, nodeId: string): Occupied => occupancy.get(nodeId) ?? NOTHING

/** The same nodes with a service spread otherwise. */
export function respread(occupancy: Occupancy, { reservation }: Service, before: Spread, after: Spread): Occupancy {
  const changed = new Map(occupancy)
  for (const nodeId of new Set([...before.keys(), ...after.keys()])) {
    const more = (after.get(nodeId) ?? 0) - (before.get(nodeId) ?? 0)
    const { active, nanoCpus, memoryBytes } = occupiedAt(occupancy, nodeId)
    changed.set(nodeId, {
      active: active + more,
      nanoCpus: nanoCpus + more * reservation.nanoCpus,
      memoryBytes: memoryBytes + more * reservation.memoryBytes,
    })
  }
  return changed
}
