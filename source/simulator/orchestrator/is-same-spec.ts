/**
 * Do two pieces of a spec mean the same? As after Go has read them: the order of fields does not matter, and what is
 * empty, zero or null is the same as absent.
 */
export function isSameSpec(one: unknown, other: unknown): boolean {
  if (one === other || (isEmpty(one) && isEmpty(other))) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSameSpec(item, other[index]))
  }
  if (!isRecord(one) || !isRecord(other)) return isRecord(one) ? isBlank(one, other) : isBlank(other, one)
  return (
    Object.keys(one).every(key => isSameSpec(one[key], other[key])) &&
    Object.keys(other).every(key => Object.hasOwn(one, key) || isSameSpec(undefined, other[key]))
  )
}

/** `Placement: {}` against no placement at all. */
function isBlank(record: unknown, other: unknown): boolean {
  return isRecord(record) && isEmpty(other) && Object.values(record).every(value => isSameSpec(value, undefined))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false || isEmptyList(value)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
