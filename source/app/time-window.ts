import type { SeenTask } from '../swarm/seen-task.ts'
import { notify } from './navigating.ts'
import type { State } from './state.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How far time lines can reach back, milliseconds; null: as far as anything is known. */
export const WINDOWS: readonly (number | null)[] = [1, 5, 15, 30, 60, 180, 360, 720, 1440]
  .map<number | null>(minutes => minutes * MINUTE)
  .concat(null)

export function changeWindow(state: State, direction: 1 | -1): State {
  const here = WINDOWS.indexOf(state.preferences.windowMs)
  const next = WINDOWS[Math.min(WINDOWS.length - 1, Math.max(0, here + direction))]
  if (next === undefined) return state
  const changed = { ...state, preferences: { ...state.preferences, windowMs: next } }
  return notify(changed, 'info', `Time lines: ${windowWords(changed)}`)
}

/** `last 15 min`. */
export function windowWords({ preferences: { windowMs } }: State): string {
  return windowMs === null ? 'all that is known' : `last ${shortWindow(windowMs)}`
}

const shortWindow = (ms: number): string => (ms < HOUR ? `${ms / MINUTE} min` : `${ms / HOUR} h`)

/** How far the time lines of these tasks reach back, milliseconds; at least a minute. `now` by the swarm's clock. */
export function windowSpan({ preferences }: State, tasks: Iterable<readonly SeenTask[]>, now: number): number {
  if (preferences.windowMs !== null) return preferences.windowMs
  let earliest = now
  for (const inSlot of tasks) {
    for (const { task } of inSlot) if (task.createdAt > 0) earliest = Math.min(earliest, task.createdAt)
  }
  return Math.max(MINUTE, now - earliest)
}
