import { keepBy } from '../rows/keep-by.ts'
import { type DocumentLine, isWithin, textOfLine } from './document.ts'
import { unfoldedLines } from './document-lines.ts'
import type { ShownDocument } from './shown-document.ts'

/** The paths of the lines in which something is found, folded or not, from top to bottom. */
export function hitsIn({ object, showing, look }: ShownDocument): readonly string[] {
  if (object === null || look.search === '') return NONE
  return hitsOf(unfoldedLines(object, showing))(look.search.toLowerCase())
}

/**
 * The hit that comes next, after the line at `path` or before it, round and round; null where there is none. `from`:
 * that line itself may be it.
 */
export function nextHit(
  document: ShownDocument,
  path: string | null,
  direction: 1 | -1,
  from: 'here' | 'beside' = 'beside',
): string | null {
  const hits = hitsIn(document)
  if (document.object === null || hits.length === 0) return null
  const order = placesOf(unfoldedLines(document.object, document.showing))
  const here = order.get(path ?? '') ?? 0
  const isBeyond = (hit: string): boolean => {
    const distance = direction * ((order.get(hit) ?? 0) - here)
    return distance > 0 || (from === 'here' && distance === 0)
  }
  const ordered = direction === 1 ? hits : hits.toReversed()
  return ordered.find(isBeyond) ?? ordered[0] ?? null
}

/** The folds without those that hide a line. */
export const unfoldTo = (folds: readonly string[], path: string): readonly string[] =>
  folds.some(fold => isWithin(path, fold)) ? folds.filter(fold => !isWithin(path, fold)) : folds

const NONE: readonly string[] = []

const hitsOf = keepBy((lines: readonly DocumentLine[]) => {
  const texts = lines.map(line => textOfLine(line).toLowerCase())
  let last = { words: '', hits: NONE }
  return (words: string): readonly string[] => {
    if (last.words !== words) {
      last = { words, hits: lines.flatMap(({ path }, index) => (texts[index]?.includes(words) ? [path] : [])) }
    }
    return last.hits
  }
})

const placesOf = keepBy(
  (lines: readonly DocumentLine[]): ReadonlyMap<string, number> =>
    new Map(lines.map(({ path }, index) => [path, index])),
)
