import type { BoxProps } from 'ink'

/** The signs that frames are drawn with. Every one is one cell wide. */
export type Glyphs = {
  /** Between the parts of the header. */
  readonly rule: string
  readonly border: BoxStyle
  /** Of the panel in focus, told apart without colour. */
  readonly focusedBorder: BoxStyle
  readonly dot: string
  readonly circle: string
  readonly warning: string
  /** Before the selected row of the panel in focus, and of the others. */
  readonly pointer: string
  readonly faintPointer: string
  readonly separator: string
  /** Between the steps of the way that led to a screen. */
  readonly step: string
  readonly cut: string
  readonly back: string
  readonly barStart: string
  readonly barEnd: string
  readonly running: string
  readonly starting: string
  readonly waiting: string
  readonly failed: string
  /** In a cell of a time line in which more tasks failed than a digit tells. */
  readonly manyFailed: string
  /** In a time line: nothing any more, and nothing that anybody knows of. */
  readonly over: string
  readonly unknown: string
  /** Where one task of a time line ends and the next begins. */
  readonly edge: string
  readonly tick: string
  readonly caretUp: string
  /** Of a job's task that has done its work, and of a task that is on its way out. */
  readonly done: string
  readonly leaving: string
  readonly caret: string
  readonly times: string
  /** Behind the title of the column that rows are ordered by. */
  readonly ascending: string
  readonly descending: string
  /** Before a row that is marked. */
  readonly mark: string
  /** Of lines in charts, the second dotted; of bars, their rest. */
  readonly line: string
  readonly dotted: string
  readonly rest: string
}

type BoxStyle = Exclude<BoxProps['borderStyle'], string | undefined>

export const UNICODE_GLYPHS: Glyphs = {
  rule: '─',
  border: boxStyle('─', '│', '┌┐└┘'),
  focusedBorder: boxStyle('━', '┃', '┏┓┗┛'),
  dot: '●',
  circle: '○',
  warning: '▲',
  pointer: '›',
  faintPointer: '·',
  separator: '·',
  step: '›',
  cut: '…',
  back: '←',
  barStart: '▕',
  barEnd: '▏',
  running: '█',
  starting: '▒',
  waiting: '·',
  failed: 'x',
  manyFailed: '!',
  over: '░',
  unknown: '┄',
  edge: '▏',
  tick: '┴',
  caretUp: '▲',
  done: '√',
  leaving: '↓',
  caret: '▏',
  times: '×',
  ascending: '↑',
  descending: '↓',
  mark: '+',
  line: '─',
  dotted: '·',
  rest: '░',
}

/**
 * For Linux' own console, whose built-in font has code page 437 and nothing else: no thick lines, dots or thin bars.
 * Source: torvalds/linux drivers/tty/vt/cp437.uni
 */
export const CONSOLE_GLYPHS: Glyphs = {
  ...UNICODE_GLYPHS,
  focusedBorder: boxStyle('═', '║', '╔╗╚╝'),
  dot: '•',
  pointer: '>',
  cut: '~',
  barStart: '│',
  barEnd: '│',
  caret: '_',
  times: 'x',
  step: '>',
  unknown: '-',
  edge: '|',
}

export const ASCII_GLYPHS: Glyphs = {
  rule: '-',
  border: boxStyle('-', '|', '++++'),
  focusedBorder: boxStyle('=', '|', '++++'),
  dot: '*',
  circle: 'o',
  warning: '!',
  pointer: '>',
  faintPointer: '-',
  separator: '-',
  step: '>',
  cut: '~',
  back: '<',
  barStart: '[',
  barEnd: ']',
  running: '#',
  starting: '+',
  waiting: '.',
  failed: 'x',
  manyFailed: '!',
  over: ':',
  unknown: '-',
  edge: '|',
  tick: '+',
  caretUp: '^',
  done: 'o',
  leaving: 'v',
  caret: '_',
  times: 'x',
  ascending: '^',
  descending: 'v',
  mark: '+',
  line: '-',
  dotted: '.',
  rest: '.',
}

/** `corners`: top left, top right, bottom left, bottom right. */
function boxStyle(horizontal: string, vertical: string, corners: string): BoxStyle {
  const [topLeft = '', topRight = '', bottomLeft = '', bottomRight = ''] = corners
  return {
    top: horizontal,
    bottom: horizontal,
    left: vertical,
    right: vertical,
    topLeft,
    topRight,
    bottomLeft,
    bottomRight,
  }
}
