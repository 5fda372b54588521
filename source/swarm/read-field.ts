/**
 * Fields of an answer, read by somebody who believes nothing: whatever is not of the type it should be is blank, as if
 * it had been left out. The API's types say what a daemon sends, not what a broken proxy or a hostile server might.
 */

/** An object to read fields from; empty where there is none. */
export const objectIn = <T extends object>(value: T | null | undefined): Partial<T> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

/** `''` for what is no text, and for more than any name, message or label of a swarm can be. */
export const textIn = (value: unknown): string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT ? value : ''

/** Swarm refuses objects above 1.5 MB; what is shown of a text is a line. */
const LONGEST_TEXT = 65_536

export const numberIn = (value: unknown, otherwise = 0): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise

/** A count, a version, a number of bytes: never below zero, never a fraction. */
export const countIn = (value: unknown, otherwise = 0): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : otherwise

/** One of the words that are known, the first of them for all others. */
export const wordIn = <W extends string>(value: unknown, words: readonly [W, ...W[]]): W =>
  words.find(word => word === value) ?? words[0]

export const listIn = <T>(value: readonly T[] | null | undefined): readonly T[] => (Array.isArray(value) ? value : [])

export const textsIn = (value: readonly string[] | null | undefined): readonly string[] =>
  listIn(value).map(textIn).filter(Boolean)

/** Labels by name. A name may be anything, `__proto__` too: ask for one with `Object.hasOwn`. */
export function labelsIn(value: Readonly<Record<string, string>> | null | undefined): Readonly<Record<string, string>> {
  const entries = Object.entries(objectIn(value))
  return entries.length === 0 ? NO_LABELS : Object.fromEntries(entries.map(([name, text]) => [name, textIn(text)]))
}

const NO_LABELS: Readonly<Record<string, string>> = {}

/** Without those that have no identity, or that of one before them: a selection must mean one thing. */
export function withIdentity<T>(items: readonly T[], idOf: (item: T) => string): readonly T[] {
  const seen = new Set([''])
  return items.filter(item => !seen.has(idOf(item)) && seen.add(idOf(item)) !== undefined)
}
