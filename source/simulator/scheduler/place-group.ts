import { inAnyOrder, noteChoice } from '../world/lots.ts'
import { drawBelow } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { countFailures } from './failures.ts'
import type { Candidate } from './filter.ts'
import type { Pipeline } from './pipeline.ts'
import { type Branch, growTree } from './preferences.ts'

type Group = {
  readonly pipeline: Pipeline
  /** Which node is better for these tasks: below zero for the first. */
  readonly compare: (one: Candidate, other: Candidate) => number
  /** Places the next task of the group, and has it counted, since the next choice looks at it. */
  readonly assignNext: (nodeId: string) => void
  /** All nodes that might have been chosen, by ID; null where nobody wants to know. */
  readonly chosen: Set<string> | null
  readonly inAnyOrder: <T>(items: readonly T[]) => readonly T[]
}

/**
 * Places interchangeable tasks: evenly over the branches that the placement preferences make, and within a branch on
 * the nodes with the fewest tasks of this service, then the fewest in all. Says which tasks found no place.
 *
 * Source: moby/swarmkit manager/scheduler/scheduler.go (scheduleNTasksOnSubtree, scheduleNTasksOnNodes)
 * Where Swarm leaves the order of equal nodes to chance, it is a ring of the nodes with a drawn start, as measured;
 * branches come in the order of their labels, unless somebody asks for all that might be chosen.
 */
export function placeGroup(
  world: World,
  swarm: Swarm,
  interchangeable: readonly Task[],
  candidates: readonly Candidate[],
  pipeline: Pipeline,
  assign: (task: Task, nodeId: string) => void,
): readonly Task[] {
  const tasks = inAnyOrder(world, interchangeable)
  const [sample] = tasks
  if (sample === undefined) return []
  const start = drawBelow(world.random, Math.max(1, candidates.length))
  const ring = [...candidates.slice(start), ...candidates.slice(0, start)]
  let placed = 0
  const group: Group = {
    pipeline,
    compare: compareFor(sample, countFailures(world, swarm.leader.scheduler, sample)),
    assignNext: nodeId => {
      const task = tasks[placed++]
      if (task !== undefined) assign(task, nodeId)
    },
    chosen: world.lots === undefined ? null : new Set(),
    inAnyOrder: items => inAnyOrder(world, items),
  }
  placeInTree(group, growTree(sample, ring), tasks.length)
  if (group.chosen !== null) {
    noteChoice(world, { taskIds: tasks.slice(0, placed).map(({ id }) => id), nodeIds: [...group.chosen] })
  }
  return tasks.slice(placed)
}

/** Says how many found a place. A branch that is full leaves its share to the others. */
function placeInTree(group: Group, branch: Branch, count: number): number {
  if (branch.kind === 'leaf') return placeInLeaf(group, branch.candidates, count)
  const full = new Set<Branch>()
  let usable = branch.branches.reduce((sum, { weight }) => sum + weight, 0)
  let placed = 0
  let hasMoved = true
  while (placed < count && full.size < branch.branches.length && hasMoved) {
    hasMoved = false
    const open = group.inAnyOrder(branch.branches.filter(inner => !full.has(inner)))
    const share = Math.floor((usable + count - placed) / open.length)
    let rest = (usable + count - placed) % open.length
    for (const inner of open) {
      if (inner.weight > share || (inner.weight === share && rest === 0)) continue
      const wanted = share - inner.weight + (rest > 0 ? 1 : 0)
      const got = placeInTree(group, inner, wanted)
      if (got < wanted) {
        full.add(inner)
        usable -= inner.weight
      } else if (rest > 0) rest--
      inner.weight += got
      usable += full.has(inner) ? 0 : got
      placed += got
      hasMoved ||= got > 0 || got < wanted
    }
  }
  return placed
}

/** Any node that is as good as one that is taken might have been taken instead. */
function placeInLeaf(group: Group, candidates: readonly Candidate[], count: number): number {
  const { pipeline, compare, chosen } = group
  if (chosen === null) return placeOnNodes(group, candidates, count)
  const ranks = rank(candidates.filter(pipeline.passes), compare)
  const taken = new Set<number>()
  const assignNext = (nodeId: string) => {
    taken.add(ranks.get(nodeId) ?? 0)
    group.assignNext(nodeId)
  }
  const placed = placeOnNodes({ ...group, assignNext }, candidates, count)
  for (const [nodeId, rank] of ranks) if (taken.has(rank)) chosen.add(nodeId)
  return placed
}

/** Which of several nodes is how good: those that are equally good have the same number. */
function rank(candidates: readonly Candidate[], compare: Group['compare']): ReadonlyMap<string, number> {
  const sorted = candidates.toSorted(compare)
  const ranks = new Map<string, number>()
  let rank = 0
  for (const [index, candidate] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before !== undefined && compare(before, candidate) < 0) rank++
    ranks.set(candidate.node.id, rank)
  }
  return ranks
}

/** In the first sweep a tie does not advance; from the last node on it goes round and round. */
function placeOnNodes(
  { pipeline, compare, assignNext }: Group,
  candidates: readonly Candidate[],
  count: number,
): number {
  let eligible = bestOf(candidates.filter(pipeline.passes), compare, count)
  let index = 0
  let isRoundRobin = false
  let placed = 0
  while (placed < count && eligible.length > 0) {
    const here = eligible[index]
    if (here === undefined) break
    if (!pipeline.passes(here)) {
      eligible = eligible.filter(candidate => candidate !== here)
      if (index >= eligible.length) {
        index = 0
        isRoundRobin = true
      }
      continue
    }
    assignNext(here.node.id)
    placed++
    const next = eligible[index + 1]
    if (isRoundRobin) index = (index + 1) % eligible.length
    else if (next === undefined) {
      index = 0
      isRoundRobin = true
    } else if (compare(next, here) < 0) index++
  }
  return placed
}

/** The best so many, best first. For one there is no need to sort them all. */
function bestOf(
  candidates: readonly Candidate[],
  compare: (one: Candidate, other: Candidate) => number,
  count: number,
): readonly Candidate[] {
  const [first, ...others] = candidates
  if (first === undefined) return []
  if (count > 1) return candidates.toSorted(compare).slice(0, count)
  return [others.reduce((best, candidate) => (compare(candidate, best) < 0 ? candidate : best), first)]
}

function compareFor(task: Task, failuresOn: (nodeId: string) => number): (one: Candidate, other: Candidate) => number {
  return (one, other) =>
    failuresOn(one.node.id) - failuresOn(other.node.id) ||
    (one.load.activeByService[task.serviceId] ?? 0) - (other.load.activeByService[task.serviceId] ?? 0) ||
    one.load.activeTasks - other.load.activeTasks
}
