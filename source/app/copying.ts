import { currentView } from './current-view.ts'
import { notify } from './navigating.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** Copies the name of what is selected, or of what is marked, by way of the terminal. */
export function copySelected(state: State): Step {
  return stay(notify(state, 'info', `Nothing to copy in ${currentView(state).focus}`))
}
