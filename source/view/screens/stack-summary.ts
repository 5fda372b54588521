import type { StackRow } from '../../app/rows/stack-rows.ts'
import { counted } from '../../rules/counted.ts'
import { imageWords, updateWords } from '../../swarm/cli-words.ts'
import { joinRows, type Row, span } from '../row.ts'
import { DANGER, GOOD, glyphsOf, type Looks, PLAIN, QUIET, STRONG, updateLook, WARNING } from '../theme.ts'

/** What a stack is and how it does, in three rows. */
export function stackSummary(row: StackRow, looks: Looks): readonly Row[] {
  const between = span(` ${glyphsOf(looks).separator} `, QUIET)
  const standing: readonly Row[] = [
    [span(counted(row.services.length, 'service'), STRONG)],
    [span(`${row.running} of ${row.desired} run`, row.running < row.desired ? WARNING : GOOD)],
    [span(counted(row.tasks, 'task'))],
    ...(row.networks === null ? [] : [[span(counted(row.networks, 'network'))]]),
  ]
  const images = [...new Set(row.services.map(({ service }) => imageWords(service.image)))]
  return [joinRows(standing, between), verdictRow(row, between), [span('images ', QUIET), span(images.join(', '))]]
}

/** What is wrong first, then what is under way. */
function verdictRow({ short, updating }: StackRow, between: Row[number]): Row {
  const parts: readonly Row[] = [
    ...short.map(
      (entry): Row => [
        span(`${entry.service.name} ${entry.running}/${entry.desired}`, entry.running === 0 ? DANGER : WARNING),
      ],
    ),
    ...updating.flatMap(({ service }): readonly Row[] =>
      service.update === null
        ? []
        : [[span(`${service.name} `, PLAIN), span(updateWords(service.update), updateLook(service.update.state))]],
    ),
  ]
  return parts.length === 0
    ? [span('all of it is as desired', GOOD)]
    : [...(short.length > 0 ? [span('short: ', QUIET)] : []), ...joinRows(parts, between)]
}
