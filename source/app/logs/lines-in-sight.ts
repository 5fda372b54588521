import type { State } from '../state.ts'
import { logChoices } from './log-choices.ts'
import { topPlace } from './log-keys.ts'
import { lastTop, logRoom } from './log-room.ts'
import { shownLines } from './shown-lines.ts'

/**
 * The line of a log that a search has gone to, else those in sight, as plain text: what a terminal would act on is left
 * out, since nobody knows where it is pasted.
 */
export function linesInSight(state: State): readonly string[] {
  const { log } = state
  if (log === null) return []
  const shown = shownLines(log, logChoices(state))
  const isAtHit = log.hit !== null
  const first = log.hit === null ? topPlace(log, shown, lastTop(state, log, shown)) : shown.placeOf(log.hit)
  const places = Array.from({ length: isAtHit ? 1 : logRoom(state, log).rows }, (_, index) => first + index)
  return places.flatMap(place => shown.at(place)?.line.text.replace(SEQUENCES, '').replace(CONTROLS, '') ?? [])
}

const SEQUENCES = /\u001b\[[\d;:?]*[A-Za-z]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
const CONTROLS = /[^\P{Cc}\t]/gu
