import type { AskedQuestion } from './acting-state.ts'
import { pageStep } from './page-step.ts'
import { bodySize, type Size } from './size.ts'
import type { State } from './state.ts'

/**
 * By how many rows a question is scrolled after a key; null for a key that does not scroll. `isTyped`: letters are no keys
 * here, nor what moves within a line.
 */
export function scrollQuestion(state: State, asked: AskedQuestion, key: string, isTyped: boolean): number | null {
  const room = questionRoom(state, asked)
  const by = isTyped && !NO_LETTERS.has(key) ? null : pageStep(key, Math.max(1, room - 1))
  const most = Math.max(0, rowsOf(state, asked) - room)
  return by === null ? null : Math.min(most, Math.max(0, Math.min(most, asked.offset) + by))
}

/** Where a name is typed. */
const NO_LETTERS: ReadonlySet<string> = new Set(['down', 'up', 'pagedown', 'pageup'])

/** The border, three blank lines, the answers, and a line that says how much more there is. */
const BESIDES_ROWS = 7
/** The border and its padding, and the sign of how grave it is. */
const BESIDES_COLUMNS = 6
/** Wider than this a card of sentences is hard to read. */
export const MOST_COLUMNS = 92
/** Of the commands of many things, which are alike. */
export const SHOWN_COMMANDS = 3

function questionRoom({ size, polling }: State, { question }: AskedQuestion): number {
  const banner = polling.link.kind === 'live' ? 0 : 1
  const shown = question.commands.slice(0, SHOWN_COMMANDS)
  const more = question.commands.length > shown.length ? 1 : 0
  const commands = shown.reduce((sum, command) => sum + countLines(command, textColumns(size)), more)
  return Math.max(1, bodySize(size).rows - banner - BESIDES_ROWS - commands)
}

const textColumns = ({ columns }: Size): number => Math.max(1, Math.min(MOST_COLUMNS, columns) - BESIDES_COLUMNS)

function rowsOf({ size }: State, { question, planning }: AskedQuestion): number {
  const columns = textColumns(size)
  const unplanned = planning?.result?.kind === 'failed' ? countLines(`${NO_PLAN}${planning.result.text}`, columns) : 0
  const planned = planning !== null && planning.result === null ? 1 : unplanned
  return question.consequences.reduce((sum, { text }) => sum + countLines(text, columns), planned)
}

/** What the reason stands behind for which there is no plan. */
export const NO_PLAN = 'there is no plan of it: '

/** How many lines words take that are broken as on the screen. What is no ASCII may take two cells, and is given them. */
function countLines(text: string, columns: number): number {
  let lines = 1
  let left = columns
  for (const word of text.split(' ')) {
    const cells = [...word].reduce((sum, letter) => sum + (letter < '\u007f' ? 1 : 2), 0)
    const isFirst = left === columns
    if (cells + (isFirst ? 0 : 1) <= left) {
      left -= cells + (isFirst ? 0 : 1)
      continue
    }
    lines += isFirst ? Math.ceil(cells / columns) - 1 : Math.ceil(cells / columns)
    left = columns - (cells % columns)
  }
  return lines
}
