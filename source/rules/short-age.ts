/** A span of time in as few cells as can be, for places where it stands among other things: `42 s`, `2 min`, `3 h`. */
export function shortAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 2 * HOUR) return `${Math.floor(seconds / MINUTE)} min`
  return seconds < 2 * DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} d`
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
