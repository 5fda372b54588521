import type { Preferences } from '../../app/state.ts'

/** The time of day of a line's time stamp, by the clock that the person wants: `12:03:11.042`. Blanks for none. */
export function clockMilliseconds(time: string, zone: Preferences['timeZone']): string {
  if (time === '') return ' '.repeat('12:03:11.042'.length)
  if (zone === 'utc') return time.slice('2026-11-21T'.length, '2026-11-21T12:03:11.042'.length)
  const date = new Date(time)
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map(part => String(part).padStart(2, '0'))
  return `${parts.join(':')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}
