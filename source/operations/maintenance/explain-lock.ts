import type { ClusterNode } from '../../swarm/cluster.ts'
import { warning } from '../consequence.ts'
import type { Consequence } from '../operation.ts'
import { lockOf, sayLock } from './lock.ts'

/** Who has the node in maintenance, for whoever is about to change it; nothing where nobody has. */
export function explainLock({ node, name }: ClusterNode): readonly Consequence[] {
  const lock = lockOf(node)
  return lock === null ? [] : [warning(`${name} is in maintenance ${sayLock(lock)}: ask before you change it`)]
}
