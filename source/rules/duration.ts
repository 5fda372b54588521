/**
 * A duration in the docker CLI's words, lower-cased as in its CURRENT STATE column: `about a minute`, `3 hours`.
 * Milliseconds in; what lies in the future, by a clock that is ahead, counts as no time at all.
 * Source: docker/go-units duration.go (HumanDuration).
 */
export function humanDuration(ms: number): string {
  const seconds = Math.floor(Math.max(0, Number.isFinite(ms) ? ms : 0) / 1_000)
  if (seconds < 1) return 'less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`

  const minutes = Math.floor(seconds / 60)
  if (minutes === 1) return 'about a minute'
  if (minutes < 60) return `${minutes} minutes`

  const hours = Math.floor(ms / HOUR_MS + 0.5)
  if (hours === 1) return 'about an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 2 * WEEK) return `${Math.floor(hours / DAY)} days`
  if (hours < 2 * MONTH) return `${Math.floor(hours / WEEK)} weeks`
  if (hours < 2 * YEAR) return `${Math.floor(hours / MONTH)} months`
  return `${Math.floor(Math.floor(ms / HOUR_MS) / YEAR)} years`
}

const HOUR_MS = 3_600_000

/** In hours, as the original counts them. */
const DAY = 24
const WEEK = 7 * DAY
const MONTH = 30 * DAY
const YEAR = 365 * DAY

/**
 * Milliseconds since 1970 of an API time stamp (RFC 3339, up to nanoseconds, which are cut). 0 for what is missing or
 * no time, and for Go's zero time, by which the API says that something has not happened.
 */
export function parseTime(text: string | undefined): number {
  if (text === undefined || !RFC_3339.test(text)) return 0
  return Math.max(0, Date.parse(text) || 0)
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/
