import { findCommands, splitCommand } from '../app/commands.ts'
import { filterHint } from '../app/filter-completion.ts'
import { candidatesOf, caretOf, ghostOf } from '../app/prompting.ts'
import type { Prompt, State } from '../app/state.ts'
import { hintOfValue, signOfValue } from '../app/values/say-value.ts'
import { cutStart, fitRow, joinRows, type Row, rowWidth, span, textWidth } from './row.ts'
import { glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, STRONG } from './theme.ts'
import { visibleText } from './visible-text.ts'

/**
 * The line that is being typed, with its caret and a word of what it will do. What does not fit is left out at its
 * beginning, so that the caret stays in sight.
 */
export function promptRow(state: State, prompt: Prompt, width: number, looks: Looks): Row {
  const { text } = prompt
  const caret = caretOf(prompt)
  const sign = cutStart(signOf(prompt, looks), Math.floor(width / 2), looks)
  const room = Math.max(1, width - textWidth(sign) - 1)
  const before = cutStart(visibleText(text.slice(0, caret), looks.isAscii), room, looks)
  const chosen = Math.min(before.length, caret - (prompt.selectedFrom ?? caret))
  // Without colours nothing would tell the ghost from what was typed.
  const ghost = looks.depth > 1 ? ghostOf(state, prompt) : ''
  const line = [
    span(sign, KEY),
    span(before.slice(0, before.length - chosen), STRONG),
    span(before.slice(before.length - chosen), SELECTED),
    span(glyphsOf(looks).caret, KEY),
    span(text.slice(caret), STRONG),
    span(ghost, QUIET),
  ]
  const left = width - rowWidth(line, looks)
  const hint = hintOf(state, prompt)
  return left < LEAST_HINT ? line : [...line, ...fitRow([span(`   ${hint}`, QUIET)], left, looks)]
}

/** A hint that is cut down to less says nothing. */
const LEAST_HINT = 16

/** What is typed next takes its place. */
const SELECTED: Look = { ...STRONG, inverse: true }
const WRONG: Look = { role: 'warning' }

type PlainPrompt = Exclude<Prompt['kind'], 'value'>

const SIGNS: Readonly<Record<PlainPrompt, string>> = { filter: '/', search: '/', command: ':', save: 'save to ' }

/** Names from the cluster stand in it. */
function signOf({ kind, asks }: Prompt, { isAscii }: Looks): string {
  if (kind !== 'value') return SIGNS[kind]
  return asks === undefined ? '' : visibleText(signOfValue(asks), isAscii)
}

function hintOf(state: State, { kind, text, asks }: Prompt): string {
  if (kind === 'value') {
    return asks === undefined || state.reading === null ? '' : hintOfValue(asks, state.reading.cluster)
  }
  if (kind === 'command') return commandHint(text)
  if (kind === 'filter') return filterHint(state) || HINTS.filter
  return HINTS[kind]
}

const HINTS = {
  command: 'Tab completes, ↑ ↓ what was entered   Enter goes, Esc stays',
  filter: 'text !text key:value key:one,other "a b"   Enter keeps it, Esc clears it',
  search: 'n and N go to the hits   Enter keeps it, Esc clears it',
  save: 'Enter saves, Esc does not',
} as const satisfies Record<PlainPrompt, string>

/** What the command that is typed would do, as soon as it is one. */
function commandHint(text: string): string {
  const { word } = splitCommand(text)
  const [command, other] = word === '' ? [] : findCommands(word)
  if (command === undefined) return word === '' ? HINTS.command : 'there is no such command'
  return other === undefined ? command.words : HINTS.command
}

/** Why what was entered cannot be taken; else what could stand in the line, as much of it as fits, and how much more there is; null where nothing is to be said. */
export function candidatesRow(state: State, width: number, looks: Looks): Row | null {
  const { prompt } = state.navigation
  if (prompt === null) return null
  if (prompt.complaint !== undefined) return [span(prompt.complaint, WRONG)]
  const { texts, chosen } = candidatesOf(state, prompt)
  if (texts.length === 0) return null
  const all = countFitting(texts, 0, width, looks) === texts.length
  const room = all ? width : width - ` and ${texts.length} more`.length - GAP.text.length
  const { first, count } = pageWith(texts, Math.max(0, chosen), room, looks)
  const rows = texts.slice(first, first + count).map((text, index) => candidateRow(text, first + index === chosen))
  const hidden = texts.length - count
  return [...joinRows(rows, GAP), ...(hidden > 0 ? [GAP, span(`and ${hidden} more`, QUIET)] : [])]
}

const GAP = span('  ')

/** The one that stands in the line is in brackets, as the panel in focus is among tabs. */
const candidateRow = (text: string, isChosen: boolean): Row =>
  isChosen ? [span(`[${text}]`, KEY)] : [span(text, PLAIN)]

type Page = { readonly first: number; readonly count: number }

/** They are shown by the page, and stand still while Tab goes through a page. */
function pageWith(texts: readonly string[], chosen: number, room: number, looks: Looks): Page {
  let first = 0
  for (;;) {
    const count = countFitting(texts, first, room, looks)
    if (chosen < first + count || first + count >= texts.length) return { first, count }
    first += count
  }
}

/** How many of the texts fit from here on, one of them with brackets; at least one, which is cut where it must be. */
function countFitting(texts: readonly string[], first: number, room: number, looks: Looks): number {
  let left = room - 2
  let count = 0
  for (const text of texts.slice(first, first + room)) {
    left -= textWidth(visibleText(text, looks.isAscii)) + (count > 0 ? GAP.text.length : 0)
    if (left < 0) break
    count += 1
  }
  return Math.max(1, count)
}
