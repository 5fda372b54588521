import { assertNever } from '../rules/assert-never.ts'
import { currentView } from './current-view.ts'
import { parseFilter } from './filter.ts'
import { findByName } from './find-by-name.ts'
import { inspectSearch, searchInspect } from './inspect/inspect-keys.ts'
import { logSearch, saveLog, searchLog } from './logs/log-keys.ts'
import { goTo, notify, withNavigation, withView } from './navigating.ts'
import type { Screen } from './screen.ts'
import type { Prompt, State } from './state.ts'
import { type Step, stay } from './step.ts'

/** Opens the line at the bottom in which a filter or a command is typed. */
export function openPrompt(state: State, prompt: Prompt): State {
  return withNavigation(state, { prompt })
}

/** Lists are narrowed; in logs and in inspect something is looked for. */
export function openSearchOrFilter(state: State): State {
  const { focus, filter } = currentView(state)
  if (focus === 'logs') return openPrompt(state, { kind: 'search', text: logSearch(state) })
  if (focus === 'inspect') return openPrompt(state, { kind: 'search', text: inspectSearch(state) })
  return openPrompt(state, { kind: 'filter', text: filter.text })
}

/** A key while something is being typed. A filter works as it is typed; a command when it is entered. */
export function pressPromptKey(state: State, prompt: Prompt, key: string): Step {
  if (key === 'enter') return enterPrompt(state, prompt)
  if (key === 'esc') return stay(leavePrompt(state, prompt))
  const text = edit(prompt.text, key)
  return text === null ? stay(state) : stay(withPromptText(state, prompt, text))
}

/** Pasted text; its line breaks are blanks here. */
export function typeIntoPrompt(state: State, prompt: Prompt, text: string): Step {
  return stay(withPromptText(state, prompt, prompt.text + text.replace(/[\r\n\t]+/g, ' ').trimEnd()))
}

/** The text after a key, or `null` for a key that writes nothing. */
function edit(text: string, key: string): string | null {
  if (key === 'backspace') return Array.from(text).slice(0, -1).join('')
  if (key === 'ctrl+u') return ''
  if (key === 'ctrl+w') return text.replace(/\S+\s*$/, '')
  if (key === 'space') return `${text} `
  return Array.from(key).length === 1 ? text + key : null
}

function withPromptText(state: State, prompt: Prompt, text: string): State {
  return takeEffect(withNavigation(state, { prompt: { ...prompt, text } }), prompt.kind, text)
}

/** A filter and a search work as they are typed. */
function takeEffect(state: State, kind: Prompt['kind'], text: string): State {
  if (kind === 'filter') return withView(state, { filter: parseFilter(text) })
  if (kind !== 'search') return state
  return currentView(state).focus === 'logs' ? searchLog(state, text) : searchInspect(state, text)
}

function leavePrompt(state: State, prompt: Prompt): State {
  return takeEffect(withNavigation(state, { prompt: null }), prompt.kind, '')
}

function enterPrompt(state: State, prompt: Prompt): Step {
  const closed = withNavigation(state, { prompt: null })
  switch (prompt.kind) {
    case 'command':
      return runCommand(closed, prompt.text)
    case 'save':
      return saveLog(closed, prompt.text)
    case 'filter':
    case 'search':
      return stay(closed)
    default:
      return assertNever(prompt)
  }
}

/** `:nodes`, `:svc ping`, `:quit`: the nouns are Swarm's, with the docker CLI's and k9s' short forms. */
function runCommand(state: State, text: string): Step {
  const [word = '', ...rest] = text.trim().split(/\s+/)
  const name = rest.join(' ')
  if (word === '') return stay(state)
  if (['q', 'q!', 'quit', 'exit'].includes(word)) {
    return { state: { ...state, isQuitting: true }, effects: [{ kind: 'quit' }] }
  }
  if (['help', 'h'].includes(word)) return stay(withNavigation(state, { isHelpOpen: true, helpOffset: 0 }))
  const noun = NOUNS.get(word.toLowerCase())
  if (noun === undefined) return complain(state, `There is no command "${word}": try ${COMMANDS}`)
  if (name === '') return stay(goTo(state, { kind: noun.list }))
  return openByName(state, noun.one, name)
}

type Noun = { readonly list: 'overview' | 'nodes' | 'services' | 'events'; readonly one: 'node' | 'service' | null }

const NOUNS: ReadonlyMap<string, Noun> = new Map([
  ['overview', { list: 'overview', one: null }],
  ['node', { list: 'nodes', one: 'node' }],
  ['nodes', { list: 'nodes', one: 'node' }],
  ['no', { list: 'nodes', one: 'node' }],
  ['service', { list: 'services', one: 'service' }],
  ['services', { list: 'services', one: 'service' }],
  ['svc', { list: 'services', one: 'service' }],
  ['events', { list: 'events', one: null }],
])

const COMMANDS = 'overview, nodes, services, events, node NAME, svc NAME, help, quit'

function openByName(state: State, one: Noun['one'], name: string): Step {
  if (one === null) return complain(state, `This command takes no name: try ${COMMANDS}`)
  const found = findByName(state, one, name)
  if (found.ids.length === 0) return complain(state, `There is no ${one} "${name}"`)
  const [id, other] = found.ids
  if (id === undefined || other !== undefined) {
    return complain(state, `${found.ids.length} ${one}s begin with "${name}": type more of the name`)
  }
  const screen: Screen = one === 'node' ? { kind: 'node', nodeId: id } : { kind: 'service', serviceId: id }
  return stay(goTo(state, screen))
}

function complain(state: State, text: string): Step {
  return stay(notify(state, 'warning', text))
}
