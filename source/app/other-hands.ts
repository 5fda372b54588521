import { type Operation, targetOf } from '../operations/operation.ts'
import { listed } from '../operations/phrases.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Acting } from './acting-state.ts'

/** What a person can have set of each thing that operations are done to, as text, by `targetOf`. */
export type SpecPrints = Readonly<Record<string, string>>

/** Takes down what is set of them now, to know later whether somebody has changed it. */
export function printSpecs(operations: readonly Operation[], cluster: Cluster): SpecPrints {
  return Object.fromEntries(operations.map(operation => [targetOf(operation), printSpec(operation, cluster)]))
}

function printSpec(operation: Operation, { nodeById, serviceById }: Cluster): string {
  if ('nodeId' in operation) {
    const node = nodeById.get(operation.nodeId)?.node
    return JSON.stringify([node?.availability, node?.role, node?.labels])
  }
  return 'serviceId' in operation ? JSON.stringify(serviceById.get(operation.serviceId)?.service.specs.present) : ''
}

/**
 * Whose things somebody else has set otherwise since: `api and db`; `''` where nobody has. What we have asked for by
 * ourselves is no other hand.
 */
export function nameChanged(
  operations: readonly Operation[],
  before: SpecPrints,
  now: SpecPrints,
  own: Acting,
): string {
  const ours = new Set(own.running.map(({ operation }) => targetOf(operation)))
  const changed = operations.filter(operation => {
    const target = targetOf(operation)
    return !ours.has(target) && before[target] !== undefined && before[target] !== now[target]
  })
  return listed([...new Set(changed.map(({ name }) => name))])
}
