import type { Cluster } from '../../swarm/cluster.ts'
import type { Task } from '../../swarm/task.ts'

/** The `Slot.key` of the slot that a task belongs to: its number, or for a global service its node. */
export function slotKeyOf(task: Task, cluster: Cluster | null): string {
  const mode = cluster?.serviceById.get(task.serviceId)?.service.mode.kind
  const isByNode = mode === undefined ? task.slot === 0 : mode === 'global' || mode === 'global-job'
  return isByNode ? task.nodeId : String(task.slot)
}
