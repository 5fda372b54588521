import { drawBelow } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { countFailures } from './failures.ts'
import type { Candidate } from './filter.ts'
import type { Pipeline } from './pipeline.ts'

/**
 * Spreads interchangeable tasks over the nodes that pass: fewest tasks of this service first, then fewest in all. Says
 * which tasks found no place.
 *
 * Source: moby/swarmkit manager/scheduler/scheduler.go (scheduleNTasksOnNodes), nodeheap.go
 * `assign` has to count what it placed, since the next choice looks at it.
 * Where Swarm leaves the order of equal nodes to chance, it is a ring of the nodes with a drawn start, as measured.
 * Leaves out for now: placement preferences.
 */
export function placeGroup(
  world: World,
  swarm: Swarm,
  tasks: readonly Task[],
  candidates: readonly Candidate[],
  pipeline: Pipeline,
  assign: (task: Task, nodeId: string) => void,
): readonly Task[] {
  const [sample] = tasks
  if (sample === undefined) return []
  const start = drawBelow(world.random, Math.max(1, candidates.length))
  const ring = [...candidates.slice(start), ...candidates.slice(0, start)]
  const passing = ring.filter(pipeline.passes)
  const failures = new Map(passing.map(({ node }) => [node.id, countFailures(world, swarm, sample, node.id)]))
  const isBetter = compareFor(sample, failures)
  let eligible = passing.toSorted(isBetter).slice(0, tasks.length)

  let index = 0
  let isRoundRobin = false
  let placed = 0
  for (const task of tasks) {
    while (eligible.length > 0 && !passesAt(index)) {
      eligible = eligible.filter((_, at) => at !== index)
      if (index >= eligible.length) {
        index = 0
        isRoundRobin = true
      }
    }
    const candidate = eligible[index]
    if (candidate === undefined) break
    assign(task, candidate.node.id)
    placed++
    advance()
  }
  return tasks.slice(placed)

  function passesAt(at: number): boolean {
    const candidate = eligible[at]
    return candidate !== undefined && pipeline.passes(candidate)
  }

  /** In the first sweep a tie does not advance; from the last node on it goes round and round. */
  function advance(): void {
    const here = eligible[index]
    const next = eligible[index + 1]
    if (isRoundRobin) index = (index + 1) % eligible.length
    else if (next === undefined) {
      index = 0
      isRoundRobin = true
    } else if (here !== undefined && isBetter(next, here) < 0) index++
  }
}

function compareFor(task: Task, failures: ReadonlyMap<string, number>): (one: Candidate, other: Candidate) => number {
  return (one, other) =>
    (failures.get(one.node.id) ?? 0) - (failures.get(other.node.id) ?? 0) ||
    (one.load.activeByService[task.serviceId] ?? 0) - (other.load.activeByService[task.serviceId] ?? 0) ||
    one.load.activeTasks - other.load.activeTasks
}
