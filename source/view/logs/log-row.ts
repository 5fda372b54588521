import { plainText } from '../../app/logs/log-hits.ts'
import type { LogReading } from '../../app/logs/log-reading.ts'
import { originKey } from '../../app/logs/log-reading.ts'
import type { NumberedLine } from '../../app/logs/shown-lines.ts'
import { hasManyWriters, type WriterName, writeName, writerName } from '../../app/logs/writer-name.ts'
import type { State } from '../../app/state.ts'
import type { LogLine } from '../../swarm/log-line.ts'
import { cutMiddle, fitRow, type Row, rowWidth, type Span, span, textWidth } from '../row.ts'
import { glyphsOf, HIT, KEY, type Looks, QUIET, SERIES, WARNING } from '../theme.ts'
import { visibleText } from '../visible-text.ts'
import { clockMilliseconds } from './clock-milliseconds.ts'
import { colourOwn } from './own-colours.ts'
import { wrapRow } from './wrap-row.ts'

/** What all lines of a frame have in common. */
export type LogPen = {
  readonly state: State
  readonly log: LogReading
  /** In cells, the mark before a hit included. */
  readonly width: number
  /** How many rows a line may take. */
  readonly most: number
  readonly hasTimes: boolean
  /** What is looked for. */
  readonly pattern: RegExp | null
  readonly nameWidth: number
  readonly hasNodes: boolean
  readonly looks: Looks
}

/** From this width on a line says on which node it was written. */
const WIDE_COLUMNS = 100
const MOST_NAME_SHARE = 0.3

/** How wide the names of those who write are, and whether there is room for their nodes. */
export function measureNames(
  state: State,
  log: LogReading,
  lines: readonly NumberedLine[],
  width: number,
  looks: Looks,
): Pick<LogPen, 'nameWidth' | 'hasNodes'> {
  const hasNodes = width >= WIDE_COLUMNS
  if (!hasManyWriters(log)) return { nameWidth: 0, hasNodes }
  const writers = [...log.origins.values()].slice(-MEASURED_WRITERS)
  const names = [
    ...writers.filter(({ name }) => name !== '').map(({ name, node }) => ({ task: name, node })),
    ...lines.map(({ line }) => writerName(state, log, line)),
  ]
  const widths = names.map(name => textWidth(visibleText(writtenName(name, hasNodes), looks.isAscii)))
  return { nameWidth: Math.min(Math.floor(width * MOST_NAME_SHARE), Math.max(0, ...widths)), hasNodes }
}

const MEASURED_WRITERS = 100

const writtenName = (name: WriterName, hasNodes: boolean): string => (hasNodes ? writeName(name) : name.task)

/** A line in as many rows as it takes: `api.3@w1 | text`, with `!` instead of `|` where it is an error; the log of one task has no names. */
export function logRows({ number, line }: NumberedLine, pen: LogPen): readonly Row[] {
  const { log, width, most, looks } = pen
  const head = headOf(line, pen)
  const mark = number === log.hit ? span(glyphsOf(looks).pointer, KEY) : span(' ')
  const room = Math.max(1, width - rowWidth(head, looks) - 1)
  const text = textOf(line, room, pen)
  if (most === 1) return [[mark, ...head, ...text]]
  const [first = [], ...more] = wrapRow(text, room, most, looks)
  const indent = span(' '.repeat(width - room))
  return [[mark, ...head, ...first], ...more.map(row => [indent, ...row])]
}

function headOf(line: LogLine, { state, log, nameWidth, hasNodes, hasTimes, looks }: LogPen): Row {
  const separator = line.isError ? span('! ', WARNING) : nameWidth === 0 ? NO_NAME : span('| ', QUIET)
  const time = hasTimes ? [span(`${clockMilliseconds(line.time, state.preferences.timeZone)} `, QUIET)] : []
  if (nameWidth === 0) return [...time, separator]
  const name = visibleText(writtenName(writerName(state, log, line), hasNodes), looks.isAscii)
  const { index = 0 } = log.origins.get(originKey(line.origin)) ?? {}
  const look = SERIES[index % SERIES.length] ?? QUIET
  return [...time, ...fitRow([span(cutMiddle(name, nameWidth, looks), look)], nameWidth, looks), span(' '), separator]
}

const NO_NAME = span('  ')

/** No more of a line is looked at than can be seen: some are whole files. */
function textOf({ text }: LogLine, room: number, { most, pattern, looks }: LogPen): Row {
  const seen = expandTabs(text.slice(0, room * most * 2 + INVISIBLE_LETTERS))
  const row = colourOwn(seen, looks.depth)
  return pattern === null ? row : markHits(row, pattern)
}

/** Colours take letters and no room. */
const INVISIBLE_LETTERS = 1000
const TAB_COLUMNS = 8

/** A terminal would go to its own tab stops, whatever stands there. */
function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  let column = 0
  const parts = text.split('\t')
  return parts
    .map((part, index) => {
      column += plainText({ text: part }).length
      const blanks = index === parts.length - 1 ? 0 : TAB_COLUMNS - (column % TAB_COLUMNS)
      column += blanks
      return part + ' '.repeat(blanks)
    })
    .join('')
}

/** Marks what matches, whatever the colours of the line are. */
function markHits(row: Row, pattern: RegExp): Row {
  const text = row.map(piece => piece.text).join('')
  pattern.lastIndex = 0
  const hits = [...text.matchAll(pattern)].slice(0, MOST_MARKED).filter(([hit]) => hit !== '')
  return hits.reduce<Row>((marked, { 0: hit, index }) => markRange(marked, index, index + hit.length), row)
}

const MOST_MARKED = 50

function markRange(row: Row, from: number, to: number): Row {
  let at = 0
  return row.flatMap((piece): readonly Span[] => {
    const begin = Math.min(Math.max(from - at, 0), piece.text.length)
    const end = Math.min(Math.max(to - at, 0), piece.text.length)
    at += piece.text.length
    if (begin >= end) return [piece]
    const parts = [
      { ...piece, text: piece.text.slice(0, begin) },
      { text: piece.text.slice(begin, end), look: HIT },
      { ...piece, text: piece.text.slice(end) },
    ]
    return parts.filter(part => part.text !== '')
  })
}
