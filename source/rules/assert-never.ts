/** Ends a switch over a union: a case that was forgotten is a type error here, and a clear failure if it ever runs. */
export function assertNever(value: never): never {
  throw new Error(`This case was forgotten: ${JSON.stringify(value)}`)
}
