import { type Row, type Span, span, textWidth, wrapText } from './row.ts'
import type { Looks } from './theme.ts'

/** A row broken between words into rows of at most `width` cells; each word keeps its look. */
export function wrapRow(row: Row, width: number, looks: Looks): readonly Row[] {
  const words = row.flatMap(({ text, look }) => text.split(/(?<= )/).map(word => span(word, look)))
  const lines: Span[][] = [[]]
  let left = width
  for (const word of words.flatMap(one => fitWord(one, width, looks))) {
    const needed = textWidth(word.text.trimEnd())
    if (needed > left && left < width) {
      lines.push([])
      left = width
    }
    lines.at(-1)?.push(word)
    left -= textWidth(word.text)
  }
  return lines.map(trimEnd)
}

function trimEnd(line: readonly Span[]): Row {
  const last = line.at(-1)
  return last === undefined ? [] : [...line.slice(0, -1), { ...last, text: last.text.trimEnd() }]
}

/** A word is made visible here, since it is measured; one that is longer than a row is broken inside. */
function fitWord(word: Span, width: number, looks: Looks): readonly Span[] {
  const blanks = word.text.endsWith(' ') ? ' ' : ''
  const parts = wrapText(word.text.trimEnd(), Math.max(1, width), looks)
  return parts.map((part, index) => span(index === parts.length - 1 ? part + blanks : part, word.look))
}
