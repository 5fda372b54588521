import { currentView } from '../app/rows.ts'
import type { Panel, State } from '../app/state.ts'
import { type Row, span } from './row.ts'
import { titleLook, WARNING } from './theme.ts'

/** `Nodes 5`, and narrowed by a filter `Nodes 3/5 </w1>`. `shown` and `all` count rows. */
export function listTitle(state: State, panel: Panel, name: string, shown: number, all: number): Row {
  const view = currentView(state)
  const isFocused = view.focus === panel
  const { text } = view.filter
  if (!isFocused || text === '') return [span(`${name} ${all}`, titleLook(isFocused))]
  return [span(`${name} ${shown}/${all} `, titleLook(true)), span(`</${text}>`, WARNING)]
}

/** Why a list is empty: a filter that nothing passes says so and stays in sight. */
export function emptyText(state: State, panel: Panel, nothing: string): string {
  const view = currentView(state)
  return view.focus === panel && view.filter.text !== ''
    ? `nothing here matches </${view.filter.text}>: Esc shows all`
    : nothing
}
