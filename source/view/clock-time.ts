import type { Preferences } from '../app/state.ts'

/** The time of day: `12:03:11`. In local time by the clock of this machine. */
export function clockTime(at: number, timeZone: Preferences['timeZone']): string {
  const date = new Date(at)
  const parts =
    timeZone === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()]
  return parts.map(part => String(part).padStart(2, '0')).join(':')
}
