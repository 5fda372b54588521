import type { Service } from '../../swarm/service.ts'
import { type Branch, branchRooms, type Room } from './room.ts'
import type { Spread } from './spread.ts'

/**
 * What a forced update makes of a service whose tasks are at `places`; null where some task would find no place. In what
 * order slots are taken, and which of equal nodes, Swarm leaves to chance: several outcomes, the first as good as any.
 */
export function renewService(
  service: Service,
  rooms: readonly Room[],
  places: readonly string[],
): readonly [Spread, ...Spread[]] | null {
  const tree = branchRooms(service, rooms)
  const indexes = new Map(rooms.map(({ node, index }) => [node.node.id, index]))
  const olds = places.map(place => indexes.get(place) ?? ELSEWHERE)
  // One after the other, each placed when the old one counts no more: this comes out alike whatever chance does.
  const isCertain = service.updateOrder === 'stop-first' && service.updateParallelism === 1
  const chances = isCertain ? CHANCES.slice(0, 1) : CHANCES
  const [first, ...others] = chances.map(chance => roll(service, tree, olds, chance))
  if (first == null || !others.every(spread => spread !== null)) return null
  return [first, ...others]
}

/** On a node that takes no new tasks of it. */
const ELSEWHERE = -1

/** `isBackwards`: the last slot first. `prefersEmptied`: of equal nodes, those that have no old tasks left. */
type Chance = { readonly isBackwards: boolean; readonly prefersEmptied: boolean }

const CHANCES: readonly Chance[] = [
  { isBackwards: false, prefersEmptied: false },
  { isBackwards: true, prefersEmptied: false },
  { isBackwards: false, prefersEmptied: true },
  { isBackwards: true, prefersEmptied: true },
]

/**
 * Task by task, or as many at a time as the service has it: stop-first takes the old one out of the count before the new
 * one is placed, although what it reserves is free only when it has ended; start-first leaves it in until the new one runs.
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (updateTask), manager/scheduler/scheduler.go
 */
function roll(service: Service, tree: Branch, places: readonly number[], chance: Chance): Spread | null {
  const isStopFirst = service.updateOrder === 'stop-first'
  const olds = chance.isBackwards ? places.toReversed() : places
  const together = service.updateParallelism === 0 ? Math.max(1, olds.length) : service.updateParallelism
  const size = tree.rooms.length
  const counts = { active: countAt(olds, size), held: countAt(olds, size), old: countAt(olds, size) }
  for (let at = 0; at < olds.length; at += together) {
    const leaving = olds.slice(at, at + together)
    if (isStopFirst) for (const place of leaving) add(counts.active, place, -1)
    if (!placeAll(leaving, { service, tree, counts, chance, isStopFirst })) return null
    for (const place of leaving) {
      add(counts.old, place, -1)
      add(counts.held, place, -1)
      if (!isStopFirst) add(counts.active, place, -1)
    }
  }
  return new Map(
    tree.rooms.flatMap(({ node, index }) => {
      const count = counts.active[index] ?? 0
      return count > 0 ? [[node.node.id, count] as const] : []
    }),
  )
}

/** By the index of a room. `active`: meant to stay. `held`: not ended yet. `old`: those of them not renewed yet. */
type Counts = { readonly active: Int32Array; readonly held: Int32Array; readonly old: Int32Array }

type Rolling = {
  readonly service: Service
  readonly tree: Branch
  readonly counts: Counts
  readonly chance: Chance
  readonly isStopFirst: boolean
}

type IsOpen = (room: Room) => boolean

/** Where nothing is free, new tasks wait for the old ones to end, which with start-first would wait for them. */
function placeAll(leaving: readonly number[], rolling: Rolling): boolean {
  const { service, tree, counts, chance, isStopFirst } = rolling
  const limit = service.maxReplicasPerNode === 0 ? Number.POSITIVE_INFINITY : service.maxReplicasPerNode
  const ending = countAt(leaving, tree.rooms.length)
  const isOpen: IsOpen = ({ index, most }) => at(counts.held, index) < most && at(counts.active, index) < limit
  const isOpenThen: IsOpen = ({ index, most }) =>
    at(counts.held, index) - at(ending, index) < most && at(counts.active, index) < limit
  return leaving.every(() => {
    const room = choose(tree, counts, chance, isOpen) ?? (isStopFirst ? choose(tree, counts, chance, isOpenThen) : null)
    if (room === null) return false
    add(counts.active, room.index, 1)
    add(counts.held, room.index, 1)
    return true
  })
}

/** The emptiest branch first, and in it the node with the fewest tasks of the service, then with the fewest in all. */
function choose(branch: Branch, counts: Counts, chance: Chance, isOpen: IsOpen): Room | null {
  if (branch.branches.length === 0) return chooseRoom(branch.rooms, counts, chance, isOpen)
  const byWeight = branch.branches
    .map(inner => ({ inner, weight: inner.rooms.reduce((sum, { index }) => sum + at(counts.active, index), 0) }))
    .toSorted((one, other) => one.weight - other.weight)
  for (const { inner } of byWeight) {
    const room = choose(inner, counts, chance, isOpen)
    if (room !== null) return room
  }
  return null
}

function chooseRoom(
  rooms: readonly Room[],
  { active, old }: Counts,
  { prefersEmptied }: Chance,
  isOpen: IsOpen,
): Room | null {
  const sign = prefersEmptied ? 1 : -1
  let best: Room | null = null
  for (const room of rooms) {
    if (!isOpen(room)) continue
    const isBetter =
      best === null ||
      (at(active, room.index) - at(active, best.index) ||
        room.others + at(active, room.index) - best.others - at(active, best.index) ||
        sign * (at(old, room.index) - at(old, best.index))) < 0
    if (isBetter) best = room
  }
  return best
}

function countAt(places: readonly number[], size: number): Int32Array {
  const counts = new Int32Array(size)
  for (const place of places) add(counts, place, 1)
  return counts
}

const at = (counts: Int32Array, index: number): number => counts[index] ?? 0

function add(counts: Int32Array, index: number, more: number): void {
  if (index !== ELSEWHERE) counts[index] = at(counts, index) + more
}
