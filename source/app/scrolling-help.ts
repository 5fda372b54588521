import { helpHeight, mostHelpOffset } from './help-lines.ts'
import { withNavigation } from './navigating.ts'
import type { State } from './state.ts'

/** The help is scrolled, and put away with the key that opened it or the ones that lead back. */
export function pressHelpKey(state: State, key: string): State {
  if (['esc', 'q', 'enter'].includes(key)) return withNavigation(state, { isHelpOpen: false })
  const by = helpStep(key, Math.max(1, helpHeight(state) - 1))
  const most = mostHelpOffset(state)
  const offset = Math.min(most, Math.max(0, Math.min(most, state.navigation.helpOffset) + by))
  return withNavigation(state, { helpOffset: offset })
}

/** By how many lines; of a page the last line stays in sight. */
function helpStep(key: string, page: number): number {
  switch (key) {
    case 'down':
    case 'j':
      return 1
    case 'up':
    case 'k':
      return -1
    case 'pagedown':
    case 'space':
    case 'ctrl+f':
      return page
    case 'pageup':
    case 'ctrl+b':
      return -page
    case 'home':
    case 'g':
      return Number.NEGATIVE_INFINITY
    case 'end':
    case 'G':
      return Number.POSITIVE_INFINITY
    default:
      return 0
  }
}
