import { z } from 'zod'
import { anyListOf, anyText, duration, mapOf, namesTo } from '../../../yaml/leaf.ts'
import { machineSchema } from './machine-schema.ts'
import { serviceSchema } from './service-schema.ts'
import { stepSchema } from './timeline-schema.ts'

/**
 * A scenario as its file has it, before names in it have been followed. Durations are milliseconds, or nanoseconds where
 * Docker's own fields have them.
 */
export const scenarioSchema = mapOf({
  /** Left out: the file's name. */
  name: anyText.optional(),
  /** What is to be seen, in a sentence. */
  about: anyText.optional(),
  /** How long the swarm has been there before anyone looks. */
  history: duration.default(0),
  machines: z.array(machineSchema).min(1),
  /** By name; a map of fields that `world/image-field.ts` knows. */
  images: namesTo(namesTo(anyListOf(z.string()))).default({}),
  /** Names of overlay networks, of secrets and of configs, for services to use. */
  networks: anyListOf(anyText).default([]),
  secrets: anyListOf(anyText).default([]),
  configs: anyListOf(anyText).default([]),
  services: namesTo(serviceSchema).default({}),
  timeline: z.array(stepSchema).default([]),
})

export type ScenarioText = z.output<typeof scenarioSchema>
