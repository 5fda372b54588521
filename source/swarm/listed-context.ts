/** A docker context as the person's own docker CLI has it, for choosing one. Texts may be anything. */
export type ListedContext = {
  readonly name: string
  readonly description: string
  /** The engine's host, as `docker context ls` shows it; `''` where it is not known. */
  readonly endpoint: string
  /** What `docker` would use here and now. */
  readonly isCurrent: boolean
  /** Why it cannot be used, in one sentence; `''` where it can, as far as its files tell. */
  readonly problem: string
}
