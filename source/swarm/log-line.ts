/** A line of a log, as the engine tells it. */
export type LogLine = {
  /** RFC 3339 in UTC with nine decimals, so that lines are in order of time where these texts are in order; `''`: none. */
  readonly time: string
  readonly isError: boolean
  /** The same object for all lines of one task that come by one stream. */
  readonly origin: LogOrigin
  /** As it was written, without the line's end: untrusted, escape sequences and all. */
  readonly text: string
}

/** Who wrote a line; fields are `''` where the engine did not say. */
export type LogOrigin = { readonly serviceId: string; readonly taskId: string; readonly nodeId: string }
