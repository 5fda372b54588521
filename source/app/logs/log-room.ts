import { bodySize } from '../size.ts'
import type { State } from '../state.ts'
import { isLogWhole, logChoices } from './log-choices.ts'
import { plainText } from './log-hits.ts'
import type { LogReading } from './log-reading.ts'
import { logTroubles } from './log-troubles.ts'
import type { ShownLines } from './shown-lines.ts'

/** More are not told at once: the log itself needs the room. */
export const MOST_TROUBLES = 3

const BORDER_COLUMNS = 4
const BORDER_ROWS = 2

/** The cells that lines have on the screen; alone on it they have a line of their own for the title. */
export function logRoom(state: State, log: LogReading): { readonly rows: number; readonly columns: number } {
  const troubles = Math.min(MOST_TROUBLES, logTroubles(state, log).length)
  const isWhole = isLogWhole(state)
  const { columns, rows } = bodySize(state.size, isWhole)
  return isWhole
    ? { columns, rows: Math.max(1, rows - 1 - troubles) }
    : { columns: columns - BORDER_COLUMNS, rows: Math.max(1, rows - BORDER_ROWS - troubles) }
}

/** The place of the first line of the screen while its end is shown. Of wrapped lines it is about the place. */
export function lastTop(state: State, log: LogReading, shown: ShownLines): number {
  const { rows, columns } = logRoom(state, log)
  if (!logChoices(state).isWrapped) return Math.max(0, shown.count - rows)
  let left = rows
  let place = shown.count
  while (place > 0) {
    const line = shown.at(place - 1)?.line
    left -= line === undefined ? 1 : Math.max(1, Math.ceil((plainText(line).length + PREFIX) / columns))
    if (left < 0) break
    place -= 1
  }
  return Math.min(place, Math.max(0, shown.count - 1))
}

/** What stands before a line, about. */
const PREFIX = 14
