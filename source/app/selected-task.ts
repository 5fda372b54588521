import type { Slot } from '../swarm/cluster.ts'
import type { Task } from '../swarm/task.ts'
import { currentView } from './current-view.ts'
import { selectedRow } from './rows/panel-rows.ts'
import { shownService } from './shown-service.ts'
import type { State } from './state.ts'

/**
 * The task that the selection means, whose log is read and whose object is inspected: of a table of tasks its row, of a
 * lane the segment that is chosen in it, of a slot the task that tells most. Null where no task is meant.
 */
export function selectedTask(state: State): Task | null {
  const { focus, screen, parts } = currentView(state)
  switch (focus) {
    case 'tasks':
      return selectedRow(state, 'tasks')?.task ?? null
    case 'slots':
    case 'lanes': {
      const slot = selectedRow(state, focus)
      const chosen = focus === 'lanes' ? slot?.tasks.find(({ id }) => id === parts[focus]) : undefined
      return chosen ?? (slot === null ? null : tellingTask(slot))
    }
    case 'story': {
      const slot = screen.kind === 'slot' && shownService(state)?.slots.find(({ key }) => key === screen.slot)
      return slot ? tellingTask(slot) : null
    }
    default:
      return null
  }
}

/** While a slot fails again and again, the task that waits for its turn has nothing to tell: the one that failed has. */
export function tellingTask({ why, live, tasks }: Slot): Task | null {
  const failed = why?.kind === 'failing' ? tasks.find(({ state }) => state === 'failed' || state === 'rejected') : null
  return failed ?? live ?? tasks[0] ?? null
}
