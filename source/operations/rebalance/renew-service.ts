import type { Service } from '../../swarm/service.ts'
import { type Branch, branchRooms, type Room } from './room.ts'
import { type Spread, spreadOf } from './spread.ts'
import { countIn, weightOf } from './unevenness.ts'

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
  const [first, ...others] = CHANCES.map(chance => roll(service, tree, places, chance))
  if (first == null || !others.every(spread => spread !== null)) return null
  return [first, ...others]
}

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
function roll(service: Service, tree: Branch, places: readonly string[], chance: Chance): Spread | null {
  const isStopFirst = service.updateOrder === 'stop-first'
  const olds = chance.isBackwards ? places.toReversed() : places
  const together = service.updateParallelism === 0 ? olds.length : service.updateParallelism
  const counts: Counts = {
    active: new Map(spreadOf(olds)),
    held: new Map(spreadOf(olds)),
    old: new Map(spreadOf(olds)),
  }
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
  return counts.active
}

/** `active`: meant to stay. `held`: not ended yet. `old`: those of them that are not renewed yet. */
type Counts = {
  readonly active: Map<string, number>
  readonly held: Map<string, number>
  readonly old: Map<string, number>
}

type Rolling = {
  readonly service: Service
  readonly tree: Branch
  readonly counts: Counts
  readonly chance: Chance
  readonly isStopFirst: boolean
}

/** Where nothing is free, new tasks wait for the old ones to end, which with start-first would wait for them. */
function placeAll(leaving: readonly string[], rolling: Rolling): boolean {
  const { service, tree, counts, chance, isStopFirst } = rolling
  const limit = service.maxReplicasPerNode === 0 ? Number.POSITIVE_INFINITY : service.maxReplicasPerNode
  const ending = spreadOf(leaving)
  const isOpen = (room: Room, freed: number) =>
    countIn(room, counts.held) - freed < room.most && countIn(room, counts.active) < limit
  return leaving.every(() => {
    const room =
      choose(tree, counts, chance, candidate => isOpen(candidate, 0)) ??
      (isStopFirst ? choose(tree, counts, chance, candidate => isOpen(candidate, countIn(candidate, ending))) : null)
    if (room === null) return false
    add(counts.active, room.node.node.id, 1)
    add(counts.held, room.node.node.id, 1)
    return true
  })
}

/** The emptiest branch first, and in it the node with the fewest tasks of the service, then with the fewest in all. */
function choose(branch: Branch, counts: Counts, chance: Chance, isOpen: (room: Room) => boolean): Room | null {
  if (branch.branches.length === 0) return chooseRoom(branch.rooms, counts, chance, isOpen)
  const byWeight = branch.branches
    .map(inner => ({ inner, weight: weightOf(inner.rooms, counts.active) }))
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
  isOpen: (room: Room) => boolean,
): Room | null {
  const sign = prefersEmptied ? 1 : -1
  let best: Room | null = null
  for (const room of rooms) {
    if (!isOpen(room)) continue
    const isBetter =
      best === null ||
      (countIn(room, active) - countIn(best, active) ||
        room.others + countIn(room, active) - best.others - countIn(best, active) ||
        sign * (countIn(room, old) - countIn(best, old))) < 0
    if (isBetter) best = room
  }
  return best
}

function add(counts: Map<string, number>, key: string, more: number): void {
  counts.set(key, (counts.get(key) ?? 0) + more)
}
