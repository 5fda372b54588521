import { sayProgress, type Watched } from '../app/watching.ts'
import { shortAge } from '../rules/short-age.ts'
import { type Row, span } from './row.ts'
import { glyphsOf, type Looks, QUIET, STRONG, WARNING } from './theme.ts'

/** `drain w1 [####......] 3/5 moving its tasks 12 s`; of a sequence `drain w1 and w2 1/2 [#.........] drain w2: …`. */
export function watchedRow(watched: Watched, now: number, looks: Looks): Row {
  return [
    span(`${watched.name} `, STRONG),
    ...stepsSpans(watched),
    ...barOf(watched, looks),
    span(sayProgress(watched), WARNING),
    span(` ${shortAge(now - watched.askedAt)}`, QUIET),
  ]
}

/** Which of how many is under way. */
function stepsSpans({ sequence }: Watched): Row {
  if (sequence === null) return []
  const { operations } = sequence.sequence
  return [span(`${Math.min(sequence.at + 1, operations.length)}/${operations.length} `, STRONG)]
}

/** How much of what is under way is done; nothing where that is one thing. */
export function barOf({ running }: Watched, looks: Looks): Row {
  const progress = running?.progress
  if (progress?.kind !== 'running' || progress.total <= 1) return []
  const { done, total } = progress
  const { barStart, barEnd, running: full, waiting } = glyphsOf(looks)
  const cells = Math.round((Math.min(done, total) / total) * BAR_CELLS)
  return [span(`${barStart}${full.repeat(cells)}${waiting.repeat(BAR_CELLS - cells)}${barEnd} ${done}/${total} `)]
}

const BAR_CELLS = 10
