import type { NodeLoad, SchedulerMemory } from '../world/swarm.ts'
import { holdsResources, isLive, type Task } from '../world/task.ts'

/**
 * What the scheduler counts on a node: reservations of everything that still runs there, and active tasks, which are
 * those that are also meant to stay. Kept up to date task by task, so that a pass need not look at all of them.
 *
 * Source: moby/swarmkit manager/scheduler/nodeinfo.go
 * Generic resources and host-mode ports are looked up task by task where one asks for them, which few do.
 */
export function countTask(memory: SchedulerMemory, task: Task, sign: 1 | -1): void {
  if (!holdsResources(task)) return
  const load = loadOf(memory, task.nodeId)
  const { Reservations: reserved } = task.spec.Resources ?? {}
  load.nanoCpus += sign * (reserved?.NanoCPUs ?? 0)
  load.memoryBytes += sign * (reserved?.MemoryBytes ?? 0)
  if (!isLive(task)) return
  load.activeTasks += sign
  const active = (load.activeByService[task.serviceId] ?? 0) + sign
  if (active > 0) load.activeByService[task.serviceId] = active
  else delete load.activeByService[task.serviceId]
}

export function loadOf(memory: SchedulerMemory, nodeId: string): NodeLoad {
  const load = memory.nodes[nodeId] ?? { nanoCpus: 0, memoryBytes: 0, activeTasks: 0, activeByService: {} }
  memory.nodes[nodeId] = load
  return load
}
