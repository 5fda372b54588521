import { ListPanel, type ListPanelProps, listWidth } from './list-panel.tsx'
import { type Column, headerRow, itemRow, placeColumns } from './table.ts'

type Props<T> = Omit<ListPanelProps<T>, 'header' | 'rowOf'> & { readonly columns: readonly Column<T>[] }

/** A list whose rows are divided into columns under their titles. */
export function TablePanel<T>({ columns, ...list }: Props<T>) {
  const { area, items, looks } = list
  const placed = placeColumns(columns, items, listWidth(area), looks)
  return <ListPanel {...list} header={headerRow(placed, looks)} rowOf={item => itemRow(placed, item, looks)} />
}
