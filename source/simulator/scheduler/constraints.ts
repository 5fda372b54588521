import { type Constraint, meetsConstraints, parseConstraints } from '../../rules/constraints.ts'
import type { Node } from '../world/node.ts'

/** Does a node satisfy the constraints of a spec? Constraints that nobody can read are never met. */
export function matchesConstraints(texts: readonly string[], node: Node): boolean {
  if (texts.length === 0) return true
  const parsed = parseConstraints(texts)
  return parsed.ok && satisfies(node, parsed.constraints)
}

export function satisfies(node: Node, constraints: readonly Constraint[]): boolean {
  const { hostname, os, architecture, engineLabels } = node.description
  return meetsConstraints(
    {
      id: node.id,
      hostname,
      ip: node.status.address,
      role: node.role,
      platform: { os, architecture },
      labels: node.spec.labels,
      engineLabels,
    },
    constraints,
  )
}
