import { assertNever } from '../rules/assert-never.ts'
import { commonBeginning, completionOf } from './completing.ts'
import { currentView } from './current-view.ts'
import { inspectSearch } from './inspect/inspect-keys.ts'
import { type EditLine, editLine, insertText } from './line-edit.ts'
import { logSearch, saveLog } from './logs/log-keys.ts'
import { withNavigation } from './navigating.ts'
import { runCommand } from './running-command.ts'
import type { Prompt, State } from './state.ts'
import { type Step, stay } from './step.ts'
import { isSearched, typed } from './taking-effect.ts'
import { enterValue } from './values/asking-value.ts'

/** Opens the line at the bottom in which a filter or a command is typed. */
export function openPrompt(state: State, prompt: Prompt): State {
  return withNavigation(state, { prompt })
}

/** Lists are narrowed; in logs and in inspect something is looked for. */
export function openSearchOrFilter(state: State): State {
  const { focus, filter } = currentView(state)
  if (!isSearched(state)) return openPrompt(state, { kind: 'filter', text: filter.text })
  return openPrompt(state, { kind: 'search', text: focus === 'logs' ? logSearch(state) : inspectSearch(state) })
}

/** A key while something is being typed. A filter works as it is typed; a command when it is entered. */
export function pressPromptKey(state: State, prompt: Prompt, key: string): Step {
  switch (key) {
    case 'enter':
      return enterPrompt(state, prompt)
    case 'esc':
      return stay(typed(withNavigation(state, { prompt: null }), prompt.kind, ''))
    case 'tab':
      return stay(complete(state, prompt, 1))
    case 'shift+tab':
      return stay(complete(state, prompt, -1))
    case 'up':
      return stay(recall(state, prompt, 1))
    case 'down':
      return stay(recall(state, prompt, -1))
    default:
      return stay(edit(state, prompt, key))
  }
}

/** Pasted text; its line breaks are blanks here. */
export function typeIntoPrompt(state: State, prompt: Prompt, text: string): Step {
  const pasted = text.replace(/[\r\n\t]+/g, ' ').trimEnd()
  return stay(write(state, prompt, insertText(withoutSelected(prompt), pasted)))
}

/** Where the caret of a prompt stands, in UTF-16 units. */
export const caretOf = ({ text, caret = text.length }: Prompt): number => Math.min(caret, text.length)

/** What could stand before the caret, and which of it stands there while Tab goes through it. */
export function candidatesOf(
  state: State,
  prompt: Prompt,
): { readonly texts: readonly string[]; readonly chosen: number } {
  const before = prompt.cycling?.typed ?? prompt.text.slice(0, caretOf(prompt))
  return { texts: completionOf(state, prompt, before).candidates, chosen: prompt.cycling?.index ?? -1 }
}

/** How the likeliest candidate goes on behind the caret; `''` where something stands there already. */
export function ghostOf(state: State, prompt: Prompt): string {
  const { text, cycling } = prompt
  if (caretOf(prompt) < text.length || cycling !== undefined || text.trim() === '') return ''
  const { start, candidates } = completionOf(state, prompt, text)
  return candidates[0]?.slice(text.length - start) ?? ''
}

const lineOf = (prompt: Prompt): EditLine => ({ text: prompt.text, caret: caretOf(prompt) })

function withoutSelected(prompt: Prompt): EditLine {
  const caret = caretOf(prompt)
  const { text, selectedFrom = caret } = prompt
  return { text: text.slice(0, selectedFrom) + text.slice(caret), caret: selectedFrom }
}

/** The ghost is taken by going on to the right where the line ends. */
function edit(state: State, prompt: Prompt, key: string): State {
  if (prompt.selectedFrom !== undefined) return editSelected(state, prompt, key)
  const isAtEnd = caretOf(prompt) === prompt.text.length
  const line =
    isAtEnd && (key === 'right' || key === 'end')
      ? insertText(lineOf(prompt), ghostOf(state, prompt))
      : editLine(lineOf(prompt), key)
  return line === null ? state : write(state, prompt, line)
}

/** What is typed, or a key that takes away, takes the place of what is selected; any other key lets go of it. */
function editSelected(state: State, prompt: Prompt, key: string): State {
  const without = withoutSelected(prompt)
  const { selectedFrom, ...rest } = prompt
  if (key === 'backspace' || key === 'delete') return write(state, prompt, without)
  const typed = editLine(without, key)
  const isTyped = typed !== null && typed.text.length > without.text.length
  return isTyped ? write(state, prompt, typed) : edit(withNavigation(state, { prompt: rest }), rest, key)
}

/** The prompt with another line in it, which takes effect as far as it does while it is typed. */
function write(
  state: State,
  { kind, text: before, asks }: Prompt,
  { text, caret }: EditLine,
  more: Partial<Prompt> = {},
): State {
  const prompt: Prompt = {
    kind,
    text,
    ...(asks !== undefined && { asks }),
    ...(caret === text.length ? {} : { caret }),
    ...more,
  }
  const written = withNavigation(state, { prompt })
  return text === before ? written : typed(written, kind, text)
}

/** As shells do: what all candidates share is written at once; when there is no more of that, Tab goes through them. */
function complete(state: State, prompt: Prompt, direction: 1 | -1): State {
  const caret = caretOf(prompt)
  const before = prompt.cycling?.typed ?? prompt.text.slice(0, caret)
  const after = prompt.text.slice(caret)
  const { start, candidates, gap } = completionOf(state, prompt, before)
  const put = (candidate: string, more: Partial<Prompt> = {}) => {
    const text = before.slice(0, start) + candidate
    return write(state, prompt, { text: text + after, caret: text.length }, more)
  }
  const [only] = candidates
  if (only === undefined) return state
  if (candidates.length === 1) return put(only + gap)
  const shared = commonBeginning(candidates)
  if (prompt.cycling === undefined && shared.length > before.length - start) return put(shared)
  const here = prompt.cycling?.index ?? (direction === 1 ? -1 : 0)
  const index = (here + direction + candidates.length) % candidates.length
  return put(candidates[index] ?? only, { cycling: { typed: before, index } })
}

/** Goes back through what was entered in this session, and forth again to what was being typed. */
function recall(state: State, prompt: Prompt, direction: 1 | -1): State {
  const { entered } = state.navigation
  if (prompt.kind !== 'command') return state
  const { back, typed: own } = prompt.recalled ?? { back: 0, typed: prompt.text }
  const there = Math.min(entered.length, Math.max(0, back + direction))
  if (there === back) return state
  const text = there === 0 ? own : (entered[entered.length - there] ?? '')
  const recalled = there === 0 ? {} : { recalled: { back: there, typed: own } }
  return write(state, prompt, { text, caret: text.length }, recalled)
}

function enterPrompt(state: State, prompt: Prompt): Step {
  const { kind, text } = prompt
  const closed = withNavigation(state, { prompt: null })
  switch (kind) {
    case 'command':
      return runCommand(remember(closed, text), text)
    case 'save':
      return saveLog(closed, text)
    case 'value':
      return enterValue(state, prompt)
    case 'filter':
    case 'search':
      return stay(closed)
    default:
      return assertNever(kind)
  }
}

function remember(state: State, text: string): State {
  if (text.trim() === '') return state
  const others = state.navigation.entered.filter(other => other !== text)
  return withNavigation(state, { entered: [...others.slice(1 - MOST_ENTERED), text] })
}

const MOST_ENTERED = 50
