import { isLive, isTerminal } from '../rules/task-state.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import type { Task } from '../swarm/task.ts'

/** What lives on a node, by what a drain does with it. */
export type TasksOnNode = {
  /** Of replicated services: another one is started elsewhere when this one has stopped. */
  readonly moving: readonly TaskOnNode[]
  /** Of replicated services that never restart anything: stopped, and nothing comes in their place. */
  readonly lost: readonly TaskOnNode[]
  /** Of global services: stopped, and nothing comes in their place until the node is active again. */
  readonly global: readonly TaskOnNode[]
  /** Of jobs: a drain leaves them alone. */
  readonly jobs: readonly TaskOnNode[]
}

export type TaskOnNode = { readonly task: Task; readonly service: ClusterService }

/**
 * The tasks of a node that are meant to live, sorted by their fate in a drain.
 * Source: moby/swarmkit manager/orchestrator/replicated/tasks.go, global/global.go and restart/restart.go (shouldRestart).
 */
export function tasksOnNode({ tasks }: ClusterNode, cluster: Cluster): TasksOnNode {
  const living = tasks.flatMap(task => {
    const service = cluster.serviceById.get(task.serviceId)
    return service !== undefined && isLive(task.desired) && !isTerminal(task.state) ? [{ task, service }] : []
  })
  const replicated = living.filter(isOf('replicated'))
  return {
    moving: replicated.filter(({ service }) => service.service.restartCondition !== 'none'),
    lost: replicated.filter(({ service }) => service.service.restartCondition === 'none'),
    global: living.filter(isOf('global')),
    jobs: living.filter(entry => isOf('replicated-job')(entry) || isOf('global-job')(entry)),
  }
}

const isOf =
  (kind: ClusterService['service']['mode']['kind']) =>
  ({ service }: TaskOnNode): boolean =>
    service.service.mode.kind === kind
