import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Call } from './call.ts'

/** Values of one key are alternatives; all keys must be met. */
export type Filters = Readonly<Record<string, readonly string[]>>

/**
 * Reads `?filters=` in both its forms, `{"role":{"manager":true}}` and `{"role":["manager"]}`.
 * Source: moby/moby api/types/filters/parse.go
 */
export function readFilters(call: Call, accepted: readonly string[] | 'any'): Answer<Filters> {
  const text = call.query.get('filters') ?? ''
  if (text === '') return granted({})
  const filters = parse(text)
  if (filters === null) return refused(400, 'invalid filter')
  const unknown = accepted === 'any' ? undefined : Object.keys(filters).find(key => !accepted.includes(key))
  if (unknown !== undefined) return refused(400, `invalid filter '${unknown}'`)
  return granted(filters)
}

/** No values, or one of them is met. */
export function meets(filters: Filters, key: string, isMet: (value: string) => boolean): boolean {
  const values = filters[key] ?? []
  return values.length === 0 || values.some(isMet)
}

/** `key` or `key=value`. */
export function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const at = wanted.indexOf('=')
  const name = at < 0 ? wanted : wanted.slice(0, at)
  return Object.hasOwn(labels, name) && (at < 0 || labels[name] === wanted.slice(at + 1))
}

function parse(text: string): Filters | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const filters: Record<string, readonly string[]> = {}
    for (const [key, values] of Object.entries(value)) {
      if (typeof values !== 'object' || values === null) return null
      filters[key] = Array.isArray(values) ? values.map(String) : Object.keys(values)
    }
    return filters
  } catch {
    return null
  }
}
