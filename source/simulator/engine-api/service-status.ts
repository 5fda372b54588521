import type { ApiService } from '../../api/service.ts'
import { isGlobal, isGlobalJob, isJob, replicasOf, type Service } from '../world/service.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'

/**
 * Running counts every task in that state, whatever is desired of it and wherever it is. Of a job only what it does
 * now counts.
 *
 * Source: moby/swarmkit manager/controlapi/service.go (ListServiceStatuses)
 */
export function countTasks(swarm: Swarm, service: Service): NonNullable<ApiService['ServiceStatus']> {
  const all = tasksOfService(swarm, service.id)
  const tasks = service.job === null ? all : all.filter(task => task.jobIteration === service.job?.iteration)
  const completed = tasks.filter(task => task.status.state === 'complete').length
  return {
    RunningTasks: tasks.filter(task => task.status.state === 'running').length,
    DesiredTasks: countDesired(service, tasks),
    CompletedTasks: isJob(service) ? completed : 0,
  }
}

function countDesired(service: Service, tasks: ReturnType<typeof tasksOfService>): number {
  if (isGlobalJob(service)) {
    return tasks.filter(({ desired, status }) => desired === 'complete' && status.state !== 'complete').length
  }
  if (isJob(service)) return service.spec.Mode?.ReplicatedJob?.MaxConcurrent ?? 1
  return isGlobal(service) ? tasks.filter(({ desired }) => desired === 'running').length : replicasOf(service)
}
