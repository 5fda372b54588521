import { currentView } from '../current-view.ts'
import { withView } from '../navigating.ts'
import type { LogChoices } from '../screen.ts'
import type { State } from '../state.ts'

const USUAL: LogChoices = {
  since: 0,
  isWrapped: false,
  hasTimes: false,
  isWholeScreen: false,
  search: '',
  isOnlyHits: false,
}

/** How the log on the screen is shown; it is kept with the view when the screen is left. */
export const logChoices = (state: State): LogChoices => currentView(state).log ?? USUAL

export const withChoices = (state: State, change: Partial<LogChoices>): State =>
  withView(state, { log: { ...logChoices(state), ...change } })

/** Whether the log has the whole screen to itself. */
export const isLogWhole = (state: State): boolean => currentView(state).log?.isWholeScreen ?? false

/** How far back each choice reaches; the first are all that there is, or the end of it. */
export const SINCE_WORDS = [
  'the end',
  'the beginning',
  'the last minute',
  'the last 5 minutes',
  'the last 15 minutes',
  'the last 30 minutes',
  'the last hour',
] as const

export const SINCE_MINUTES = [null, null, 1, 5, 15, 30, 60] as const
