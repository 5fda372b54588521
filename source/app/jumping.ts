import { notify, push } from './navigating.ts'
import { selectedTask } from './selected-task.ts'
import type { State } from './state.ts'

/** From a task to its service, or to its node. */
export function jump(state: State, to: 'service' | 'node'): State {
  const task = selectedTask(state)
  if (task === null) return notify(state, 'info', 'No task is selected here')
  if (to === 'service') return push(state, { kind: 'service', serviceId: task.serviceId })
  if (task.nodeId === '') return notify(state, 'info', 'This task has no node')
  return push(state, { kind: 'node', nodeId: task.nodeId })
}
