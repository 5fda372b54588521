import { assertNever } from '../../rules/assert-never.ts'
import type { LogLine } from '../../swarm/log-line.ts'
import { currentView } from '../current-view.ts'
import type { LogAction } from '../intent.ts'
import { sayKey } from '../key-groups.ts'
import { notify, push, withNavigation } from '../navigating.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { logChoices, withChoices } from './log-choices.ts'
import { parseSearch, plainText } from './log-hits.ts'
import { isFromBeginning, type LogReading } from './log-reading.ts'
import { lastTop, logRoom } from './log-room.ts'
import { subjectHere, subjectName, widerSubject } from './log-subject.ts'
import { hitLines, type ShownLines, shownLines } from './shown-lines.ts'
import { hasManyWriters, writeName, writerName } from './writer-name.ts'

/** Opens the log of what is marked or selected; from a log that of what it is a part of. */
export function openLogs(state: State): Step {
  const { screen } = currentView(state)
  const isLog = screen.kind === 'logs'
  const subject = isLog ? widerSubject(state, screen.subject) : subjectHere(state)
  if (subject !== null) return stay(push(state, { kind: 'logs', subject }))
  return stay(notify(state, 'info', isLog ? 'This log is a part of no other' : whyNone(state)))
}

function whyNone(state: State): string {
  const { screen, focus } = currentView(state)
  return screen.kind === 'node' || focus === 'nodes' ? 'No task runs on this node' : 'Nothing here has a log'
}

/** A key of the log itself. */
export function pressLogKey(state: State, action: LogAction): Step {
  const { log } = state
  const choices = logChoices(state)
  switch (action) {
    case 'follow':
      return stay(log === null ? state : log.top === null ? pauseHere(state, log) : goOn(state, log))
    case 'wrap':
      return stay(withChoices(state, { isWrapped: !choices.isWrapped }))
    case 'times':
      return stay(withChoices(state, { hasTimes: !choices.hasTimes }))
    case 'full':
      return stay(withChoices(state, { isWholeScreen: !choices.isWholeScreen }))
    case 'only-hits':
      if (choices.search === '') return stay(lookFirst(state))
      return stay(withChoices(state, { isOnlyHits: !choices.isOnlyHits }))
    case 'save':
      return stay(askWhere(state))
    default:
      return assertNever(action)
  }
}

const lookFirst = (state: State): State =>
  notify(state, 'info', `Look for something first${sayKey(state, 'filter', key => `, with ${key}`)}`)

/** Reads the log anew from another moment on. */
export function readLogSince(state: State, choice: number): Step {
  return stay({ ...withChoices(state, { since: choice }), log: null })
}

/** Up and down in the log. To leave the end is to pause, to come back to it to go on. */
export function scrollLog(state: State, by: 'row' | 'page' | 'end', direction: 1 | -1): State {
  const { log } = state
  if (log === null) return state
  const shown = shownLines(log, logChoices(state))
  const last = lastTop(state, log, shown)
  const distance = { row: 1, page: Math.max(1, logRoom(state, log).rows - 2), end: shown.count }[by]
  const place = Math.max(0, topPlace(log, shown, last) + direction * distance)
  if (direction > 0 && place >= last) return goOn(state, log)
  return last === 0 ? state : withTop(state, log, shown.at(place)?.number ?? null)
}

