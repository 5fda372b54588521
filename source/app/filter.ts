/** What `/` narrows a list to. Every term must hold; `text` is what the person typed. */
export type Filter = { readonly text: string; readonly terms: readonly FilterTerm[] }

/**
 * `text`, or `key:value`: then `key` is a field's name and one of `values` must stand in that field. A row that has no such
 * field takes the term for a text, as `redis:7` is one.
 */
export type FilterTerm = {
  /** `''` for a text. */
  readonly key: string
  readonly values: readonly string[]
  /** The whole term as a text, without its quotes, in lower case. */
  readonly text: string
  readonly isNegated: boolean
}

/** What a row offers to be searched, by field: `{node: 'w1', state: 'running', image: 'redis:7', name: 'api.1'}`. */
export type Searchable = Readonly<Record<string, string>>

export const NO_FILTER: Filter = { text: '', terms: [] }

/**
 * Reads terms divided by blanks: `text`, `!text`, `key:value`, `!key:value`, and `key:one,other` for either. What is in
 * double quotes keeps its blanks and commas: `label:"a b"`; a quote itself is written `\"`.
 */
export function parseFilter(text: string): Filter {
  const terms = splitTerms(text)
    .map(parseTerm)
    .filter(term => term.text !== '' && (term.key === '' || term.values.length > 0))
  return { text, terms }
}

/** The terms as they are written, and where each begins. A quote that is not closed goes on to the end. */
export function splitTerms(text: string): readonly WrittenTerm[] {
  return Array.from(text.matchAll(/(?:\\"|"(?:\\"|[^"])*(?:"|$)|[^\s"])+/g), ({ 0: written, index }) => ({
    written,
    start: index,
  }))
}

export type WrittenTerm = { readonly written: string; readonly start: number }

function parseTerm({ written }: WrittenTerm): FilterTerm {
  const isNegated = written.startsWith('!')
  const positive = isNegated ? written.slice(1) : written
  const [, key = '', value = ''] = /^([a-z][a-z-]*):(.*)$/is.exec(positive) ?? []
  return {
    key: key.toLowerCase(),
    values: splitValues(value),
    text: unquote(positive).toLowerCase(),
    isNegated,
  }
}

const splitValues = (value: string): readonly string[] =>
  Array.from(value.matchAll(/(?:\\"|"(?:\\"|[^"])*(?:"|$)|[^,"])+/g), ([part]) => unquote(part).toLowerCase()).filter(
    part => part !== '',
  )

const unquote = (written: string): string => written.replace(/\\"|"/g, quote => (quote === '"' ? '' : '"'))

/** Whether a row with these fields passes. Upper and lower case are the same; an empty filter passes everything. */
export function passesFilter(filter: Filter, fields: Searchable): boolean {
  return filter.terms.every(term => isFound(term, fields) !== term.isNegated)
}

function isFound({ key, values, text }: FilterTerm, fields: Searchable): boolean {
  if (key !== '' && Object.hasOwn(fields, key)) {
    const field = (fields[key] ?? '').toLowerCase()
    return values.some(value => field.includes(value))
  }
  return Object.values(fields).some(field => field.toLowerCase().includes(text))
}

/** The keys of a filter that rows with these fields do not have: the terms are taken for texts there. */
export function unknownKeys(filter: Filter, fields: readonly string[]): readonly string[] {
  return filter.terms.map(({ key }) => key).filter(key => key !== '' && !fields.includes(key))
}
