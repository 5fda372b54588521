import type { View } from './screen.ts'
import type { State } from './state.ts'

/** The view on top of the stack. */
export function currentView(state: State): View {
  const view = state.navigation.stack.at(-1)
  if (view === undefined) throw new Error('The stack of views is never empty')
  return view
}
