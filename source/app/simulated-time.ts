import { notify } from './navigating.ts'
import { changeClock, OUT_OF_REACH } from './simulating.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

const SPEEDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
const STEP_MS = 1000

export function pauseOrGoOn(state: State): Step {
  const isPaused = !(state.simulation?.seen?.isPaused ?? true)
  const words = isPaused ? 'Time stands still; \\ goes on, . is one second' : 'Time goes on'
  return changeAndSay(state, { isPaused }, words)
}

/** To the next speed of the row. A pause stays one. */
export function changeSpeed(state: State, direction: 1 | -1): Step {
  const seen = state.simulation?.seen ?? null
  if (seen === null) return stay(notify(state, 'warning', OUT_OF_REACH))
  const next = direction === 1 ? SPEEDS.find(speed => speed > seen.speed) : SPEEDS.findLast(speed => speed < seen.speed)
  if (next === undefined) {
    return stay(
      notify(state, 'info', `Time goes ${sayTimes(seen.speed)}: ${direction === 1 ? 'no faster' : 'no slower'}`),
    )
  }
  return changeAndSay(state, { speed: next }, `Time goes ${sayTimes(next)}${seen.isPaused ? ' after the pause' : ''}`)
}

/** On by a second. As with a film, that is of use only while it stands still. */
export function stepOn(state: State): Step {
  return changeAndSay(state, { isPaused: true, stepMs: STEP_MS }, 'One second on; \\ goes on')
}

function changeAndSay(state: State, change: Parameters<typeof changeClock>[1], words: string): Step {
  if ((state.simulation?.seen ?? null) === null) return changeClock(state, change)
  return andThen(changeClock(state, change), changed => stay(notify(changed, 'info', words)))
}

const sayTimes = (speed: number): string => (speed === 1 ? 'as in reality' : `${speed} times as fast as in reality`)
