import type { Deed } from './read-command.ts'

const UNIT_MS: Readonly<Record<string, number>> = { '': 1e3, s: 1e3, m: 6e4, h: 36e5, d: 864e5 }
/** Longer than anybody watches. */
const LONGEST_MS = 100 * 864e5

/** `sleep 3`, `sleep 1m 30s`, `sleep infinity`: when it ends; null for words that it would complain of. */
export function readSleep(words: readonly string[]): Deed | null {
  if (words.length === 1 && /^inf(inity)?$/.test(words[0] ?? '')) return { lines: [], loop: null, end: null }
  const parts = words.map(word => /^(\d{1,9}(?:\.\d{1,9})?)([smhd]?)$/.exec(word))
  if (parts.length === 0 || parts.includes(null)) return null
  const afterMs = parts.reduce((sum, part) => sum + Number(part?.[1]) * (UNIT_MS[part?.[2] ?? ''] ?? 0), 0)
  return { lines: [], loop: null, end: afterMs > LONGEST_MS ? null : { afterMs: Math.round(afterMs), code: 0 } }
}
