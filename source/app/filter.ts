/** What `/` narrows a list to. Every term must hold; `text` is what the person typed. */
export type Filter = { readonly text: string; readonly terms: readonly FilterTerm[] }

/** `field` is `''` for a plain word, which may stand in any field. */
export type FilterTerm = { readonly field: string; readonly word: string; readonly isNegated: boolean }

/** What a row offers to be searched, by field: `{node: 'w1', state: 'running', image: 'redis:7', name: 'api.1'}`. */
export type Searchable = Readonly<Record<string, string>>

export const NO_FILTER: Filter = { text: '', terms: [] }

/** Reads `text`, `!text` and `field:text` terms divided by blanks, as `node:w1 state:failed !redis`. */
export function parseFilter(text: string): Filter {
  const terms = text
    .split(/\s+/)
    .map(parseTerm)
    .filter(term => term.word !== '')
  return { text, terms }
}

function parseTerm(term: string): FilterTerm {
  const isNegated = term.startsWith('!')
  const positive = isNegated ? term.slice(1) : term
  const colon = positive.indexOf(':')
  const field = colon > 0 ? positive.slice(0, colon).toLowerCase() : ''
  return FILTER_FIELDS.has(field)
    ? { field, word: positive.slice(colon + 1).toLowerCase(), isNegated }
    : { field: '', word: positive.toLowerCase(), isNegated }
}

/** `redis:7` is an image and no field, so only these names before a colon are taken for one. */
const FILTER_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'node',
  'service',
  'state',
  'image',
  'role',
  'availability',
  'mode',
  'label',
  'slot',
  'error',
  'driver',
  'scope',
  'stack',
  'used',
])

/** Whether a row with these fields passes. Upper and lower case are the same; an empty filter passes everything. */
export function passesFilter(filter: Filter, fields: Searchable): boolean {
  return filter.terms.every(term => {
    const places = term.field === '' ? Object.values(fields) : [fields[term.field] ?? '']
    const isFound = places.some(place => place.toLowerCase().includes(term.word))
    return isFound !== term.isNegated
  })
}
