type WithRawJson = { rawJSON(text: string): unknown }

/**
 * As JSON.parse, but an integer that a number cannot hold stays what was written, and JSON.stringify writes it so again:
 * an update sends back a spec that may have any 64-bit value in it.
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, keepLargeInteger)
}

function keepLargeInteger(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value
  const source = context?.source ?? ''
  return /^-?\d+$/.test(source) ? (JSON as unknown as WithRawJson).rawJSON(source) : value
}
