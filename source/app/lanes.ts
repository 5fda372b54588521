import { currentView } from './current-view.ts'
import { notify, push } from './navigating.ts'
import { selectedRow } from './rows/panel-rows.ts'
import { slotKeyOf } from './rows/slot-key.ts'
import { shownService } from './shown-service.ts'
import type { State } from './state.ts'

/** The slots through time of the service that is looked at, or that the selected task belongs to. */
export function openLanes(state: State): State {
  const { focus } = currentView(state)
  const row = focus === 'tasks' ? selectedRow(state, 'tasks') : null
  const serviceId = row?.task.serviceId ?? shownService(state)?.service.id
  if (serviceId === undefined) return notify(state, 'info', 'No service is selected here')
  const slot = row === null ? undefined : slotKeyOf(row.task, state.reading?.cluster ?? null)
  return push(state, { kind: 'lanes', serviceId }, slot === undefined ? {} : { selection: { lanes: slot } })
}

/** Left and right among the tasks of the selected lane. */
export function moveInLane(state: State, _direction: 1 | -1): State {
  return state
}
