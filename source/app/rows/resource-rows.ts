import type { Cluster } from '../../swarm/cluster.ts'
import type { ResourceRef } from '../../swarm/resource-ref.ts'
import { findResource } from '../resources.ts'
import type { State } from '../state.ts'
import { keepByBoth } from './keep-by.ts'

/**
 * The rows of what was read besides the reading, joined to the cluster once for each answer and reading; none before
 * the first answer. `compute` must look at nothing else.
 */
export function resourceRows<T>(
  ref: ResourceRef,
  compute: (answer: unknown, cluster: Cluster) => readonly T[],
): (state: State) => readonly T[] {
  const rows = keepByBoth((answer: object, cluster: Cluster) => compute(answer, cluster))
  const none: readonly T[] = []
  return state => {
    const answer = findResource(state, ref)?.value
    const isThere = typeof answer === 'object' && answer !== null
    return isThere && state.reading !== null ? rows(answer, state.reading.cluster) : none
  }
}
