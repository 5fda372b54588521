import type { Cluster } from '../swarm/cluster.ts'
import { info, warning } from './consequence.ts'
import type { Consequence, OperationOf } from './operation.ts'

/** Source: moby/swarmkit manager/orchestrator/taskreaper/task_reaper.go, which looks at a slot when a new task comes to it. */
export function historyLimitConsequences(
  { limit }: OperationOf<'set-history-limit'>,
  { snapshot }: Cluster,
): readonly Consequence[] {
  const { historyLimit } = snapshot.swarm
  return [
    info(`from ${historyLimit} to ${limit} ended tasks in each slot of every service`),
    ...(limit === 0 ? [warning('of a task that failed nothing is left to look at, nor its log')] : []),
    ...(limit > 0 && limit < historyLimit ? [info('older ones go when their slot gets its next task')] : []),
  ]
}
