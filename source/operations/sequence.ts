import type { Operation } from './operation.ts'

/** Operations that belong together and are done one after another, each when the one before has converged. */
export type Sequence = {
  readonly kind: 'sequence'
  /** What they are together: `drain w1, w2 and w3`, `drain w1 gracefully`. Contains names from the cluster. */
  readonly name: string
  readonly operations: readonly [Operation, ...Operation[]]
  /** What is done when it is broken off before its end, so that nothing is left half done; mostly nothing. */
  readonly undo: readonly Operation[]
}
