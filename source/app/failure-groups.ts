import type { ClusterService } from '../swarm/cluster.ts'
import { type FailureGroup, groupFailures } from '../swarm/group-failures.ts'
import { isFailure } from '../swarm/task-life.ts'
import { keepBy } from './rows/keep-by.ts'
import { tasksBySlot } from './slot-tasks.ts'
import type { State } from './state.ts'
import type { TaskHistory } from './task-history.ts'

/**
 * The failures of a service within the window of the time lines, equal errors together, what failed last first. Once a
 * reading: the window ends with the reading.
 */
export function failureGroups(state: State, service: ClusterService): readonly FailureGroup[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return []
  const { windowMs } = state.preferences
  const known = groupsOf(state.history)(service)
  const key = String(windowMs)
  const found = known.get(key)
  if (found !== undefined) return found
  const since = windowMs === null ? 0 : cluster.snapshot.takenAt - windowMs
  const failures = [...tasksBySlot(state.history)(service).values()].flatMap(tasks =>
    tasks.filter(({ task }) => isFailure(task) && task.stateAt >= since),
  )
  const groups = groupFailures(failures, cluster)
  known.set(key, groups)
  return groups
}

const groupsOf = keepBy((_history: TaskHistory) =>
  keepBy((_service: ClusterService) => new Map<string, readonly FailureGroup[]>()),
)
