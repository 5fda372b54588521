import { shortAge } from '../rules/short-age.ts'
import { type Row, span, textWidth } from './row.ts'
import { glyphsOf, KEY, type Looks, QUIET } from './theme.ts'
import { type Scale, startOf } from './time-line.ts'

/**
 * Two rows below a time line: ticks at round times, and under each the time of day and how long ago that was. `caret`: the
 * cell that is pointed at. `timeWords`: how a time of day is written; `now` by the swarm's clock.
 */
export function axisRows(
  scale: Scale,
  now: number,
  caret: number | null,
  timeWords: (at: number) => string,
  looks: Looks,
): readonly [ticks: Row, times: Row] {
  const { tick, border, caretUp } = glyphsOf(looks)
  const start = startOf(scale)
  const step = STEPS.find(ms => ms / scale.cellMs >= LEAST_CELLS_BETWEEN) ?? LARGEST_STEP
  const ticks: string[] = Array.from({ length: scale.cells }, () => border.top)
  const times: string[] = Array.from({ length: scale.cells }, () => ' ')
  for (let at = Math.ceil(start / step) * step; at <= now; at += step) {
    const cell = Math.floor((at - start) / scale.cellMs)
    ticks[cell] = tick
    put(times, cell, `${timeWords(at)} ${shortAge(now - at)}`)
  }
  for (const [index, sign] of Array.from(NOW).entries()) times[scale.cells - NOW.length + index] = sign
  const before = ticks.slice(0, caret ?? scale.cells).join('')
  const after = caret === null ? [] : [span(caretUp, KEY), span(ticks.slice(caret + 1).join(''), QUIET)]
  return [[span(before, QUIET), ...after], [span(times.join(''), QUIET)]]
}

const NOW = 'now'
const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LARGEST_STEP = 7 * 24 * HOUR

const STEPS = [
  ...[5, 10, 15, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map(count => count * HOUR),
  LARGEST_STEP,
]

/** Room for `12:03:15 15 min` and two blanks. */
const LEAST_CELLS_BETWEEN = 17

/** Left out where it would be cut or stand in the way of the present. */
function put(cells: string[], at: number, text: string): void {
  if (at + textWidth(text) > cells.length - NOW.length - 1) return
  for (const [index, sign] of Array.from(text).entries()) cells[at + index] = sign
}