/** To the next or the previous line that matches; round and round. */
export function goToLogHit(state: State, direction: 1 | -1): State {
  const { log } = state
  if (log === null) return state
  const choices = logChoices(state)
  if (choices.search === '') return lookFirst(state)
  const { problem } = parseSearch(choices.search)
  if (problem !== null) return notify(state, 'warning', problem)
  const hits = hitLines(log, choices.search)
  if (hits.count === 0) return notify(state, 'info', `Nothing matches ${choices.search}`)
  const shown = shownLines(log, choices)
  const last = lastTop(state, log, shown)
  const from = log.hit ?? shown.at(topPlace(log, shown, last))?.number ?? 0
  const here = hits.placeOf(from)
  const isAtHit = hits.at(here)?.number === log.hit
  const place = direction > 0 ? here + (isAtHit ? 1 : 0) : here - 1
  const hit = hits.at((place + hits.count) % hits.count)?.number ?? from
  const top = shown.placeOf(hit) - Math.floor(logRoom(state, log).rows / 2)
  const gone = last === 0 ? state : withTop(state, log, shown.at(Math.max(0, Math.min(last, top)))?.number ?? hit)
  const found = gone.log === null ? gone : { ...gone, log: { ...gone.log, hit } }
  if (place >= 0 && place < hits.count) return found
  return notify(found, 'info', direction > 0 ? 'From the first hit again' : 'From the last hit again')
}

/** What is looked for, as it is typed. */
export function searchLog(state: State, text: string): State {
  const searched = withChoices(state, { search: text, ...(text === '' ? { isOnlyHits: false } : {}) })
  return searched.log === null ? searched : { ...searched, log: { ...searched.log, hit: null } }
}

/** What is looked for now; `''` for nothing. */
export const logSearch = (state: State): string => logChoices(state).search

/** Where a log is saved unless the person says another file; `''` where there is no place for it. */
export function usualLogFile(state: State): string {
  const { stateFolder } = state.settings
  const { log } = state
  if (stateFolder === undefined || log === null) return ''
  const name = subjectName(state, log.subject)
    .replace(/[^\w.@-]+/g, '-')
    .slice(0, LONGEST_NAME)
  const [date = '', time = ''] = new Date(state.now).toISOString().split('T')
  return `${stateFolder}/logs/${name}-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}.log`
}

const LONGEST_NAME = 60

/** Saves what is kept of the log, as it is shown: narrowed, with or without times. */
export function saveLog(state: State, file: string): Step {
  const { log } = state
  const path = file.trim()
  if (log === null || path === '') return stay(state)
  const choices = logChoices(state)
  const shown = shownLines(log, choices)
  const lines = Array.from({ length: shown.count }, (_, place) => {
    const line = shown.at(place)?.line
    return line === undefined ? '' : writeLine(state, log, line)
  })
  return { state, effects: [{ kind: 'save-file', file: path, lines }] }
}

function writeLine(state: State, log: LogReading, line: LogLine): string {
  const time = logChoices(state).hasTimes && line.time !== '' ? `${line.time} ` : ''
  const writer = hasManyWriters(log) ? `${writeName(writerName(state, log, line))} ` : ''
  return `${time}${writer}${line.isError ? '!' : '|'} ${plainText(line)}`
}

/** How the saving went. */
export function hearOfFile(state: State, file: string, trouble: string | null): State {
  return trouble === null
    ? notify(state, 'info', `Saved to ${file}`)
    : notify(state, 'warning', `${file} was not written: ${trouble}`)
}

function askWhere(state: State): State {
  if ((state.log?.count ?? 0) === 0) return notify(state, 'info', 'There is no line to save yet')
  return withNavigation(state, { prompt: { kind: 'save', text: usualLogFile(state) } })
}

/** The screen stays as it is, and what comes is counted. */
function pauseHere(state: State, log: LogReading): State {
  const shown = shownLines(log, logChoices(state))
  return withTop(state, log, shown.at(lastTop(state, log, shown))?.number ?? log.next)
}

/** To the end, and along with it. Where no more was read for want of room, the log is begun anew. */
function goOn(state: State, log: LogReading): State {
  return log.isFull && !isFromBeginning(log) ? { ...state, log: null } : withTop(state, log, null)
}

function withTop(state: State, log: LogReading, top: number | null): State {
  const pausedAt = log.top === null ? log.next : log.pausedAt
  return { ...state, log: { ...log, top, pausedAt, hit: top === null ? null : log.hit } }
}

/** The place of the line at the top of the screen. `last`: the place of it while the end is shown. */
export const topPlace = (log: LogReading, shown: ShownLines, last: number): number =>
  log.top === null ? last : Math.min(last, shown.placeOf(log.top))
