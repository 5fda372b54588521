import { meetsConstraints, parseConstraints } from '../rules/constraints.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'

/**
 * The nodes on which a global service should have a task: those that are up and active and meet its constraints.
 * Source: moby/swarmkit manager/orchestrator/global/global.go (reconcileServices), which leaves paused nodes alone.
 */
export function findEligible<N extends { readonly node: Node }>(service: Service, nodes: readonly N[]): readonly N[] {
  const parsed = parseConstraints(service.constraints)
  if (!parsed.ok) return []
  return nodes.filter(
    ({ node }) =>
      node.state !== 'down' &&
      node.availability === 'active' &&
      meetsConstraints(
        {
          id: node.id,
          hostname: node.hostname,
          ip: node.address,
          role: node.manager === null ? 'worker' : 'manager',
          platform: node.platform,
          labels: node.labels,
          engineLabels: node.engineLabels,
        },
        parsed.constraints,
      ),
  )
}
