import { helpHeight, mostHelpOffset } from './help-lines.ts'
import { withNavigation } from './navigating.ts'
import { pageStep } from './page-step.ts'
import type { State } from './state.ts'

/** The help is scrolled, and put away with the key that opened it or the ones that lead back. */
export function pressHelpKey(state: State, key: string): State {
  if (['esc', 'q', 'enter'].includes(key)) return withNavigation(state, { isHelpOpen: false })
  // Of a page the last line stays in sight.
  const by = pageStep(key, Math.max(1, helpHeight(state) - 1)) ?? 0
  const most = mostHelpOffset(state)
  const offset = Math.min(most, Math.max(0, Math.min(most, state.navigation.helpOffset) + by))
  return withNavigation(state, { helpOffset: offset })
}
