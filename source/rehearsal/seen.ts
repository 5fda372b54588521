import type { ImageBehaviour } from '../simulator/world/image.ts'

/** What is known of containers besides what the reading tells. */
export type Seen = {
  /** How images behave, by `name:tag` or `name`: what is not said is presumed. */
  readonly images?: Readonly<Record<string, Partial<ImageBehaviour>>>
  /** How long the tasks of a service take from their creation until they run, by service ID. */
  readonly startMs?: Readonly<Record<string, number>>
  /** How long their containers take to end after they were told to, by service ID. */
  readonly stopMs?: Readonly<Record<string, number>>
}
