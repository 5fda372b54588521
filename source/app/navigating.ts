import { NO_FILTER } from './filter.ts'
import { OVERVIEW } from './initial-state.ts'
import { BINDINGS } from './keys.ts'
import { currentView, rowIds, selectedId, shownService } from './rows.ts'
import type { Navigation, Notice, Panel, Screen, ScreenKind, State, View } from './state.ts'
import { type Step, stay } from './step.ts'

/** The panels of a screen that can have the focus, in the order of Tab. */
export const PANELS: Readonly<Record<ScreenKind, readonly Panel[]>> = {
  overview: ['nodes', 'services', 'slots', 'events'],
  nodes: ['nodes'],
  services: ['services'],
  events: ['events'],
  node: ['tasks'],
  service: ['slots', 'tasks'],
}

/** Moves the selection of the panel in focus; it stays where it is at either end. */
export function moveSelection(state: State, by: 'row' | 'page' | 'end', direction: 1 | -1): State {
  const { focus, selection } = currentView(state)
  const ids = rowIds(state, focus)
  if (ids.length === 0) return state
  const here = ids.indexOf(selectedId(state, focus) ?? '')
  const distance = { row: 1, page: pageRows(state), end: ids.length }[by]
  const there = Math.min(ids.length - 1, Math.max(0, here + direction * distance))
  const id = ids[there]
  return id === undefined ? state : withView(state, { selection: { ...selection, [focus]: id } })
}

/** Gives the focus to the next panel of the screen, round and round. The filter stays with the panel it was made for. */
export function moveFocus(state: State, direction: 1 | -1): State {
  const view = currentView(state)
  const panels = PANELS[view.screen.kind]
  if (panels.length < 2) return state
  const here = panels.indexOf(view.focus)
  const focus = panels[(here + direction + panels.length) % panels.length] ?? view.focus
  return withView(keepSelections(state), { focus, filter: NO_FILTER })
}

/** Opens what is selected: a node its tasks, a service (or one of its slots) its slots. */
export function openSelected(state: State): State {
  const { screen, focus } = currentView(state)
  const id = selectedId(state, focus)
  if (focus === 'events') return screen.kind === 'events' ? state : goTo(state, { kind: 'events' })
  if (id === null) return state
  if (focus === 'nodes') return push(state, { kind: 'node', nodeId: id })
  if (focus === 'services') return push(state, { kind: 'service', serviceId: id })
  if (focus === 'slots' && screen.kind === 'overview') return openShownService(state)
  return state
}

/** Clears the filter first; then to the view before. At the first screen it does nothing. */
export function goBack(state: State): State {
  if (currentView(state).filter.text !== '') return withView(state, { filter: NO_FILTER })
  const { stack } = state.navigation
  return stack.length > 1 ? withNavigation(state, { stack: stack.slice(0, -1), previous: currentView(state) }) : state
}

/** Whether there is nothing left to go back from. */
export function isHome(state: State): boolean {
  return state.navigation.stack.length < 2 && currentView(state).filter.text === ''
}

/** Back, or `null` at the first screen, where this means to quit. */
export function leave(state: State): Step | null {
  const { stack } = state.navigation
  if (stack.length < 2) return null
  return stay(withNavigation(state, { stack: stack.slice(0, -1), previous: currentView(state) }))
}

/** Goes to a screen by name. The overview stays below it, so that Esc leads home. */
export function goTo(state: State, screen: Screen): State {
  const here = currentView(state)
  if (isSameScreen(here.screen, screen)) return state
  const overview = state.navigation.stack[0] ?? OVERVIEW
  const stack = screen.kind === 'overview' ? [overview] : [overview, firstView(screen)]
  return withNavigation(state, { stack, previous: here })
}

/** To the view before the last move, and there again. */
export function goLast(state: State): State {
  const { previous, stack } = state.navigation
  if (previous === null) return state
  const overview = stack[0] ?? OVERVIEW
  const next = previous.screen.kind === 'overview' ? [previous] : [overview, previous]
  return withNavigation(state, { stack: next, previous: currentView(state) })
}

