import type { SeenTask } from '../swarm/seen-task.ts'
import { endOf } from '../swarm/task-life.ts'
import { currentView } from './current-view.ts'
import { sayKey } from './key-groups.ts'
import { notify, push, withView } from './navigating.ts'
import type { Lane } from './rows/lane-rows.ts'
import { selectedRow } from './rows/panel-rows.ts'
import { slotKeyOf } from './rows/slot-key.ts'
import type { Screen } from './screen.ts'
import { chosenTask, selectedTask } from './selected-task.ts'
import { shownService } from './shown-service.ts'
import type { State } from './state.ts'
import { swarmNow } from './swarm-clock.ts'
import { windowWords } from './time-window.ts'

/** The slots through time of the service that is looked at, or that the selected task belongs to. */
export function openLanes(state: State): State {
  const { screen, focus } = currentView(state)
  const task = selectedTask(state)
  const serviceId = task?.serviceId ?? shownService(state)?.service.id
  if (serviceId === undefined) return notify(state, 'info', 'No service is selected here')
  const slot = task === null ? slotOf(screen) : slotKeyOf(task, state.reading?.cluster ?? null)
  return push(
    state,
    { kind: 'lanes', serviceId },
    {
      ...(slot === null ? {} : { selection: { lanes: slot } }),
      ...(focus === 'tasks' && task !== null ? { parts: { lanes: task.id } } : {}),
    },
  )
}

const slotOf = (screen: Screen): string | null => (screen.kind === 'slot' ? screen.slot : null)

/** Left and right among the tasks of the selected lane that the window shows. */
export function moveInLane(state: State, direction: 1 | -1): State {
  const lane = selectedRow(state, 'lanes')
  if (lane === null) return state
  const shown = tasksInWindow(state, lane)
  const here = shown.findIndex(({ task }) => task.id === chosenTask(state, lane)?.task.id)
  // The tasks of a lane stand newest first.
  const next = shown[here - direction]
  if (next !== undefined) {
    return withView(state, { parts: { ...currentView(state).parts, lanes: next.task.id } })
  }
  return notify(
    state,
    'info',
    direction === 1
      ? 'This is the newest task'
      : `No older task is known (${windowWords(state)})${sayKey(state, 'longer-window', key => `; ${key} shows more`)}`,
  )
}

/** Those that had not ended before the window begins, newest first. */
export function tasksInWindow(state: State, { tasks }: Lane): readonly SeenTask[] {
  const { windowMs } = state.preferences
  if (windowMs === null) return tasks
  const start = swarmNow(state) - windowMs
  return tasks.filter((seen, index) => endOf(seen, tasks[index - 1]?.task ?? null) >= start)
}
