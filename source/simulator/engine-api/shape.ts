/**
 * What Go makes of JSON when it reads it into a type: names in any letter case, `null` for nothing, unknown names
 * ignored, and the first value of a wrong kind told in these words. What is empty is left out of the result, as Go
 * leaves it out when it writes the value again.
 *
 * Source: Go encoding/json/decode.go
 */
export type Shape<T> = (value: unknown, reading: Reading, path: string) => T | undefined

/** One text being read. Go reads on after a problem and then tells the first. */
export type Reading = { readonly root: string; problem: string | null }

/** Reads a whole value, or says in Go's words why it is of the wrong kind. */
export function readShape<T>(
  shape: Shape<T>,
  root: string,
  value: unknown,
): { readonly value: T | undefined; readonly problem: string | null } {
  const reading: Reading = { root, problem: null }
  return { value: shape(value, reading, ''), problem: reading.problem }
}

export const text: Shape<string> = (value, reading, path) => {
  if (typeof value === 'string') return value === '' ? undefined : value
  return mismatch(value, reading, path, 'string')
}

export const flag: Shape<boolean> = (value, reading, path) => {
  if (typeof value === 'boolean') return value || undefined
  return mismatch(value, reading, path, 'bool')
}

export const int64 = whole('int64', -(2 ** 63), 2 ** 63)
export const uint64 = whole('uint64', 0, 2 ** 64)
export const uint32 = whole('uint32', 0, 2 ** 32)
export const duration = whole('time.Duration', -(2 ** 63), 2 ** 63)

export const float: Shape<number> = (value, reading, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? undefined : value
  return mismatch(value, reading, path, 'float32')
}

/** Base64, which stays as it came. */
export const bytes: Shape<string> = (value, reading, path) => {
  if (typeof value !== 'string') return mismatch(value, reading, path, '[]uint8')
  const clean = value.replace(/[\r\n]/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(clean) || clean.length % 4 !== 0) {
    const at = clean.search(/[^A-Za-z0-9+/]/)
    reading.problem ??= `illegal base64 data at input byte ${at < 0 ? clean.length - (clean.length % 4) : at}`
  }
  return clean === '' ? undefined : clean
}

/** A pointer to something that has no pointers in it: zero is not nothing. */
export function pointer<T extends number | boolean | string>(shape: Shape<T>): Shape<T> {
  return (value, reading, path) => {
    const read = shape(value, reading, path)
    if (read !== undefined || value === null || value === undefined) return read
    return value === 0 || value === false || value === '' ? (value as T) : undefined
  }
}

/** `name`: what Go calls the items. */
export function list<T>(name: string, item: Shape<T>): Shape<readonly T[]> {
  return (value, reading, path) => {
    if (!Array.isArray(value)) return mismatch(value, reading, path, `[]${name}`)
    const items = value.map(one => item(one, reading, path)).filter(one => one !== undefined)
    return items.length === 0 ? undefined : items
  }
}

/** A list in which empty items stay what they are. */
export const texts: Shape<readonly string[]> = list('string', (value, reading, path) => {
  if (value === null) return ''
  return typeof value === 'string' ? value : mismatch(value, reading, path, 'string')
})

/** Names may be anything, `__proto__` too. */
export function table<T>(name: string, item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, reading, path) => {
    if (!isObject(value)) return mismatch(value, reading, path, `map[string]${name}`)
    const entries = Object.entries(value).map(([key, one]) => [key, item(one, reading, path)] as const)
    const kept = entries.filter((entry): entry is [string, T] => entry[1] !== undefined)
    return kept.length === 0 ? undefined : Object.fromEntries(kept)
  }
}

export const labels: Shape<Readonly<Record<string, string>>> = table('string', (value, reading, path) => {
  if (value === null) return ''
  return typeof value === 'string' ? value : mismatch(value, reading, path, 'string')
})

type Fields = Readonly<Record<string, Shape<unknown>>>
type Struct<F extends Fields> = { readonly [K in keyof F]?: F[K] extends Shape<infer T> ? T : never }

/** The result has the shape's own order of fields. An object without any known field is still there, and empty. */
export function struct<F extends Fields>(name: string, fields: F): Shape<Struct<F>> {
  const names = new Map(Object.keys(fields).map(field => [field.toLowerCase(), field]))
  return (value, reading, path) => {
    if (!isObject(value)) return mismatch(value, reading, path, name)
    const found: Record<string, unknown> = {}
    for (const [key, one] of Object.entries(value)) {
      const field = names.get(key.toLowerCase())
      const read = field === undefined ? undefined : fields[field]?.(one, reading, join(path, field))
      if (field !== undefined && read !== undefined) found[field] = read
    }
    const ordered = Object.keys(fields).filter(field => found[field] !== undefined)
    return Object.fromEntries(ordered.map(field => [field, found[field]])) as Struct<F>
  }
}

function whole(name: string, from: number, below: number): Shape<number> {
  return (value, reading, path) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= from && value < below) {
      return value === 0 ? undefined : value
    }
    return mismatch(value, reading, path, name)
  }
}

function mismatch(value: unknown, reading: Reading, path: string, type: string): undefined {
  if (value === null || value === undefined) return undefined
  const target = path === '' ? `Go value of type ${type}` : `Go struct field ${reading.root}.${path} of type ${type}`
  reading.problem ??= `json: cannot unmarshal ${describe(value)} into ${target}`
  return undefined
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return `number ${value}`
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function join(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`
}