/** The help is scrolled, and put away with the key that opened it or the ones that lead back. */
export function pressHelpKey(state: State, key: string): State {
  const { helpOffset } = state.navigation
  if (['?', 'esc', 'q', 'enter'].includes(key)) return withNavigation(state, { isHelpOpen: false })
  const by = HELP_STEPS[key]
  if (by === undefined) return state
  const offset = Math.min(BINDINGS.length, Math.max(0, helpOffset + by))
  return withNavigation(state, { helpOffset: offset })
}

const HELP_STEPS: Readonly<Record<string, number>> = {
  down: 1,
  j: 1,
  up: -1,
  k: -1,
  pagedown: 10,
  pageup: -10,
  home: -1000,
  g: -1000,
  end: 1000,
  G: 1000,
}

/** The state with the view on top of the stack changed. */
export function withView(state: State, change: Partial<View>): State {
  const view = { ...currentView(state), ...change }
  return withNavigation(state, { stack: [...state.navigation.stack.slice(0, -1), view] })
}

/** The state with its navigation changed. */
export function withNavigation(state: State, change: Partial<Navigation>): State {
  return { ...state, navigation: { ...state.navigation, ...change } }
}

/** A line for the person, which the next key takes away. */
export function notify(state: State, weight: Notice['weight'], text: string): State {
  return withNavigation(state, { notice: { weight, text }, noticedAt: state.now })
}

const NOTICE_LASTS_MS = 10_000

/** Without the notice that has stood long enough to be read. */
export function dropOldNotice(state: State): State {
  const { notice, noticedAt } = state.navigation
  return notice !== null && state.now - noticedAt > NOTICE_LASTS_MS ? withNavigation(state, { notice: null }) : state
}

function openShownService(state: State): State {
  const shown = shownService(state)
  return shown === null ? state : push(state, { kind: 'service', serviceId: shown.service.id })
}

function push(state: State, screen: Screen): State {
  const here = currentView(keepSelections(state))
  const below = [...state.navigation.stack.slice(0, -1), here]
  return withNavigation(state, { stack: [...below, firstView(screen)], previous: here })
}

/**
 * Writes down what is selected, in every panel that has rows: a selection is an identity from the moment it is looked
 * at, and must not slide when rows come before it. Where what was selected is gone, its neighbour of `before` is. The
 * newest event stays selected until a person goes to another.
 */
export function keepSelections(state: State, before: State = state): State {
  const { screen, selection } = currentView(state)
  const kept = Object.fromEntries(
    PANELS[screen.kind].flatMap(panel => {
      const id = keepSelection(rowIds(state, panel), rowIds(before, panel), selection[panel], panel === 'events')
      return id === undefined ? [] : [[panel, id]]
    }),
  )
  return withView(state, { selection: { ...selection, ...kept } })
}

function keepSelection(
  ids: readonly string[],
  idsBefore: readonly string[],
  chosen: string | undefined,
  isGrowing: boolean,
): string | undefined {
  if (chosen === undefined) return isGrowing ? undefined : ids[0]
  if (ids.includes(chosen)) return chosen
  const place = idsBefore.indexOf(chosen)
  return ids.length === 0 || place < 0 ? chosen : ids[Math.min(place, ids.length - 1)]
}

/** Whether a node or a service that the keys went to is gone, so that they go to another one now. */
export function hasLostSelection(state: State, before: State): boolean {
  const { focus, selection } = currentView(before)
  const chosen = selection[focus]
  const isActedOn = focus === 'nodes' || focus === 'services'
  return isActedOn && chosen !== undefined && !rowIds(state, focus).includes(chosen)
}

function firstView(screen: Screen): View {
  const focus = screen.kind === 'service' ? 'tasks' : (PANELS[screen.kind][0] ?? 'services')
  return { screen, focus, selection: {}, filter: NO_FILTER }
}

function isSameScreen(one: Screen, other: Screen): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** About half a screen: whatever the panel's height is, what was last on the page stays in sight. */
function pageRows(state: State): number {
  return Math.max(1, Math.floor(state.size.rows / 2))
}
