import { compareNaturally } from '../../rules/natural-order.ts'
import { type Filter, passesFilter, type Searchable } from '../filter.ts'
import type { Sort } from '../screen.ts'
import type { State } from '../state.ts'

/** Where the rows of a panel come from, and what they can be narrowed and ordered by. */
export type RowSource<T> = {
  /** In their usual order. The same array for the same data: what is made of it is kept by it. */
  readonly all: (state: State) => readonly T[]
  readonly idOf: (item: T) => string
  readonly fieldsOf: (item: T, state: State) => Searchable
  readonly columns: readonly RowColumn<T>[]
}

/** A column that rows can be ordered by; the view draws one of this name. */
export type RowColumn<T> = {
  readonly name: string
  readonly by: (item: T, state: State) => string | number
  /** False: there is nothing to see of it but the order. */
  readonly isDrawn?: boolean
}

/** The rows that pass the filter, ordered as asked for; in their usual order where nothing is asked. */
export function arrangeRows<T>(
  source: RowSource<T>,
  all: readonly T[],
  { filter, sort }: { readonly filter: Filter; readonly sort: Sort | undefined },
  state: State,
): readonly T[] {
  if (filter.terms.length === 0 && sort === undefined) return all
  const known = ARRANGED.get(all) ?? new Map<string, readonly unknown[]>()
  ARRANGED.set(all, known)
  const key = JSON.stringify([filter.terms, sort])
  const found = known.get(key) as readonly T[] | undefined
  if (found !== undefined) return found
  const passing = all.filter(item => passesFilter(filter, source.fieldsOf(item, state)))
  const arranged = sort === undefined ? passing : sortRows(source, passing, sort, state)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(key, arranged)
  return arranged
}

/** A key is pressed more often than the rows change: what was narrowed and ordered once is not again. */
const ARRANGED = new WeakMap<readonly unknown[], Map<string, readonly unknown[]>>()
const MOST_KEPT = 8

function sortRows<T>({ columns }: RowSource<T>, rows: readonly T[], sort: Sort, state: State): readonly T[] {
  const column = columns.find(({ name }) => name === sort.column)
  if (column === undefined) return rows
  const direction = sort.isDescending ? -1 : 1
  return rows
    .map(row => ({ row, value: column.by(row, state) }))
    .toSorted((one, other) => direction * compareValues(one.value, other.value))
    .map(({ row }) => row)
}

function compareValues(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return compareNaturally(String(one).toLowerCase(), String(other).toLowerCase())
}

/** `zone=a rack=7`: labels as the filter searches them. */
export const labelField = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')
