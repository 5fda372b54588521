import type { ApiNode } from '../../source/api/node.ts'
import type { ApiService } from '../../source/api/service.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { askAny } from './ask.ts'
import type { TwinMachine } from './twin.ts'

/** The swarm as one of its managers sees it. */
export type Reading = {
  readonly nodes: readonly ApiNode[]
  readonly services: readonly ApiService[]
  readonly tasks: readonly ApiTask[]
}

/** Asks the machines in turn; the first one that manages, and knows a leader, answers. */
export async function readSwarm(machines: readonly TwinMachine[]): Promise<Reading> {
  const nodes = await askAny<readonly ApiNode[]>(machines, '/nodes')
  const services = await askAny<readonly ApiService[]>(machines, '/services?status=true')
  const tasks = await askAny<readonly ApiTask[]>(machines, '/tasks')
  return { nodes, services, tasks }
}

export function findService({ services }: Reading, name: string): ApiService | undefined {
  return services.find(service => service.Spec?.Name === name)
}

export function tasksOf(reading: Reading, service: string): readonly ApiTask[] {
  const id = findService(reading, service)?.ID
  return reading.tasks.filter(task => task.ServiceID === id)
}

export function hostname(reading: Reading, nodeId: string | undefined): string {
  if (nodeId === undefined) return ''
  return reading.nodes.find(node => node.ID === nodeId)?.Description?.Hostname ?? 'a node that is gone'
}

/** As `docker service ls` has it under REPLICAS, without the limit a node. */
export function replicasOf(service: ApiService): string {
  const { RunningTasks = 0, DesiredTasks = 0, CompletedTasks = 0 } = service.ServiceStatus ?? {}
  const total = service.Spec?.Mode?.ReplicatedJob?.TotalCompletions
  if (service.JobStatus) return `${CompletedTasks}/${total ?? CompletedTasks + DesiredTasks} completed`
  return `${RunningTasks}/${DesiredTasks}`
}
