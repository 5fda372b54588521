import type { ClusterNode } from '../../swarm/cluster.ts'
import type { Branch, Room } from './room.ts'
import type { Spread } from './spread.ts'

/**
 * How far a service is from being spread evenly: at each level of its placement preferences the difference between the
 * fullest and the emptiest branch, at the last that between the busiest and the least busy node of a branch. The
 * scheduler sees to the first levels first, so two of these compare from left to right.
 */
export type Unevenness = readonly number[]

export function unevennessOf(branch: Branch, spread: Spread): Unevenness {
  if (branch.branches.length === 0) return [differenceOf(branch.rooms.map(room => countIn(room, spread)))]
  const here = differenceOf(branch.branches.map(({ rooms }) => weightOf(rooms, spread)))
  const inner = branch.branches.map(one => unevennessOf(one, spread))
  const depth = Math.max(...inner.map(({ length }) => length))
  return [here, ...Array.from({ length: depth }, (_, level) => Math.max(...inner.map(levels => levels[level] ?? 0)))]
}

/** Below zero where the first is the more even one. */
export function compareUnevenness(one: Unevenness, other: Unevenness): number {
  const level = one.findIndex((difference, index) => difference !== other[index])
  return level < 0 ? 0 : (one[level] ?? 0) - (other[level] ?? 0)
}

export const weightOf = (rooms: readonly Room[], spread: Spread): number =>
  rooms.reduce((sum, room) => sum + countIn(room, spread), 0)

export const countIn = ({ node }: Room, spread: Spread): number => spread.get(node.node.id) ?? 0

/** Between the largest and the smallest; 0 where there is none. */
function differenceOf(counts: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const count of counts) {
    least = Math.min(least, count)
    most = Math.max(most, count)
  }
  return counts.length === 0 ? 0 : most - least
}

/** Between the busiest and the least busy of these nodes, found without looking at those that have nothing. */
export function differenceAmong(nodes: readonly ClusterNode[], spread: Spread): number {
  const ids = idsOf(nodes)
  const counts = [...spread].flatMap(([nodeId, count]) => (count > 0 && ids.has(nodeId) ? [count] : []))
  return differenceOf(counts.length < nodes.length ? [...counts, 0] : counts)
}

/** Many services share one list of nodes. */
export function idsOf(nodes: readonly ClusterNode[]): ReadonlySet<string> {
  const ids = IDS.get(nodes) ?? new Set(nodes.map(({ node }) => node.id))
  IDS.set(nodes, ids)
  return ids
}

const IDS = new WeakMap<readonly ClusterNode[], ReadonlySet<string>>()
