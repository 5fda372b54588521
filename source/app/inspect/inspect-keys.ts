import { assertNever } from '../../rules/assert-never.ts'
import { currentView } from '../current-view.ts'
import type { DocumentAction } from '../intent.ts'
import { sayKey } from '../key-groups.ts'
import { notify, push, withNavigation, withView } from '../navigating.ts'
import { selectedId } from '../rows/panel-rows.ts'
import { screenKey } from '../screen.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { type DocumentLook, isWithin, pathOfValue } from './document.ts'
import { nameIn, preparedDocument, unfoldedLines } from './document-lines.ts'
import { documentText } from './document-text.ts'
import { inspectedObject } from './inspected-object.ts'
import { nextHit, unfoldTo } from './search-document.ts'
import { countMasked, isRevealed, type ShownDocument, shownDocument, shownLines } from './shown-document.ts'

/** Opens the object that is selected as the engine tells it. */
export function openInspect(state: State): State {
  const { focus } = currentView(state)
  if (focus === 'inspect') return notify(state, 'info', 'This is it: the object as the engine tells it')
  const object = inspectedObject(state)
  return object === null
    ? notify(state, 'info', 'There is no single object behind this: go to a node, a service or a task')
    : push(state, { kind: 'inspect', object })
}

export function pressInspectKey(state: State, action: DocumentAction): Step {
  if (action === 'reveal') return stay(toggleMasks(state))
  const shown = shownDocument(state)
  if (shown?.object == null) return stay(notify(state, 'info', 'There is nothing to see yet'))
  switch (action) {
    case 'fold':
      return stay(toggleFold(state, shown))
    case 'fold-all':
      return stay(foldOrUnfoldAll(state, shown, shown.object))
    case 'format':
      return stay(changeFormat(state, shown))
    case 'pager':
    case 'editor':
      return openElsewhere(state, shown, shown.object, action)
    default:
      return assertNever(action)
  }
}

/** Lines may be longer than the screen is wide. */
export function shiftInspect(state: State, direction: 1 | -1): State {
  const shown = shownDocument(state)
  if (shown === null) return state
  return withLook(state, shown, { shift: Math.max(0, shown.look.shift + direction * SHIFT_COLUMNS) })
}

const SHIFT_COLUMNS = 16

export function goToInspectHit(state: State, direction: 1 | -1): State {
  const shown = shownDocument(state)
  if (shown === null) return state
  if (shown.look.search === '')
    return notify(state, 'info', `Nothing is looked for yet${sayKey(state, 'filter', key => `: ${key} does`)}`)
  const hit = nextHit(shown, selectedId(state, 'inspect'), direction)
  return hit === null ? notify(state, 'info', `"${shown.look.search}" is not in it`) : select(state, shown, hit)
}

/** What is looked for, as it is typed: the first hit from here on is gone to. */
export function searchInspect(state: State, text: string): State {
  const shown = shownDocument(state)
  if (shown === null) return state
  const searching = withLook(state, shown, { search: text })
  const document = shownDocument(searching)
  const hit = document === null ? null : nextHit(document, selectedId(state, 'inspect'), 1, 'here')
  return hit === null || document === null ? searching : select(searching, document, hit)
}

export function inspectSearch(state: State): string {
  return shownDocument(state)?.look.search ?? ''
}

/** Shows what is masked, or masks it again; leaving the screen masks it too. */
function toggleMasks(state: State): State {
  if (isRevealed(state)) return withNavigation(state, { revealed: null })
  const { screen } = currentView(state)
  if (screen.kind === 'inspect' && countMasked(state) === 0) return notify(state, 'info', 'Nothing is masked here')
  return withNavigation(state, { revealed: screenKey(screen) })
}

function withLook(state: State, { look }: ShownDocument, change: Partial<DocumentLook>): State {
  return withView(state, { document: { ...look, ...change } })
}

/** Goes to a line, and unfolds what hides it. */
function select(state: State, shown: ShownDocument, path: string): State {
  const { selection } = currentView(state)
  const chosen = withView(state, { selection: { ...selection, inspect: path } })
  return withLook(chosen, shown, { folds: unfoldTo(shown.look.folds, path) })
}

/** What cannot be folded itself is folded together with what it is in. */
function toggleFold(state: State, shown: ShownDocument): State {
  const path = selectedId(state, 'inspect') ?? ''
  const foldable = shownLines(state).filter(line => line.fold !== 'none')
  const line = foldable.findLast(other => other.path === path || isWithin(path, other.path))
  if (line === undefined) return notify(state, 'info', 'There is nothing to fold in this line')
  const { folds } = shown.look
  const changed = line.fold === 'closed' ? folds.filter(fold => fold !== line.path) : [...folds, line.path]
  return withLook(choose(state, line.path), shown, { folds: changed })
}

function foldOrUnfoldAll(state: State, shown: ShownDocument, object: object): State {
  const foldable = unfoldedLines(object, shown.showing).filter(({ fold }) => fold === 'open')
  const outermost = shownLines(state).filter(({ fold }) => fold === 'open')
  if (outermost.length === 0) return withLook(state, shown, { folds: [] })
  const folds = foldable.map(({ path }) => path)
  const path = selectedId(state, 'inspect') ?? ''
  const holder = folds.find(fold => isWithin(path, fold)) ?? path
  return withLook(choose(state, holder), shown, { folds })
}

function choose(state: State, path: string): State {
  return withView(state, { selection: { ...currentView(state).selection, inspect: path } })
}

/** The lines differ; what they show is the same. */
function changeFormat(state: State, shown: ShownDocument): State {
  const path = pathOfValue(selectedId(state, 'inspect') ?? '')
  return withLook(choose(state, path), shown, { format: shown.look.format === 'yaml' ? 'json' : 'yaml' })
}

function openElsewhere(state: State, shown: ShownDocument, object: object, program: 'pager' | 'editor'): Step {
  const { ref, showing } = shown
  const name = nameIn(preparedDocument(object, showing).value)
  const fileName = [ref.kind, name]
    .filter(Boolean)
    .join('-')
    .replace(/[^\w.-]+/g, '_')
    .slice(0, LONGEST_FILE_NAME)
  const file = { name: `${fileName}.${showing.format}`, text: documentText(object, showing) }
  return { state, effects: [{ kind: 'open-elsewhere', program, ...file }] }
}

const LONGEST_FILE_NAME = 100
