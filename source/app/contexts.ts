import type { ListedContext } from '../swarm/listed-context.ts'
import { findCommands, splitCommand } from './commands.ts'
import { currentView } from './current-view.ts'
import { initialState } from './initial-state.ts'
import { notify } from './navigating.ts'
import { selectedRow } from './rows/panel-rows.ts'
import type { Place, State } from './state.ts'
import { type Step, stay } from './step.ts'
import { watchedOf } from './watching.ts'

/** The person's docker contexts, as their files tell of them. */
export type Contexts = {
  /** Null before the first answer. */
  readonly list: readonly ListedContext[] | null
  readonly isAsking: boolean
  readonly askedAt: number
}

/** A change of the context: warned of, so that it is done when it is asked for again; or under way, by its number. */
export type ContextChange =
  | { readonly kind: 'warned'; readonly name: string; readonly at: number }
  | { readonly kind: 'under-way'; readonly name: string; readonly number: number }

/** Files are read often enough for a person who mends one to see it. */
const READ_EVERY_MS = 5000
/** Who comes back to it after a while is warned again. */
const WARNING_HOLDS_MS = 30_000

/** Reads which contexts there are while they are looked at, or named in a command. */
export function listContextsIfDue(state: State): Step {
  if (state.now < contextsDueAt(state)) return stay(state)
  const contexts = { list: state.contexts?.list ?? null, isAsking: true, askedAt: state.now }
  return { state: { ...state, contexts }, effects: [{ kind: 'list-contexts' }] }
}

/** When they have to be read again, milliseconds since 1970. */
export function contextsDueAt(state: State): number {
  const { contexts } = state
  if (!isInterested(state) || contexts?.isAsking) return Number.POSITIVE_INFINITY
  return contexts === null ? state.now : contexts.askedAt + READ_EVERY_MS
}

function isInterested(state: State): boolean {
  if (currentView(state).screen.kind === 'contexts') return true
  const { prompt } = state.navigation
  if (prompt?.kind !== 'command') return false
  const { word, argumentAt } = splitCommand(prompt.text)
  return argumentAt !== null && findCommands(word).some(({ does }) => does.kind === 'contexts')
}

export function receiveContexts(state: State, list: readonly ListedContext[]): State {
  return { ...state, contexts: { list, isAsking: false, askedAt: state.contexts?.askedAt ?? state.now } }
}

/** Enter on the screen of contexts. */
export function changeToSelected(state: State): Step {
  const context = selectedRow(state, 'contexts')
  return context === null ? stay(state) : changeContext(state, context.name)
}

/**
 * Asks for the engines of another context. What would be lost with the present one is said first, and asking again is the
 * answer.
 */
export function changeContext(state: State, name: string): Step {
  const { contexts, contextChange } = state
  const listed = contexts?.list?.find(context => context.name === name)
  if (contextChange?.kind === 'under-way') return complain(state, `The context "${contextChange.name}" is being opened`)
  if (listed === undefined && contexts?.list != null) {
    return complain(
      state,
      `There is no docker context "${name}": there are ${contexts.list.map(one => one.name).join(', ')}`,
    )
  }
  if (listed !== undefined && listed.problem !== '') return complain(state, listed.problem)
  if (name === state.settings.source.context) return complain(state, `This is the context "${name}"`)
  const loss = whatIsLost(state)
  if (loss !== '' && !isWarned(state, name)) {
    const warned: State = { ...state, contextChange: { kind: 'warned', name, at: state.now } }
    return complain(warned, `${loss}: ask for "${name}" again to go there all the same`)
  }
  const number = state.polling.sequence + 1
  return {
    state: {
      ...notify(state, 'info', `Opening the context "${name}"`),
      polling: { ...state.polling, sequence: number },
      contextChange: { kind: 'under-way', name, number },
    },
    effects: [{ kind: 'change-context', number, name }],
  }
}

function whatIsLost(state: State): string {
  const { settings } = state
  const [watched, ...others] = watchedOf(state)
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return [
    ...(watched === undefined ? [] : [`${watched.name}${more} would not be followed any more`]),
    ...(settings.source.kind === 'simulator' ? ['the simulation ends when you leave it'] : []),
  ]
    .join(', and ')
    .replace(/^./, first => first.toUpperCase())
}

function isWarned({ contextChange, now }: State, name: string): boolean {
  return contextChange?.kind === 'warned' && contextChange.name === name && now - contextChange.at < WARNING_HOLDS_MS
}

/**
 * The other engines are open: all that was known of the old swarm is gone, and what a person has set stays. Numbers go on,
 * so that a late answer is known by its own.
 */
export function enterContext(state: State, number: number, place: Place): Step {
  if (!isUnderWay(state, number)) return stay(state)
  const { now, size, preferences, polling, acting, navigation } = state
  const { patience: _, controls: __, ...settings } = state.settings
  const fresh = initialState({ settings: { ...settings, ...place }, preferences, now, ...size })
  const entered: State = {
    ...fresh,
    polling: { ...fresh.polling, sequence: polling.sequence + 1 },
    acting: { ...fresh.acting, sequence: acting.sequence + 1 },
    navigation: { ...fresh.navigation, entered: navigation.entered },
  }
  return stay(notify(entered, 'info', `Now in the context "${place.source.context}"`))
}

/** The context cannot be used: nothing has changed. */
export function refuseContext(state: State, number: number, text: string): State {
  return isUnderWay(state, number) ? notify({ ...state, contextChange: null }, 'warning', text) : state
}

function isUnderWay({ contextChange }: State, number: number): boolean {
  return contextChange?.kind === 'under-way' && contextChange.number === number
}

function complain(state: State, text: string): Step {
  return stay(notify(state, 'warning', text))
}
