import type { LogSubject } from '../screen.ts'

/** A log that is being read. */
export type LogReading = { readonly subject: LogSubject }
