import type { ApiReading } from '../../../source/api/info.ts'
import type { ApiNode } from '../../../source/api/node.ts'
import type { ApiTask } from '../../../source/api/task.ts'
import { isWanted } from './outcome.ts'

/**
 * Nothing is on its way: tasks run or wait for a place with a reason, what was to stop has, no update is under way, and
 * nodes are what they are meant to be. A machine that is off stays as it is.
 */
export function isAtRest(reading: ApiReading): boolean {
  const { nodes, services, tasks } = reading
  const isUpdating = services.some(({ UpdateStatus }) => UNDER_WAY.has(UpdateStatus?.State ?? ''))
  return (
    !isUpdating && nodes.every(isNodeAtRest) && tasks.every(task => isOnDownNode(reading, task) || isTaskAtRest(task))
  )
}

const UNDER_WAY: ReadonlySet<string> = new Set(['updating', 'rollback_started'])
const ENDED: ReadonlySet<string> = new Set(['complete', 'shutdown', 'failed', 'rejected', 'orphaned'])

function isTaskAtRest(task: ApiTask): boolean {
  const { State: state = '', Err: error } = task.Status ?? {}
  if (!isWanted(task)) return ENDED.has(state)
  return task.DesiredState !== 'ready' && (state === 'running' || (state === 'pending' && error !== undefined))
}

function isNodeAtRest({ Spec, Status, ManagerStatus }: ApiNode): boolean {
  if (Status?.State === 'down') return true
  const isManager = ManagerStatus?.Reachability === 'reachable'
  return Status?.State === 'ready' && isManager === (Spec?.Role === 'manager')
}

function isOnDownNode({ nodes }: ApiReading, { NodeID }: ApiTask): boolean {
  return nodes.find(({ ID }) => ID === NodeID)?.Status?.State === 'down'
}
