import type { Task } from './task.ts'

/** How containers of an image behave. Times in milliseconds, drawn anew from the range for each container. */
export type ImageBehaviour = {
  /** When the image is not on the machine yet. */
  readonly pullMs: Range
  /** No registry has it: tasks are rejected. */
  readonly isMissing: boolean
  readonly createMs: Range
  readonly startMs: Range
  /** Why it does not start, in the engine's words; `''` when it does. */
  readonly startError: string
  /** From the signal to the end; `'ignores-signal'` takes the whole stop grace period and the kill. */
  readonly stopMs: Range | 'ignores-signal'
  /** Ends by itself, with this chance (0 to 1) for each container started. */
  readonly exit: { readonly chance: number; readonly afterMs: Range; readonly code: number } | null
  /** Which containers of a service do so, in the order in which they start and round again; empty: as the chances fall. */
  readonly exitPattern: readonly boolean[]
  /** Its health check passes from then on. Who has no health check is healthy as soon as it runs. */
  readonly healthyAfterMs: Range
  /** Its health check fails from then on, with this chance for each container started; after no time it never passes. */
  readonly unhealthy: { readonly chance: number; readonly afterMs: Range } | null
  /** What a container takes. One whose limit is lower is killed for it. */
  readonly memoryBytes: number
  /** What it writes at its start, and before it ends by itself. A line that begins with `2> ` goes to standard error. */
  readonly firstWords: readonly string[]
  readonly lastWords: readonly string[]
  /**
   * And meanwhile: the lines one after another and round again. `{n}` stands for how many there have been before, in all
   * that it writes, and `{date}` for the moment.
   */
  readonly log: { readonly everyMs: Range; readonly lines: readonly string[] } | null
  /** All that it runs without a command is a shell. */
  readonly isShell: boolean
  /** What a scenario says of it: there a container's command changes nothing. */
  readonly said: readonly (keyof ImageBehaviour)[]
}

/** Both ends included. */
export type Range = readonly [from: number, to: number]

export const WELL_BEHAVED: ImageBehaviour = {
  pullMs: [1_200, 4_000],
  isMissing: false,
  createMs: [20, 60],
  startMs: [180, 600],
  startError: '',
  stopMs: [20, 80],
  exit: null,
  exitPattern: [],
  healthyAfterMs: [0, 0],
  unhealthy: null,
  memoryBytes: 0,
  firstWords: [],
  lastWords: [],
  log: null,
  isShell: false,
  said: [],
}

/** The behaviour written for `name:tag`, else for `name`, else that of an ordinary, well-behaved image. */
export function findBehaviour(images: Readonly<Record<string, ImageBehaviour>>, image: string): ImageBehaviour {
  const tagged = withoutDigest(image)
  const name = tagged.replace(/:[^/:]*$/, '')
  return own(images, tagged) ?? own(images, name) ?? WELL_BEHAVED
}

/** What is counted and known of the containers that a service has of an image is kept under. */
export function behaviourKey({ serviceId, spec }: Pick<Task, 'serviceId' | 'spec'>): string {
  return `${serviceId} ${withTag(spec.ContainerSpec?.Image ?? '')}`
}

export function withoutDigest(image: string): string {
  return image.split('@')[0] ?? image
}

/** As engines call it: what has no tag is the latest. */
export function withTag(image: string): string {
  const name = withoutDigest(image)
  return /:[^/]*$/.test(name) ? name : `${name}:latest`
}

/** Images are named by whoever creates a service: `constructor` is none. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
