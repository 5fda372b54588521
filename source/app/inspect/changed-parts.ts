import { keepByBoth } from '../rows/keep-by.ts'
import { pathTo } from './document.ts'

/** What of an object is not as it was. */
export type Changed = {
  /** The paths of values that are new or others, and of what has lost some. */
  readonly values: ReadonlySet<string>
  /** Of all that holds one of them. */
  readonly holders: ReadonlySet<string>
}

/** Compares two answers about one object; computed once for the two. */
export const changedParts = keepByBoth((before: object, now: object): Changed => {
  const values = new Set<string>()
  const holders = new Set<string>()
  if (before !== now) compare(before, now, '', [])
  return { values, holders }

  function compare(one: unknown, other: unknown, path: string, above: readonly string[]): void {
    if (Object.is(one, other) || above.length > MOST_DEPTH) return
    if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) {
      note(path, above)
      return
    }
    const within = [...above, path]
    for (const name of Object.keys(other)) {
      const there = pathTo(path, name)
      if (Object.hasOwn(one, name)) compare(one[name], other[name], there, within)
      else noteAll(other[name], there, within)
    }
    if (Object.keys(one).some(name => !Object.hasOwn(other, name))) note(path, above)
  }

  function noteAll(value: unknown, path: string, above: readonly string[]): void {
    note(path, above)
    if (!isObject(value) || above.length > MOST_DEPTH) return
    for (const [name, item] of Object.entries(value)) noteAll(item, pathTo(path, name), [...above, path])
  }

  function note(path: string, above: readonly string[]): void {
    values.add(path)
    for (const holder of above) holders.add(holder)
  }
})

const MOST_DEPTH = 60

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
