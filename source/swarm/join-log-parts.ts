import type { LogLine } from './log-line.ts'

/** A line as it came: of one that the engine has cut, a part. */
export type LogPart = LogLine & { readonly isWhole: boolean }

/** The engine cuts lines at 16 KiB; what is longer than this all together is shown as several. */
const LONGEST_LINE = 65_536
const MOST_BEGUN = 1000

/**
 * Puts lines together that the engine has cut: their parts come one after the other from the same task and the same of
 * its two streams, and only the last has an end. Returns the function that takes the next part, and gives the line that
 * is complete with it, or null.
 * Source: moby/moby daemon/logger/copier.go
 */
export function createPartJoiner(): (part: LogPart) => LogLine | null {
  const begun = new Map<string, LogLine>()
  return ({ isWhole, ...line }) => {
    if (isWhole && begun.size === 0) return line
    const key = `${line.origin.taskId}${line.isError ? '!' : '|'}`
    const before = begun.get(key)
    const joined = before === undefined ? line : { ...before, text: before.text + line.text }
    if (isWhole || joined.text.length >= LONGEST_LINE || begun.size >= MOST_BEGUN) {
      begun.delete(key)
      return joined
    }
    begun.set(key, joined)
    return null
  }
}
