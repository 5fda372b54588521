import type { ApiClockChange } from '../../api/simulation.ts'
import { isSpeed, LEAST_SPEED, MOST_SPEED } from '../../rules/speed.ts'

/** A step is done at once, and nobody is answered meanwhile. */
const LONGEST_STEP_MS = 60_000

type Read = { readonly ok: true; readonly value: ApiClockChange } | { readonly ok: false; readonly text: string }

/** What `POST /clock` is told to change, or one sentence about what is wrong with it. */
export function readClockChange(body: string): Read {
  const fields = parse(body)
  if (fields === null) return { ok: false, text: 'The body is no JSON object' }
  const names = Object.keys(fields)
  if (names.length === 0) return { ok: false, text: `There is nothing to change: give ${NAMES}` }
  for (const name of names) {
    const setting = SETTINGS[name]
    if (setting === undefined) return { ok: false, text: `There is no ${name} to change: there are ${NAMES}` }
    if (!setting.takes(fields[name])) return { ok: false, text: `${name} takes ${setting.words}` }
  }
  return { ok: true, value: fields }
}

type Setting = { readonly takes: (value: unknown) => boolean; readonly words: string }

const SETTINGS: Readonly<Record<string, Setting>> = Object.assign(Object.create(null), {
  speed: {
    takes: value => typeof value === 'number' && isSpeed(value),
    words: `a number from ${LEAST_SPEED} to ${MOST_SPEED}`,
  },
  isPaused: { takes: value => typeof value === 'boolean', words: 'true or false' },
  stepMs: {
    takes: value => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LONGEST_STEP_MS,
    words: `whole milliseconds from 1 to ${LONGEST_STEP_MS}`,
  },
} satisfies Record<keyof ApiClockChange, Setting>)

const NAMES = Object.keys(SETTINGS).join(', ')

function parse(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
