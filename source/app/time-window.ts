import type { State } from './state.ts'

const MINUTE = 60_000

/** How far time lines can reach back, milliseconds; null: as far as anything is known. */
export const WINDOWS: readonly (number | null)[] = [1, 5, 15, 30, 60, 180, 360, 720, 1440]
  .map<number | null>(minutes => minutes * MINUTE)
  .concat(null)

export function changeWindow(state: State, direction: 1 | -1): State {
  const here = WINDOWS.indexOf(state.preferences.windowMs)
  const next = WINDOWS[Math.min(WINDOWS.length - 1, Math.max(0, here + direction))]
  return next === undefined ? state : { ...state, preferences: { ...state.preferences, windowMs: next } }
}
