import { type Constraint, meetsConstraints, type PlacementNode, parseConstraints } from '../rules/constraints.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'

type Entry = { readonly node: Node }

/**
 * The nodes on which a global service should have a task: those that are up and active and meet its constraints.
 * Source: moby/swarmkit manager/orchestrator/global/global.go (reconcileServices), which leaves paused nodes alone.
 */
export function findEligible<N extends Entry>(service: Service, nodes: readonly N[]): readonly N[] {
  const parsed = parseConstraints(service.constraints)
  return parsed.ok ? nodes.filter(({ node }) => takesTasks(node) && meets(node, parsed.constraints)) : []
}

/** Where the constraints of a service let its tasks run. */
export type Placement<N> = {
  /** Each in the order of the spec, with the nodes that meet it and those that do not. */
  readonly constraints: readonly { readonly text: string; readonly met: readonly N[]; readonly missed: readonly N[] }[]
  /** Why Swarm cannot read them, in its own words; then no node meets them. Null when it can. */
  readonly error: string | null
  /** Those that meet all of them: up and active, and not. */
  readonly open: readonly N[]
  readonly closed: readonly N[]
}

/** Which nodes meet each of a service's constraints, and which meet all. */
export function explainPlacement<N extends Entry>(service: Service, nodes: readonly N[]): Placement<N> {
  const parsed = parseConstraints(service.constraints)
  if (!parsed.ok) return { constraints: [], error: parsed.error, open: [], closed: [] }
  const meeting = nodes.filter(({ node }) => meets(node, parsed.constraints))
  return {
    constraints: parsed.constraints.map((constraint, index) => ({
      text: service.constraints[index] ?? '',
      met: nodes.filter(({ node }) => meets(node, [constraint])),
      missed: nodes.filter(({ node }) => !meets(node, [constraint])),
    })),
    error: null,
    open: meeting.filter(({ node }) => takesTasks(node)),
    closed: meeting.filter(({ node }) => !takesTasks(node)),
  }
}

/** Whether new tasks may come to a node, as far as its state goes. */
export const takesTasks = (node: Node): boolean => node.state !== 'down' && node.availability === 'active'

/** Whether a node meets all of these constraints. */
export const meets = (node: Node, constraints: readonly Constraint[]): boolean =>
  meetsConstraints(asPlace(node), constraints)

/** A node as constraints see it. */
export const asPlace = (node: Node): PlacementNode => ({
  id: node.id,
  hostname: node.hostname,
  ip: node.address,
  role: node.manager === null ? 'worker' : 'manager',
  platform: node.platform,
  labels: node.labels,
  engineLabels: node.engineLabels,
})
