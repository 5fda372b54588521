import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

const WINDOW_MS = 5 * 60_000
const FAULTY_FROM = 5

/*
 * A node on which a service keeps failing comes last for it.
 * Source: moby/swarmkit manager/scheduler/nodeinfo.go (taskFailed, countRecentFailures)
 */

export function noteTaskFailure(world: World, swarm: Swarm, before: Task | null, after: Task | null): void {
  if (before === null || after === null || before.status.state === after.status.state) return
  if (after.nodeId === '' || after.slot === 0) return
  if (after.status.state !== 'failed' && after.status.state !== 'rejected') return
  const { failures } = swarm.leader.scheduler
  const key = keyOf(after, after.nodeId)
  failures[key] = [...recent(world, failures[key]), world.now]
}

/** Failures within five minutes; below five they have no influence and count as none. */
export function countFailures(world: World, swarm: Swarm, task: Task, nodeId: string): number {
  const { failures } = swarm.leader.scheduler
  const key = keyOf(task, nodeId)
  const times = failures[key]
  if (times === undefined) return 0
  const left = recent(world, times)
  if (left.length === 0) delete failures[key]
  return left.length < FAULTY_FROM ? 0 : left.length
}

function recent(world: World, times: readonly number[] | undefined): number[] {
  return (times ?? []).filter(at => at > world.now - WINDOW_MS)
}

function keyOf(task: Task, nodeId: string): string {
  return `${task.serviceId} ${task.specVersion} ${nodeId}`
}
