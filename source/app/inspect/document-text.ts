import { pathOfValue, pathTo, textOfLine } from './document.ts'
import { preparedDocument, type Showing, unfoldedLines } from './document-lines.ts'
import { jsonLines } from './json-lines.ts'
import type { Json } from './prepare-document.ts'
import { isContainer, yamlLines } from './yaml-lines.ts'

/**
 * An object, or the part of it at a path, as text: what is copied, saved and opened elsewhere. What is masked on the
 * screen is masked here. A text alone stands as it is, a part as if it were all there is.
 */
export function documentText(object: object, showing: Showing, path = ''): string {
  if (path === '') return linesOfText(unfoldedLines(object, showing))
  const { value } = preparedDocument(object, showing)
  const part = partAt(value, pathOfValue(path))
  if (part === undefined) return ''
  if (!isContainer(part)) return String(part)
  const prepared = { value: part, masked: 0, decoded: null }
  return showing.format === 'yaml'
    ? linesOfText(yamlLines(prepared, '', NO_FOLDS).slice(1))
    : linesOfText(jsonLines(prepared, NO_FOLDS))
}

const NO_FOLDS: ReadonlySet<string> = new Set()

const linesOfText = (lines: Parameters<typeof textOfLine>[0][] | readonly Parameters<typeof textOfLine>[0][]): string =>
  `${lines.map(textOfLine).join('\n')}\n`

/** The part that a path leads to, followed name by name as the paths of lines are made. */
function partAt(whole: Json, path: string): Json | undefined {
  let part: Json | undefined = whole
  let here = ''
  while (part !== undefined && here !== path) {
    if (!isContainer(part)) return undefined
    const entries: readonly (readonly [string, Json])[] = Object.entries(part)
    const next = entries.find(([name]) => {
      const there = pathTo(here, name)
      return path === there || path.startsWith(`${there}/`)
    })
    if (next === undefined) return undefined
    here = pathTo(here, next[0])
    part = next[1]
  }
  return part
}
