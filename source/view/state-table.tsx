import { currentView } from '../app/current-view.ts'
import { type ListPanelName, ROWS, rowsOf, selectedId } from '../app/rows/panel-rows.ts'
import type { RowSource } from '../app/rows/row-source.ts'
import type { State } from '../app/state.ts'
import { emptyText } from './panel-title.ts'
import type { ScreenPanelProps } from './panels/panel-props.ts'
import type { Row } from './row.ts'
import type { Column } from './table.ts'
import { TablePanel } from './table-panel.tsx'
import { glyphsOf, type Looks } from './theme.ts'

type RowOf<P extends ListPanelName> = (typeof ROWS)[P] extends RowSource<infer T> ? T : never

export type StateTableProps<P extends ListPanelName> = ScreenPanelProps & {
  readonly panel: P
  readonly columns: readonly Column<RowOf<P>>[]
  /** Said where rows would be when there are none. */
  readonly nothing: string
  readonly note?: Row
  /** Rows that stay below the list. */
  readonly below?: readonly Row[]
  readonly above?: readonly Row[]
  /** Where they are not the view's own. */
  readonly marks?: readonly string[]
}

/** The rows of a panel as a table: selected, marked, ordered and narrowed as the state has them. */
export function StateTable<P extends ListPanelName>(props: StateTableProps<P>) {
  const { state, panel, columns, nothing, ...rest } = props
  const view = currentView(state)
  const { idOf } = ROWS[panel] as unknown as RowSource<RowOf<P>>
  return (
    <TablePanel
      marks={view.marks[panel] ?? []}
      {...rest}
      columns={withSortSign(chooseColumns(columns, state, panel), state, panel, props.looks)}
      items={rowsOf(state, panel)}
      idOf={idOf}
      selectedId={selectedId(state, panel)}
      isFocused={view.focus === panel}
      emptyText={emptyText(state, panel, nothing)}
    />
  )
}

/** Those that the configuration asks for, in its order; all of them where it asks for none. */
function chooseColumns<T>(columns: readonly Column<T>[], state: State, panel: ListPanelName): readonly Column<T>[] {
  const wanted = state.preferences.columns[panel]
  if (wanted === undefined) return columns
  const chosen = wanted.flatMap(name => columns.find(column => column.name === name) ?? [])
  return chosen.length === 0 ? columns : chosen
}

function withSortSign<T>(
  columns: readonly Column<T>[],
  state: State,
  panel: ListPanelName,
  looks: Looks,
): readonly Column<T>[] {
  const sort = currentView(state).sorts[panel]
  if (sort === undefined) return columns
  const { ascending, descending } = glyphsOf(looks)
  return columns.map(column =>
    column.name === sort.column
      ? { ...column, title: `${column.title}${sort.isDescending ? descending : ascending}` }
      : column,
  )
}
