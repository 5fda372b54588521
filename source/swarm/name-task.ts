import type { ServiceMode } from './service.ts'
import type { Task } from './task.ts'

/** What names are looked up in; a `Cluster` is one. */
export type Names = {
  readonly nodeById: ReadonlyMap<string, { readonly name: string }>
  readonly serviceById: ReadonlyMap<string, { readonly service: { readonly name: string; readonly mode: ServiceMode } }>
}

/**
 * `api.3`, or `agent.w1` for a task of a global service. The docker CLI writes the node's ID there, and does so for the
 * first task of a replicated job as well, since its slot is 0; here it is `job.0`.
 */
export function nameTask(task: Task, names: Names): string {
  const service = names.serviceById.get(task.serviceId)?.service
  const isNumbered = task.slot > 0 || service?.mode.kind === 'replicated-job' || task.nodeId === ''
  return `${service?.name || task.serviceId}.${isNumbered ? task.slot : nameNode(task.nodeId, names)}`
}

/** The ID for a node that has been removed, as in the docker CLI. */
export const nameNode = (nodeId: string, names: Pick<Names, 'nodeById'>): string =>
  names.nodeById.get(nodeId)?.name ?? nodeId
