import { losesQuorum } from './explain-plan.ts'
import type { Confirmation, Consequence, Operation, OperationKind } from './operation.ts'
import type { Plan } from './plan.ts'

/**
 * How these operations are said yes to when they are asked for together: by the gravest of what they do and of what comes
 * of it, as far as that is known yet. `plan`: null while there is none.
 */
export function confirmationOf(
  operations: readonly Operation[],
  consequences: readonly Consequence[],
  plan: Plan | null = null,
): Confirmation {
  const removals = operations.filter(isRemoval)
  const [removal] = removals
  if (removal !== undefined) return typeIt(removal, removals.length, 'remove')
  const [operation] = operations
  if (operation !== undefined && plan !== null && losesQuorum(plan)) {
    return typeIt(operation, operations.length, operation.kind)
  }
  return consequences.some(({ weight }) => weight === 'danger') ? { kind: 'default-no' } : { kind: 'enter' }
}

/** The graver of two; of two alike the second. A question that is being read never gets easier to say yes to. */
export function graver(before: Confirmation, now: Confirmation): Confirmation {
  return gravity(before) > gravity(now) ? before : now
}

const gravity = ({ kind }: Confirmation): number => ['enter', 'default-no', 'type'].indexOf(kind)

/** What they take away cannot be got back from the swarm. */
const isRemoval = ({ kind }: Operation): boolean => REMOVALS.includes(kind)

const REMOVALS: readonly OperationKind[] = ['remove-node', 'remove-service', 'remove-stack']

/** Of one thing its name, of several what is done and to how many: so many names nobody types with care. */
function typeIt(operation: Operation, count: number, verb: string): Confirmation {
  return { kind: 'type', name: count === 1 ? typeable(operation) : `${verb} ${count}` }
}

/** A name that has to be typed must be one that can be: else it is the beginning of the ID, as the docker CLI shows it. */
function typeable(operation: Operation): string {
  const { name } = operation
  return /^[!-~]{1,64}$/.test(name) ? name : idOf(operation).slice(0, 12)
}

/** Of what has no ID, the word for it. */
function idOf(operation: Operation): string {
  if ('nodeId' in operation) return operation.nodeId
  return 'serviceId' in operation ? operation.serviceId : 'stack'
}
