import { isTerminal, stateRank } from '../rules/task-state.ts'
import type { Why } from './cluster.ts'
import type { Task } from './task.ts'

/** Since when a node has been down, by its ID; `null` for a node that is not. */
export type DownSince = (nodeId: string) => number | null

/**
 * Why a slot is not running although a task is meant to. `live` is that task, `tasks` the whole slot, newest first.
 * The gravest reason wins: no node takes it, its node is gone, it keeps failing; else how far it has come.
 */
export function findWhy(live: Task, tasks: readonly Task[], downSince: DownSince): Why {
  const isPlaced = live.nodeId !== '' && stateRank(live.state) >= ASSIGNED
  const away = isPlaced && !isTerminal(live.state) ? downSince(live.nodeId) : null
  if (!isPlaced && live.error !== '') return { kind: 'pending', error: live.error, since: live.stateAt }
  if (away !== null) return { kind: 'on-down-node', nodeId: live.nodeId, since: away }
  return findFailing(live, tasks) ?? howFar(live)
}

const ASSIGNED = stateRank('assigned')

/** A row of failures with one and the same error, right up to the present task; an update begins a new row. */
function findFailing(live: Task, tasks: readonly Task[]): Why | null {
  const ended = hasFailed(live) ? tasks : tasks.filter(task => task !== live)
  const [latest] = ended
  if (latest === undefined || !isSameFailure(latest, latest, live)) return null

  const streakEnd = ended.findIndex(task => !isSameFailure(task, latest, live))
  const streak = streakEnd < 0 ? ended : ended.slice(0, streakEnd)
  return {
    kind: 'failing',
    error: latest.error,
    exitCode: latest.exitCode,
    nodeId: latest.nodeId,
    times: streak.length,
    since: streak.at(-1)?.stateAt ?? latest.stateAt,
  }
}

const isSameFailure = (task: Task, latest: Task, live: Task) =>
  hasFailed(task) &&
  task.error === latest.error &&
  task.image === live.image &&
  task.forceUpdate === live.forceUpdate &&
  task.jobIteration === live.jobIteration

const hasFailed = (task: Task) => task.state === 'failed' || task.state === 'rejected'

function howFar(live: Task): Why {
  const { nodeId, stateAt: since } = live
  switch (live.state) {
    case 'new':
    case 'allocated':
    case 'pending':
      return { kind: 'pending', error: '', since }
    case 'assigned':
    case 'accepted':
    case 'preparing':
      return { kind: 'preparing', nodeId, since }
    case 'ready':
      return { kind: live.desired === 'ready' ? 'waiting-to-start' : 'starting', nodeId, since }
    case 'starting':
    case 'running':
      return { kind: 'starting', nodeId, since }
    default:
      return whyEnded(live)
  }
}

/** A task that has ended and after which nothing comes. */
export const whyEnded = ({ state, error, exitCode, nodeId, stateAt }: Task): Why => ({
  kind: 'ended',
  state,
  error,
  exitCode,
  nodeId,
  since: stateAt,
})
