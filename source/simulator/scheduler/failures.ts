import type { SchedulerMemory, Swarm } from '../world/swarm.ts'
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
  if (after.nodeId === '' || after.isBound) return
  if (after.status.state !== 'failed' && after.status.state !== 'rejected') return
  const { failures } = swarm.leader.scheduler
  const key = keyOf(after)
  if (failures[key] === undefined) forgetOld(world, failures)
  const byNode = failures[key] ?? {}
  failures[key] = byNode
  byNode[after.nodeId] = [...recent(world, byNode[after.nodeId]), world.now]
}

/** Failures within five minutes, by node; below five they have no influence and count as none. */
export function countFailures(world: World, memory: SchedulerMemory, task: Task): (nodeId: string) => number {
  const byNode = memory.failures[keyOf(task)]
  if (byNode === undefined) return () => 0
  for (const [nodeId, times] of Object.entries(byNode)) {
    const left = recent(world, times)
    if (left.length === 0) delete byNode[nodeId]
    else byNode[nodeId] = left
  }
  return nodeId => {
    const count = byNode[nodeId]?.length ?? 0
    return count < FAULTY_FROM ? 0 : count
  }
}

/** Most of them are of specs that have been replaced, and nobody asks for those again. */
function forgetOld(world: World, failures: SchedulerMemory['failures']): void {
  for (const [key, byNode] of Object.entries(failures)) {
    const isOld = Object.values(byNode).every(times => recent(world, times).length === 0)
    if (isOld) delete failures[key]
  }
}

/** What a service that is gone had failed at is of no use to anyone. */
export function forgetFailures(memory: SchedulerMemory, serviceId: string): void {
  for (const key of Object.keys(memory.failures)) {
    if (key.startsWith(`${serviceId} `)) delete memory.failures[key]
  }
}

function recent(world: World, times: readonly number[] | undefined): number[] {
  return (times ?? []).filter(at => at > world.now - WINDOW_MS)
}

function keyOf(task: Task): string {
  return `${task.serviceId} ${task.specVersion}`
}
