import type { Cluster, ClusterService } from '../swarm/cluster.ts'
import { nameNode, nameTask } from '../swarm/name-task.ts'
import type { ServiceUpdate } from '../swarm/service.ts'

/**
 * `web.2 rejected on w1: No such image: web:2`: what befell the task that made an update stop. The update's message names it
 * by its ID; null where it does not, or where the task is forgotten. Untrusted text.
 */
export function sayFailure({ message }: ServiceUpdate, { slots }: ClusterService, cluster: Cluster): string | null {
  const task = slots.flatMap(({ tasks }) => tasks).find(({ id }) => id !== '' && message.includes(id))
  if (task === undefined) return null
  const where = task.nodeId === '' ? '' : ` on ${nameNode(task.nodeId, cluster)}`
  return `${nameTask(task, cluster)} ${task.state}${where}${task.error === '' ? '' : `: ${task.error}`}`
}
