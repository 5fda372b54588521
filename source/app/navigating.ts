import { currentView } from './current-view.ts'
import { NO_FILTER } from './filter.ts'
import { OVERVIEW } from './overview.ts'
import { isList, rowIds, selectedId } from './rows/panel-rows.ts'
import { PANELS, type Panel, type Screen, screenKey, type View } from './screen.ts'
import type { Navigation, Notice, State } from './state.ts'
import { type Step, stay } from './step.ts'

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

/** Moves the selection of any panel by some rows; it stops at either end. */
export function moveRows(state: State, panel: Panel, by: number): State {
  const ids = rowIds(state, panel)
  const here = ids.indexOf(selectedId(state, panel) ?? '')
  const id = ids[Math.min(ids.length - 1, Math.max(0, here + by))]
  const { selection } = currentView(state)
  return id === undefined ? state : withView(state, { selection: { ...selection, [panel]: id } })
}

/** Selects a row of a panel and gives it the focus, as a click does. */
export function selectRow(state: State, panel: View['focus'], id: string | null): State {
  const view = currentView(state)
  if (!PANELS[view.screen.kind].includes(panel)) return state
  const focused = panel === view.focus ? state : withView(keepSelections(state), { focus: panel, filter: NO_FILTER })
  const { selection } = currentView(focused)
  return id === null ? focused : withView(focused, { selection: { ...selection, [panel]: id } })
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

/** Clears the marks first, then the filter or the search; then to the view before. At the first screen it does nothing. */
export function goBack(state: State): State {
  const { focus, marks, filter, log } = currentView(state)
  if (log !== undefined && log.search !== '') return withView(state, { log: { ...log, search: '', isOnlyHits: false } })
  if ((marks[focus] ?? []).length > 0) return withView(state, { marks: { ...marks, [focus]: [] } })
  if (filter.text !== '') return withView(takeSelection(state), { filter: NO_FILTER })
  const { stack } = state.navigation
  return stack.length > 1 ? withStack(state, stack.slice(0, -1)) : state
}

/** What is pointed at in a narrowed list is what a person means: it stays so when the list is whole again. */
function takeSelection(state: State): State {
  const { focus, selection } = currentView(state)
  const id = selectedId(state, focus)
  return id === null ? state : withView(state, { selection: { ...selection, [focus]: id } })
}

/** Whether there is nothing left to go back from. */
export function isHome(state: State): boolean {
  const { focus, filter, marks } = currentView(state)
  return state.navigation.stack.length < 2 && filter.text === '' && (marks[focus] ?? []).length === 0
}

/** Back to a view further down, by its place in the stack. */
export function goToDepth(state: State, depth: number): State {
  const { stack } = state.navigation
  return depth < stack.length - 1 ? withStack(state, stack.slice(0, depth + 1)) : state
}

/** Back, or `null` at the first screen, where this means to quit. */
export function leave(state: State): Step | null {
  const { stack } = state.navigation
  return stack.length < 2 ? null : stay(withStack(state, stack.slice(0, -1)))
}

/** Goes to a screen by name. The overview stays below it, so that Esc leads home. */
export function goTo(state: State, screen: Screen): State {
  if (isSameScreen(currentView(state).screen, screen)) return state
  const overview = state.navigation.stack[0] ?? OVERVIEW
  return withStack(state, screen.kind === 'overview' ? [overview] : [overview, viewOf(state, screen)])
}

/** Goes to a screen by name, with the list that it stands in below it and selected there. */
export function goThrough(
  state: State,
  list: { readonly screen: Screen; readonly panel: Panel; readonly id: string },
  screen: Screen,
  select: Partial<View>,
): State {
  if (isSameScreen(currentView(state).screen, screen)) return withView(state, select)
  const overview = state.navigation.stack[0] ?? OVERVIEW
  const below = viewOf(state, list.screen)
  const selected = { ...below, selection: { ...below.selection, [list.panel]: list.id } }
  return withStack(state, [overview, selected, { ...viewOf(state, screen), ...select }])
}

/** Opens a screen on top of the one that is looked at, which Esc leads back to. */
export function push(state: State, screen: Screen, select: Partial<View> = {}): State {
  if (isSameScreen(currentView(state).screen, screen)) return withView(state, select)
  const kept = takeSelection(keepSelections(state))
  const view = { ...viewOf(kept, screen), ...select }
  return withStack(kept, [...kept.navigation.stack, view])
}

/** To where one was before the last move, and there again. */
export function goLast(state: State): State {
  const { previous } = state.navigation
  return previous === null ? state : withStack(state, previous)
}

/** The state with another stack of views; the view that is left is kept as it is, for when its screen is opened again. */
function withStack(state: State, stack: readonly View[]): State {
  const left = currentView(state)
  const key = screenKey(left.screen)
  const others = Object.entries(state.navigation.kept).filter(([other]) => other !== key)
  const kept = Object.fromEntries([...others.slice(1 - MOST_KEPT_VIEWS), [key, left]])
  return withNavigation(state, { stack, previous: state.navigation.stack, kept })
}

const MOST_KEPT_VIEWS = 100

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

/**
 * Writes down what is selected, in every panel that has rows: a selection is an identity from the moment it is looked
 * at, and must not slide when rows come before it. Where what was selected is gone, its neighbour of `before` is. The
 * newest event stays selected until a person goes to another.
 */
export function keepSelections(state: State, before: State = state): State {
  const { screen, selection } = currentView(state)
  const kept = Object.fromEntries(
    PANELS[screen.kind].filter(isList).flatMap(panel => {
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

/**
 * Whether a node, a service or a finding that the keys went to is gone, so that they go to another one now. One that a filter hides
 * already is not missed.
 */
export function hasLostSelection(state: State, before: State): boolean {
  const { focus, selection } = currentView(before)
  const chosen = selection[focus]
  const isActedOn = focus === 'nodes' || focus === 'services' || focus === 'matrix' || focus === 'doctor'
  if (!isActedOn || chosen === undefined || !rowIds(before, focus).includes(chosen)) return false
  return !rowIds(state, focus).includes(chosen)
}

/** As it was left, or as it is first seen. */
function viewOf({ navigation }: State, screen: Screen): View {
  return navigation.kept[screenKey(screen)] ?? firstView(screen)
}

function firstView(screen: Screen): View {
  const [focus] = PANELS[screen.kind]
  return {
    screen,
    focus: FIRST_FOCUS[screen.kind] ?? focus,
    selection: {},
    parts: {},
    filter: NO_FILTER,
    sorts: {},
    marks: {},
  }
}

/** Where it is not the first panel that the keys go to. */
const FIRST_FOCUS: Readonly<Partial<Record<Screen['kind'], View['focus']>>> = { service: 'tasks', slot: 'tasks' }

const isSameScreen = (one: Screen, other: Screen): boolean => screenKey(one) === screenKey(other)

/** About half a screen: whatever the panel's height is, what was last on the page stays in sight. */
function pageRows(state: State): number {
  return Math.max(1, Math.floor(state.size.rows / 2))
}
