/** A span that is foretold, no more exactly than it can be: `a moment`, `6 s`, `1 min 20 s`, `12 min`. */
export function sayAbout(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 2) return 'a moment'
  if (seconds < MINUTE) return `${seconds} s`
  if (seconds < 10 * MINUTE) {
    const rest = Math.floor((seconds % MINUTE) / 10) * 10
    return `${Math.floor(seconds / MINUTE)} min${rest === 0 ? '' : ` ${rest} s`}`
  }
  return `${Math.round(seconds / MINUTE)} min`
}

const MINUTE = 60
