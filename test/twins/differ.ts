/** A place at which two values are not the same; what only one of them has is undefined in the other. */
export type Deviation = { readonly path: string; readonly lab: unknown; readonly simulator: unknown }

/** Where two plain values differ, each place by itself, as deep as can be. */
export function differ(lab: unknown, simulator: unknown, path: string): readonly Deviation[] {
  if (isBranch(lab) && isBranch(simulator) && Array.isArray(lab) === Array.isArray(simulator)) {
    const keys = new Set([...Object.keys(lab), ...Object.keys(simulator)])
    return [...keys].flatMap(key => differ(lab[key], simulator[key], `${path}.${key}`))
  }
  return lab === simulator ? [] : [{ path, lab, simulator }]
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
