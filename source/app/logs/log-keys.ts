import type { LogAction } from '../intent.ts'
import { notify } from '../navigating.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'

/** Opens the log of what is selected, or of what is marked. */
export function openLogs(state: State): Step {
  return stay(notify(state, 'info', 'Nothing here has a log'))
}

/** A key of the log itself. */
export function pressLogKey(state: State, _action: LogAction): Step {
  return stay(state)
}

/** Reads the log anew from another moment on. */
export function readLogSince(state: State, _choice: number): Step {
  return stay(state)
}

/** Up and down in the log. */
export function scrollLog(state: State, _by: 'row' | 'page' | 'end', _direction: 1 | -1): State {
  return state
}

/** To the next or the previous line that matches. */
export function goToLogHit(state: State, _direction: 1 | -1): State {
  return state
}

/** What is looked for, as it is typed. */
export function searchLog(state: State, _text: string): State {
  return state
}

/** What is looked for now; `''` for nothing. */
export function logSearch(_state: State): string {
  return ''
}

/** Where a log is saved unless the person says another file. */
export function usualLogFile(_state: State): string {
  return ''
}

/** Saves what is read of the log. */
export function saveLog(state: State, _file: string): Step {
  return stay(state)
}
