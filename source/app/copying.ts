import { counted } from '../rules/counted.ts'
import { MASK } from '../swarm/masking.ts'
import { currentView } from './current-view.ts'
import { textOfFact } from './facts/fact.ts'
import { documentText } from './inspect/document-text.ts'
import { inspectedObject } from './inspect/inspected-object.ts'
import { shownDocument } from './inspect/shown-document.ts'
import { describeEntry } from './journal-words.ts'
import { sayKey } from './key-groups.ts'
import { linesInSight } from './logs/lines-in-sight.ts'
import { notify, withNavigation } from './navigating.ts'
import { isList, type ListPanelName, ROWS, rowsOf, selectedId, selectedRow } from './rows/panel-rows.ts'
import type { RowSource } from './rows/row-source.ts'
import type { Panel } from './screen.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** What `c` copies, and how that is told: `api`, `3 names`. */
type Copied = {
  readonly text: string
  readonly words: string
  /** Where it is the name of something that has an ID too. */
  readonly name?: string
}

/**
 * Copies the name of what is selected, or of all that is marked, by way of the terminal; again, its ID. Of a page it
 * copies what a line tells, of an object the part at the line, and from its first line all of it.
 */
export function copySelected(state: State): Step {
  const { focus } = currentView(state)
  const copied = whatToCopy(state, focus)
  if (copied === null || copied.text === '') return stay(notify(state, 'info', 'There is nothing to copy here'))
  const bytes = new TextEncoder().encode(copied.text).length
  if (bytes > MOST_BYTES) {
    return stay(
      notify(
        state,
        'warning',
        `${copied.words} is too large to copy through a terminal, which takes ${MOST_BYTES} bytes` +
          (focus === 'inspect' ? sayKey(state, 'pager', key => `: ${key} opens it`) : ''),
      ),
    )
  }
  const isMasked = copied.text.includes(MASK)
  const copying = withNavigation(state, { copied: copied.name ?? null })
  const told = notify(
    copying,
    'info',
    `Copied ${copied.words}${isMasked ? `; what is masked stays so${sayReveal(state, focus)}` : ''}`,
  )
  return { state: told, effects: [{ kind: 'copy', text: copied.text }] }
}

/** Where what is masked can be shown, and how. */
function sayReveal(state: State, panel: Panel): string {
  const name = { inspect: 'reveal', 'swarm-facts': 'reveal-tokens' }[panel as string]
  return name === undefined ? '' : sayKey(state, name, key => `: ${key} shows it`)
}

/** Many terminals take a sequence of 100,000 bytes, which in base64 holds this much. Source: chromium hterm osc52.sh */
const MOST_BYTES = 74_994

function whatToCopy(state: State, panel: Panel): Copied | null {
  switch (panel) {
    case 'inspect':
      return partOfDocument(state)
    case 'logs': {
      const [first, ...others] = linesInSight(state)
      if (first === undefined) return null
      return others.length === 0
        ? line(first)
        : { text: [first, ...others].join('\n'), words: `the ${counted(others.length + 1, 'line')} in sight` }
    }
    case 'events': {
      const entry = selectedRow(state, panel)
      return entry === null ? null : line(describeEntry(entry).text)
    }
    case 'story':
    case 'node-facts':
    case 'service-facts':
    case 'spec-diff':
    case 'progress':
    case 'swarm-facts':
    case 'rebalance-facts': {
      const fact = selectedRow(state, panel)
      return fact === null ? null : line(fact.copies ?? textOfFact(fact))
    }
    default:
      return isList(panel) ? namesOf(state, panel) : null
  }
}

const line = (text: string): Copied => ({
  text,
  words: text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS)}…` : text,
})

const LONGEST_WORDS = 60

function partOfDocument(state: State): Copied | null {
  const shown = shownDocument(state)
  if (shown?.object == null) return null
  const path = selectedId(state, 'inspect') ?? ''
  const text = documentText(shown.object, shown.showing, path)
  if (path === '') return { text, words: `the whole ${shown.ref.kind} as ${shown.showing.format.toUpperCase()}` }
  const lines = text.trimEnd().split('\n').length
  return lines === 1 ? line(text.trimEnd()) : { text, words: `${counted(lines, 'line')} at ${path}` }
}

/** Names, for commands; of a single thing, once its name has been copied, the ID. */
function namesOf(state: State, panel: ListPanelName): Copied | null {
  const source = ROWS[panel] as unknown as RowSource<unknown>
  const marked = currentView(state).marks[panel] ?? []
  const chosen: readonly (string | null)[] = marked.length > 0 ? marked : [selectedId(state, panel)]
  const rows: readonly unknown[] = rowsOf(state, panel)
  const picked = rows.filter(row => chosen.includes(source.idOf(row)))
  const names = picked.map(row => source.fieldsOf(row, state).name ?? source.idOf(row))
  const [name] = names
  if (name === undefined) return null
  if (names.length > 1) return { text: names.join('\n'), words: counted(names.length, 'name') }
  const id = inspectedObject(state)?.id ?? name
  if (id === name) return line(name)
  return state.navigation.copied === name
    ? { text: id, words: `the ID ${id}` }
    : { text: name, name, words: `${line(name).words}; again copies its ID` }
}
