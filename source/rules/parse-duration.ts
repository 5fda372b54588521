const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/**
 * A length of time as people and the docker CLI write it, `250ms`, `10s`, `1m30s`, `1.5h`, `-3h`, in milliseconds; null
 * for anything else. What is shorter than a millisecond is not written here.
 * Source: Go's time.ParseDuration
 */
export function parseDuration(text: string): number | null {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  if (rest === '0') return 0
  if (!/^(\d{1,9}(\.\d{1,9})?(ms|s|m|h))+$/.test(rest)) return null
  let ms = 0
  for (const [, number, unit = ''] of rest.matchAll(/([\d.]+)(ms|s|m|h)/g)) ms += Number(number) * (UNIT_MS[unit] ?? 0)
  return Math.round(ms) * (sign === '-' && ms > 0 ? -1 : 1)
}
