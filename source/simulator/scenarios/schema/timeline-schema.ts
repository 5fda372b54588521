import type { z } from 'zod'
import { anyText, count, duration, listOf, mapOf, moment, namesTo } from '../../../yaml/leaf.ts'
import { serviceSchema } from './service-schema.ts'

const names = listOf(anyText)

/** What can happen; lists are gone through one by one, an entry a round. */
const ACTIONS = {
  create: namesTo(serviceSchema).optional(),
  image: namesTo(listOf(anyText)).optional(),
  scale: namesTo(listOf(count(0, 10_000))).optional(),
  /** Requests a second. */
  load: namesTo(listOf(count(0, 1_000_000))).optional(),
  'force-update': names.optional(),
  'roll-back': names.optional(),
  remove: names.optional(),
  /** A container of this service dies. */
  crash: names.optional(),
  activate: names.optional(),
  pause: names.optional(),
  drain: names.optional(),
  promote: names.optional(),
  demote: names.optional(),
  /** Machines; `leader` is whichever leads then, `all` each one for which it is possible. */
  kill: names.optional(),
  poweroff: names.optional(),
  stop: names.optional(),
  start: names.optional(),
  cut: names.optional(),
  heal: names.optional(),
}

export type ActionWord = keyof typeof ACTIONS
export const ACTION_WORDS = Object.keys(ACTIONS) as readonly ActionWord[]

/** An entry of `timeline:`: when, and one thing that happens. */
export const stepSchema = mapOf({
  at: moment,
  /** Again and again after so long. */
  every: duration.optional(),
  /** Of a crash. */
  'exit-code': count(1, 255).optional(),
  ...ACTIONS,
})

export type StepText = z.output<typeof stepSchema>
