import type { Cluster } from '../swarm/cluster.ts'
import { diagnose, type Known } from '../swarm/doctor/diagnose.ts'
import type { Finding } from '../swarm/doctor/finding.ts'
import { lockOf } from './maintenance/lock.ts'

/** As `diagnose`; who has a node in maintenance is read from the node. */
export function examine(cluster: Cluster, { availabilitySince }: Pick<Known, 'availabilitySince'>): readonly Finding[] {
  const maintainedBy = new Map(
    cluster.nodes.flatMap(({ node }) => {
      const lock = lockOf(node)
      return lock === null ? [] : [[node.id, lock.by]]
    }),
  )
  return diagnose(cluster, { availabilitySince, maintainedBy })
}
