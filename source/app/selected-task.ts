import type { SeenTask } from '../swarm/seen-task.ts'
import type { Task } from '../swarm/task.ts'
import { tellingTask } from '../swarm/telling-task.ts'
import { currentView } from './current-view.ts'
import type { Lane } from './rows/lane-rows.ts'
import { selectedRow } from './rows/panel-rows.ts'
import { shownService, shownSubject } from './shown-service.ts'
import type { State } from './state.ts'

/**
 * The task that the selection means, whose log is read and whose object is inspected: of a table of tasks its row, of a
 * lane the segment that is chosen in it, of a slot the task that tells most. Null where no task is meant.
 */
export function selectedTask(state: State): Task | null {
  const { focus, screen } = currentView(state)
  switch (focus) {
    case 'tasks':
      return selectedRow(state, 'tasks')?.task ?? null
    case 'slots': {
      const slot = selectedRow(state, 'slots')
      return slot === null ? null : tellingTask(slot)
    }
    case 'lanes': {
      const lane = selectedRow(state, 'lanes')
      return lane === null ? null : (chosenTask(state, lane)?.task ?? null)
    }
    case 'doctor': {
      const subject = shownSubject(state)
      const slots = subject?.kind === 'slot' ? shownService(state)?.slots : undefined
      const slot = subject?.kind === 'slot' && slots?.find(({ key }) => key === subject.slot)
      return slot ? tellingTask(slot) : null
    }
    case 'story': {
      const slot = screen.kind === 'slot' && shownService(state)?.slots.find(({ key }) => key === screen.slot)
      return slot ? tellingTask(slot) : null
    }
    default:
      return null
  }
}

/** The task of a lane that is chosen; where none is, the one that tells most. */
export function chosenTask(state: State, { slot, tasks }: Lane): SeenTask | null {
  const id = currentView(state).parts.lanes
  const telling = slot === null ? undefined : tellingTask(slot)?.id
  return tasks.find(({ task }) => task.id === id) ?? tasks.find(({ task }) => task.id === telling) ?? tasks[0] ?? null
}
