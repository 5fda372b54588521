import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Call } from './call.ts'

/** Values of one key are alternatives, but for labels; all keys must be met. */
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

/** All labels are there. Source: moby/swarmkit manager/controlapi/common.go (filterMatchLabels) */
export function meetsLabels(filters: Filters, key: string, labels: Readonly<Record<string, string>>): boolean {
  return (filters[key] ?? []).every(label => label === '' || hasLabel(labels, label.replace(/=$/, '')))
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
    if (value === null) return {}
    if (typeof value !== 'object' || Array.isArray(value)) return null
    const entries = Object.entries(value)
    const isSet = entries.every(([, values]) => isSetOfFlags(values))
    const isList = entries.every(([, values]) => isListOfTexts(values))
    if (!isSet && !isList) return null
    return Object.fromEntries(entries.map(([key, values]) => [key, isSet ? Object.keys(values ?? {}) : (values ?? [])]))
  } catch {
    return null
  }
}

function isSetOfFlags(values: unknown): boolean {
  if (values === null) return true
  return (
    typeof values === 'object' &&
    !Array.isArray(values) &&
    Object.values(values).every(flag => flag === null || typeof flag === 'boolean')
  )
}

function isListOfTexts(values: unknown): boolean {
  return values === null || (Array.isArray(values) && values.every(one => typeof one === 'string'))
}
