import type { AskedQuestion } from './acting-state.ts'
import { bodySize, type Size } from './size.ts'
import type { State } from './state.ts'

/**
 * By how many rows a question is scrolled after a key; null for a key that does not scroll. `isTyped`: letters are no keys
 * here, nor what moves within a line.
 */
export function scrollQuestion(state: State, asked: AskedQuestion, key: string, isTyped: boolean): number | null {
  const room = questionRoom(state, asked)
  const by = stepOf(key, Math.max(1, room - 1), isTyped)
  const most = Math.max(0, rowsOf(state, asked) - room)
  return by === null ? null : Math.min(most, Math.max(0, Math.min(most, asked.offset) + by))
}

function stepOf(key: string, page: number, isTyped: boolean): number | null {
  switch (key) {
    case 'down':
      return 1
    case 'up':
      return -1
    case 'pagedown':
      return page
    case 'pageup':
      return -page
    default:
      return isTyped ? null : stepOfLetter(key, page)
  }
}

function stepOfLetter(key: string, page: number): number | null {
  switch (key) {
    case 'j':
      return 1
    case 'k':
      return -1
    case 'space':
    case 'ctrl+f':
      return page
    case 'ctrl+b':
      return -page
    case 'home':
    case 'g':
      return Number.NEGATIVE_INFINITY
    case 'end':
    case 'G':
      return Number.POSITIVE_INFINITY
    default:
      return null
  }
}

/** The border, three blank lines, the answers, and a line that says how much more there is. */
const BESIDES_ROWS = 7
/** The border and its padding, and the sign of how grave it is. */
const BESIDES_COLUMNS = 6
const MOST_COLUMNS = 92

function questionRoom({ size, polling }: State, { question }: AskedQuestion): number {
  const banner = polling.link.kind === 'live' ? 0 : 1
  const commands = question.commands
    .slice(0, 3)
    .reduce((sum, command) => sum + countLines(command, textColumns(size)), 0)
  return Math.max(1, bodySize(size).rows - banner - BESIDES_ROWS - commands)
}

const textColumns = ({ columns }: Size): number => Math.max(1, Math.min(MOST_COLUMNS, columns) - BESIDES_COLUMNS)

function rowsOf({ size }: State, { question }: AskedQuestion): number {
  return question.consequences.reduce((sum, { text }) => sum + countLines(text, textColumns(size)), 0)
}

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
