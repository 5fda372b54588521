import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import { sayKey } from '../../app/key-groups.ts'
import { isLogWhole, logChoices, SINCE_WORDS } from '../../app/logs/log-choices.ts'
import { parseSearch } from '../../app/logs/log-hits.ts'
import { isFromBeginning, type LogReading, MOST_LINES } from '../../app/logs/log-reading.ts'
import { lastTop, MOST_TROUBLES } from '../../app/logs/log-room.ts'
import { subjectName } from '../../app/logs/log-subject.ts'
import { isLogOver, logTroubles } from '../../app/logs/log-troubles.ts'
import { hitLines, type NumberedLine, type ShownLines, shownLines } from '../../app/logs/shown-lines.ts'
import type { State } from '../../app/state.ts'
import { Line } from '../line.tsx'
import { logRows, measureNames } from '../logs/log-row.ts'
import { Panel } from '../panel.tsx'
import { fitRow, justifyRows, type Row, rowWidth, span } from '../row.ts'
import { glyphsOf, type Looks, QUIET, titleLook, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/**
 * A log. It comes by ways of its own, so that it is not old when the reading of the swarm is. Alone on the screen it has
 * no border, so that it can be copied with the mouse.
 */
export function LogsPanel({ state, area, looks: given }: ScreenPanelProps) {
  const looks = { ...given, isOld: false }
  const { log } = state
  const isWhole = isLogWhole(state)
  const width = isWhole ? area.width : area.width - PANEL_COLUMNS
  const height = area.height - (isWhole ? 1 : PANEL_ROWS)
  const note = log === null ? [] : noteRow(state, log, looks)
  const title = titleRow(state, width - rowWidth(note, looks) - NOTE_GAP, looks)
  const rows = log === null ? [[span('opening the log', QUIET)]] : bodyRows(state, log, { width, height }, looks)
  if (!isWhole) {
    const isFocused = currentView(state).focus === 'logs'
    return <Panel area={area} title={title} note={note} isFocused={isFocused} rows={rows} looks={looks} />
  }
  return (
    <Box flexDirection="column">
      <Line row={justifyRows(title, note, width, looks)} width={width} looks={looks} />
      {Array.from({ length: height }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place.
        <Line key={index} row={rows[index] ?? []} width={width} looks={looks} />
      ))}
    </Box>
  )
}

const PANEL_COLUMNS = 4
const PANEL_ROWS = 2

/** What matters least gives way first: how many lines there are, then since when, then what is looked for. */
function titleRow(state: State, room: number, looks: Looks): Row {
  const { screen } = currentView(state)
  if (screen.kind !== 'logs') return []
  const { since, search, isOnlyHits } = logChoices(state)
  const separator = ` ${glyphsOf(looks).separator} `
  const name = span(`Log of ${subjectName(state, screen.subject)}`, titleLook(true))
  const began = since === 0 ? [] : [span(`${separator}${SINCE_WORDS[since] ?? ''}`, QUIET)]
  const count = state.log === null ? [] : [span(`${separator}${countLines(state.log)}`, QUIET)]
  const shown = `${isOnlyHits ? 'only ' : ''}<${search.startsWith('/') ? '' : '/'}${search}>`
  const hits = search === '' ? [] : [span(`${separator}${shown} ${hitWords(state, search)}`, WARNING)]
  const titles = [
    [name, ...began, ...count, ...hits],
    [name, ...began, ...hits],
    [name, ...hits],
  ]
  const fitting = titles.find(title => rowWidth(title, looks) <= room) ?? [name]
  return rowWidth(fitting, looks) <= room ? fitting : fitRow(fitting, Math.max(0, room), looks)
}

/** Between the title and what stands at the right of it. */
const NOTE_GAP = 5

function countLines({ count, dropped }: LogReading): string {
  const lines = `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'}`
  return dropped === 0 ? lines : `the last ${lines}`
}

function hitWords({ log }: State, search: string): string {
  if (log === null) return ''
  const { pattern } = parseSearch(search)
  if (pattern === null) return 'is no regular expression'
  const hits = hitLines(log, search)
  if (log.hit === null) return hits.count === 1 ? '1 hit' : `${hits.count.toLocaleString('en')} hits`
  return `hit ${(hits.placeOf(log.hit) + 1).toLocaleString('en')} of ${hits.count.toLocaleString('en')}`
}

function noteRow(state: State, log: LogReading, looks: Looks): Row {
  const { warning } = glyphsOf(looks)
  if (log.isFull) {
    const what = isFromBeginning(log)
      ? `only the first ${MOST_LINES.toLocaleString('en')} lines are read`
      : fullWords(state)
    return [span(`${warning} ${what}`, WARNING)]
  }
  if (log.top !== null) {
    const added = log.next - log.pausedAt
    const words = added === 0 ? '' : `, ${added.toLocaleString('en')} new ${added === 1 ? 'line' : 'lines'} below`
    return [span(`paused${words}`, WARNING)]
  }
  if (isLogOver(log)) return [span('ended', QUIET)]
  if (log.streams.some(({ state }) => state === 'open')) return [span('following', QUIET)]
  const isBroken = log.streams.some(({ state }) => state === 'broken' || state === 'ended')
  return isBroken ? [span('trying again', WARNING)] : [span('opening', QUIET)]
}

const fullWords = (state: State): string =>
  `paused, and no more is read${sayKey(state, 'follow', key => `: ${key} goes on`)}`

/** What keeps lines away, and the lines. */
function bodyRows(
  state: State,
  log: LogReading,
  area: { readonly width: number; readonly height: number },
  looks: Looks,
): readonly Row[] {
  const sign = `${glyphsOf(looks).warning} `
  const troubles = logTroubles(state, log)
    .slice(0, MOST_TROUBLES)
    .map((text): Row => [span(` ${sign}${text}`, WARNING)])
  const height = Math.max(1, area.height - troubles.length)
  return [...troubles, ...lineRows(state, log, { ...area, height }, looks)]
}

function lineRows(
  state: State,
  log: LogReading,
  { width, height }: { readonly width: number; readonly height: number },
  looks: Looks,
): readonly Row[] {
  const choices = logChoices(state)
  const shown = shownLines(log, choices)
  if (shown.count === 0) return [[span(` ${nothingWords(state, log)}`, QUIET)]]
  const first = log.top === null ? shown.count - height : Math.min(lastTop(state, log, shown), shown.placeOf(log.top))
  const lines = linesFrom(shown, Math.max(0, first), height)
  const pen = {
    state,
    log,
    width,
    most: choices.isWrapped ? height : 1,
    hasTimes: choices.hasTimes,
    pattern: parseSearch(choices.search).pattern,
    ...measureNames(state, log, lines, width, looks),
    looks,
  }
  const rows = lines.flatMap(line => logRows(line, pen))
  return log.top === null ? rows.slice(-height) : rows.slice(0, height)
}

const linesFrom = (shown: ShownLines, first: number, count: number): readonly NumberedLine[] =>
  Array.from({ length: count }, (_, index) => shown.at(first + index)).flatMap(line => line ?? [])

/** Lines are held back for a moment before they are told, and no longer. */
const OPENING_MS = 2000

function nothingWords(state: State, log: LogReading): string {
  if (log.count > 0) return `no line matches ${logChoices(state).search}`
  const isOpening = log.streams.some(({ state: how }) => how === 'opening') || state.now - log.begunAt < OPENING_MS
  if (isOpening) return 'opening the log'
  return log.since > 1 ? `nothing was written in ${SINCE_WORDS[log.since] ?? ''}` : 'nothing has been written yet'
}
