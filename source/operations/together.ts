import type { Operation } from './operation.ts'
import { listed } from './phrases.ts'
import type { Sequence } from './sequence.ts'

/** Operations that were asked for at once, as one sequence: they are of one kind, on one thing each. */
export function together(operations: readonly [Operation, ...Operation[]]): Sequence {
  const verb = operations[0].kind.replaceAll('-', ' ')
  const names = listed(operations.map(({ name }) => name))
  return { kind: 'sequence', name: `${verb} ${names}`, operations, undo: [] }
}
