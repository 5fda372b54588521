import { z } from 'zod'
import { LIST_SCREENS } from '../app/screen.ts'
import { THEME_NAMES } from '../app/state.ts'
import { parseDuration } from '../rules/parse-duration.ts'
import { anyText, leaf, listOf, mapOf, namesTo, oneOf } from '../yaml/leaf.ts'
import { readKey } from './read-key.ts'

const LEAST_INTERVAL_MS = 100
const MOST_INTERVAL_MS = 3_600_000

/** Milliseconds; a number alone is seconds. */
const interval = leaf('a time from 100ms to 1h, like 2s, or a number of seconds', text => {
  const ms = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Math.round(Number(text) * 1000) : parseDuration(text)
  return ms !== null && ms >= LEAST_INTERVAL_MS && ms <= MOST_INTERVAL_MS ? ms : null
})

const yesOrNo = oneOf(['true', 'false']).transform(text => text === 'true')

const key = leaf('a key, like x, ctrl+d, f5, pagedown or space', readKey)

/** One key may stand without the brackets of its list; an empty list takes the keys away. */
const keys = z.preprocess(given => (typeof given === 'string' && given !== '' ? [given] : given), z.array(key))

/** The file as it is written, before the names of panels, columns and bindings in it have been looked up. */
export const configurationSchema = mapOf({
  interval: interval.optional(),
  theme: oneOf(THEME_NAMES).optional(),
  screen: oneOf(LIST_SCREENS).optional(),
  time: oneOf(['local', 'utc']).optional(),
  'zone-label': anyText.optional(),
  bell: yesOrNo.optional(),
  mouse: yesOrNo.optional(),
  /** By panel. */
  columns: namesTo(listOf(anyText)).default({}),
  /** By `Binding.name`. */
  keys: namesTo(keys).default({}),
  'read-only': yesOrNo.optional(),
  ascii: yesOrNo.optional(),
  color: yesOrNo.optional(),
})

export type ConfigurationText = z.output<typeof configurationSchema>
