/** How containers of an image behave. Times in milliseconds, drawn anew from the range for each container. */
export type ImageBehaviour = {
  /** When the image is not on the machine yet. */
  readonly pullMs: readonly [number, number]
  /** No registry has it: tasks are rejected. */
  readonly isMissing: boolean
  readonly createMs: readonly [number, number]
  readonly startMs: readonly [number, number]
  /** From the signal to the end; `'ignores-signal'` takes the whole stop grace period and the kill. */
  readonly stopMs: readonly [number, number] | 'ignores-signal'
  /** Ends by itself, with this chance (0 to 1) for each container started. */
  readonly exit: { readonly chance: number; readonly afterMs: readonly [number, number]; readonly code: number } | null
}

export const WELL_BEHAVED: ImageBehaviour = {
  pullMs: [1_200, 4_000],
  isMissing: false,
  createMs: [20, 60],
  startMs: [180, 600],
  stopMs: [20, 80],
  exit: null,
}

/** The behaviour written for `name:tag`, else for `name`, else that of an ordinary, well-behaved image. */
export function findBehaviour(images: Readonly<Record<string, ImageBehaviour>>, image: string): ImageBehaviour {
  const tagged = withoutDigest(image)
  const name = tagged.replace(/:[^/:]*$/, '')
  return images[tagged] ?? images[name] ?? WELL_BEHAVED
}

export function withoutDigest(image: string): string {
  return image.split('@')[0] ?? image
}
