import { currentView } from './current-view.ts'
import { sayKey } from './key-groups.ts'
import { moveSelection, notify, withView } from './navigating.ts'
import { columnNames, selectedId, TABLES } from './rows/panel-rows.ts'
import type { State } from './state.ts'

/** Orders the panel in focus by its next column; after the last one comes the usual order again. */
export function sortByNext(state: State): State {
  const { focus, sorts } = currentView(state)
  const names = columnNames(focus)
  if (names.length === 0) return notify(state, 'info', 'There is nothing to order here')
  const column = names[names.indexOf(sorts[focus]?.column ?? '') + 1]
  return sortBy(state, column ?? null, false)
}

/** Orders the panel in focus by one of its columns; null: as it is ordered usually. */
export function sortBy(state: State, column: string | null, isDescending: boolean): State {
  const { focus, sorts } = currentView(state)
  const sort = column === null ? undefined : { column, isDescending }
  return tellOrder(withView(state, { sorts: { ...sorts, [focus]: sort } }))
}

/** A table shows by which column it is ordered; of anything else it is said. */
function tellOrder(state: State): State {
  const { focus, sorts } = currentView(state)
  if (TABLES.some(table => table === focus)) return state
  const sort = sorts[focus]
  if (sort === undefined) return notify(state, 'info', 'In the usual order')
  return notify(state, 'info', `Ordered by ${sort.column}${sort.isDescending ? ', the other way round' : ''}`)
}

export function flipSort(state: State): State {
  const { focus, sorts } = currentView(state)
  const sort = sorts[focus]
  if (sort === undefined)
    return notify(state, 'info', `Order by a column first${sayKey(state, 'sort', key => `, with ${key}`)}`)
  return sortBy(state, sort.column, !sort.isDescending)
}

/** Marks the selected row, or takes its mark away, and goes to the next one. */
export function markSelected(state: State): State {
  const { focus, marks } = currentView(state)
  const id = selectedId(state, focus)
  if (id === null) return state
  const marked = marks[focus] ?? []
  const changed = marked.includes(id) ? marked.filter(other => other !== id) : [...marked, id]
  return moveSelection(withView(state, { marks: { ...marks, [focus]: changed } }), 'row', 1)
}
