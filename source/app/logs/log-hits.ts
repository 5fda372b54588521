import type { LogLine } from '../../swarm/log-line.ts'
import { keepBy } from '../rows/keep-by.ts'
import type { LogChunk } from './log-reading.ts'

/** What is looked for, made ready. `problem`: what is wrong with it; then nothing is found. */
export type Search = { readonly pattern: RegExp | null; readonly problem: string | null }

/** A text, wherever it stands and however it is written; between slashes a regular expression. `''` looks for nothing. */
export function parseSearch(text: string): Search {
  const known = PARSED.get(text)
  if (known !== undefined) return known
  if (PARSED.size >= MOST_PARSED) PARSED.clear()
  const parsed = parse(text)
  PARSED.set(text, parsed)
  return parsed
}

const PARSED = new Map<string, Search>()
const MOST_PARSED = 50

function parse(text: string): Search {
  const [, expression] = /^\/(.+)\/$/.exec(text) ?? []
  if (text === '') return { pattern: null, problem: null }
  try {
    return { pattern: new RegExp(expression ?? escapeExpression(text), 'giu'), problem: null }
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/\w*: /s, '') : ''
    return { pattern: null, problem: `${text} is no regular expression: ${said}` }
  }
}

const escapeExpression = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** The text of a line without its colours. */
export const plainText = ({ text }: Pick<LogLine, 'text'>): string =>
  text.includes('\u001b') ? text.replace(COLOURS, '') : text

const COLOURS = /\u001b\[[\d;:]*m/g

/** A hit further back than this in one line is not looked for: some lines are whole files. */
export const SEARCHED_LETTERS = 16_384

/** The places of a chunk's lines that match, in order. Asked for the same search again it does not look again. */
export function hitsIn(chunk: LogChunk, pattern: RegExp): readonly number[] {
  const kept = hitsBySearch(chunk)
  const found = kept.get(pattern)
  if (found !== undefined) return found
  const hits = chunk.lines.flatMap((line, index) => (isHit(line, pattern) ? index : []))
  // Of what is typed letter by letter only the last is looked at.
  if (kept.size >= 2) kept.clear()
  kept.set(pattern, hits)
  return hits
}

const hitsBySearch = keepBy((_: LogChunk) => new Map<RegExp, readonly number[]>())

function isHit(line: LogLine, pattern: RegExp): boolean {
  pattern.lastIndex = 0
  return pattern.test(plainText(line).slice(0, SEARCHED_LETTERS))
}
