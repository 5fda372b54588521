import type { Completion } from './completing.ts'
import { currentView } from './current-view.ts'
import { splitTerms, unknownKeys } from './filter.ts'
import { fieldNames } from './rows/panel-rows.ts'
import type { State } from './state.ts'

/** The keys that the rows of the panel in focus can be narrowed by, for the term before the caret. */
export function completeFilter(state: State, text: string): Completion {
  const last = splitTerms(text).at(-1)
  const isInTerm = last !== undefined && last.start + last.written.length === text.length
  const term = isInTerm ? last.written : ''
  const typed = term.replace(/^!/, '')
  const keys = fieldNames(state, currentView(state).focus).map(key => `${key}:`)
  return {
    start: text.length - typed.length,
    candidates: keys.filter(key => key.startsWith(typed.toLowerCase()) && key !== typed),
    gap: '',
  }
}

/** What a person ought to know about the filter they are typing; `''` for nothing. */
export function filterHint(state: State): string {
  const { focus, filter } = currentView(state)
  const fields = fieldNames(state, focus)
  const [unknown] = fields.length === 0 ? [] : unknownKeys(filter, fields)
  return unknown === undefined ? '' : `nothing here has a "${unknown}": it is taken for a text`
}
