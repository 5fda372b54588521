/** Cores out of billionths of one: `2`, `0.25`. */
export const coreWords = (nanoCpus: number): string => String(Math.round(nanoCpus / 1e7) / 100)

/** Memory in the unit that makes the number short: `512 MiB`, `3.8 GiB`. */
export function memoryWords(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const amount = bytes / 1024 ** power
  return `${amount >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10} ${UNITS[power]}`
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** `75%`, `< 1%`; of nothing it is `0%`. */
export function shareWords(share: number): string {
  const percent = Math.round(share * 100)
  return percent === 0 && share > 0 ? '< 1%' : `${percent}%`
}

/** A span of time as it was set, to the millisecond: `1 min 30 s`, `500 ms`, `2 h`. */
export function spanWords(ms: number): string {
  if (ms < 1000) return ms === 0 ? '0 s' : `${ms} ms`
  const parts = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'min'],
    [(ms % 60_000) / 1000, 's'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
