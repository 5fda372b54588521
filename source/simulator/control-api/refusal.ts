/** Why the engine says no: its HTTP status and its very words. */
export type Refusal = { readonly status: number; readonly message: string }

/** What was asked for, or why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function granted<T>(value: T): Answer<T> {
  return { ok: true, value }
}

/** In the engine's own words, without a prefix. */
export function refused(status: number, message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { status, message } }
}

const HTTP_STATUS = {
  InvalidArgument: 400,
  FailedPrecondition: 400,
  PermissionDenied: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Unknown: 500,
  DeadlineExceeded: 500,
  Unimplemented: 501,
} as const

/** In SwarmKit's words, which come with their gRPC code. Source: moby/moby api/server/httpstatus/status.go */
export function refusedBySwarm(code: keyof typeof HTTP_STATUS, text: string): ReturnType<typeof refused> {
  return refused(HTTP_STATUS[code], `rpc error: code = ${code} desc = ${text}`)
}
