import { currentView } from './current-view.ts'
import { withView } from './navigating.ts'
import type { State } from './state.ts'

/** The view without marks in the panel in focus: what was marked is being done. */
export function clearMarks(state: State): State {
  const { focus, marks } = currentView(state)
  return (marks[focus] ?? []).length === 0 ? state : withView(state, { marks: { ...marks, [focus]: [] } })
}
