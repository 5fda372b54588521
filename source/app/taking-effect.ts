import { currentView } from './current-view.ts'
import { parseFilter } from './filter.ts'
import { searchInspect } from './inspect/inspect-keys.ts'
import { searchLog } from './logs/log-keys.ts'
import { withView } from './navigating.ts'
import type { Prompt, State } from './state.ts'

/** Whether `/` looks for something here; elsewhere it narrows a list. */
export function isSearched(state: State): boolean {
  const { focus } = currentView(state)
  return focus === 'logs' || focus === 'inspect'
}

/** What a line does while it is being typed: a filter and a search work at once, a command when it is entered. */
export function typed(state: State, kind: Prompt['kind'], text: string): State {
  if (kind === 'filter') return withView(state, { filter: parseFilter(text) })
  if (kind !== 'search') return state
  return currentView(state).focus === 'logs' ? searchLog(state, text) : searchInspect(state, text)
}
